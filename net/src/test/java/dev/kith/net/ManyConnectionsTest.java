package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.wire.Loop;
import dev.kith.wire.Payload;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// With the JDK's own WebSocket client.
@ExtendWith(Clean.class)
class ManyConnectionsTest {
  @Test
  void anOrdinaryClientIsEchoed() {
    try (var client = HttpClient.newHttpClient();
        var served = Served.standard()) {
      var heard = new Heard();
      var socket = open(client, served, "/echo", heard);
      socket.sendText("frag", false).join();
      socket.sendText("mented 🦉", true).join();
      assertThat(Recorder.Queues.take(heard.texts)).isEqualTo("fragmented 🦉");
      socket.sendClose(1000, "bye").join();
      assertThat(heard.closed.join()).isEqualTo(1000);
    }
  }

  /// A loop writes all twenty to all of its pipes before the first leaves, and each of these frames
  /// is followed by the search for lost ones: more would only test the machine's patience.
  @Test
  @Tag("slow")
  void aThousandPipesGetABroadcastInOrderFromOneTaskForEachLoop() throws Exception {
    try (var client = HttpClient.newHttpClient();
        var served = Served.withStoppedClock(settings -> settings)) {
      var heard = IntStream.range(0, 1_000).mapToObj(_ -> new Heard()).toList();
      for (var each : heard) {
        open(client, served, "/recorded", each);
      }
      var recorders = heard.stream().map(_ -> Recorder.Queues.take(served.recorders)).toList();
      var messages = IntStream.range(0, 20).mapToObj(i -> Payload.text("m" + i)).toList();
      broadcast(recorders, messages);
      for (var each : heard) {
        for (int i = 0; i < 20; i++) {
          assertThat(Recorder.Queues.take(each.texts)).isEqualTo("m" + i);
        }
      }
      assertThat(served.server.counts().pipes()).isEqualTo(1_000);
      assertThat(served.server.counts().messagesWritten()).isEqualTo(20_000);
    }
  }

  private static void broadcast(List<Recorder> recorders, List<Payload> messages) {
    var byLoop = recorders.stream().collect(Collectors.groupingBy(each -> each.pipe.loop()));
    messages.forEach(message -> byLoop.forEach((loop, members) -> post(loop, members, message)));
  }

  private static void post(Loop loop, List<Recorder> members, Payload message) {
    loop.execute(() -> members.forEach(member -> member.pipe.write(message)));
  }

  @Test
  void tasksOfOnePosterRunInOrderAndTheBacklogEnds() throws Exception {
    try (var served = Served.standard()) {
      var loop = served.connect().recorder().pipe.loop();
      var seen = new ArrayList<Integer>();
      var done = new CountDownLatch(1);
      IntStream.range(0, 10_000).forEach(i -> loop.execute(() -> seen.add(i)));
      loop.execute(done::countDown);
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(seen).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
      Eventually.holds("empty", () -> loop.backlog() == 0);
      assertThat(loop.isCurrent()).isFalse();
    }
  }

  private static WebSocket open(HttpClient client, Served served, String path, Heard heard) {
    var uri = URI.create("ws://localhost:" + served.server.port() + path);
    return client.newWebSocketBuilder().buildAsync(uri, heard).join();
  }

  private static final class Heard implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedStage(null);
    }
  }
}
