package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.net.LinkTransport;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.process.ProcessSpec;
import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.Transport;
import dev.kith.wire.node.Types;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// B11 over real sockets: a node that reads no more slows those who send to it, and nobody else,
/// and nothing is lost (in the world: [BackPressureTest]).
class StoppedReaderTest {
  private static final int MESSAGES = 3_000;
  private static final Name<Words> EAR = Name.of("ear", Words.class);
  private static final String TEXT = "0123456789".repeat(1_000);

  /// Longer than the test.
  private static final Heartbeat PATIENT = new Heartbeat(Duration.ofSeconds(20), 4);

  /// Sockets that can be told to read no more.
  private record Halting(LinkTransport real, List<ByteStream> streams) implements Transport {
    @Override
    public Listening listen(String address, Porter porter) {
      return real.listen(
          address,
          stream -> {
            streams.add(stream);
            return porter.opened(stream);
          });
    }

    @Override
    public void connect(String address, Connecting then) {
      real.connect(address, then);
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public boolean isLoopback(String address) {
      return real.isLoopback(address);
    }

    @Override
    public boolean isWildcard(String address) {
      return real.isWildcard(address);
    }

    @Override
    public String advertised(String address, String found) {
      return real.advertised(address, found);
    }

    void halt() {
      streams.forEach(stream -> stream.loop().execute(stream::suspend));
    }

    void goOn() {
      streams.forEach(stream -> stream.loop().execute(stream::resume));
    }
  }

  private static ClusterSpec spec(String... join) {
    return ClusterSpec.listening("127.0.0.1:0", Types.of(Words.class))
        .withJoin(join)
        .withHeartbeat(PATIENT);
  }

  @Test
  void slowsWhoSendsToItAndNobodyElse() {
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger sent = new AtomicInteger();
    Halting transport = new Halting(LinkTransport.tcp(1), new CopyOnWriteArrayList<>());
    Node slow =
        Node.start(NodeSpec.of(NodeName.of("slow")).withCrashReports(NodeSpec.CrashReports.SILENT));
    Cluster.Start start = Cluster.start(slow, transport, spec());
    assertThat(start).isInstanceOf(Cluster.Start.Joined.class);
    try (slow;
        Cluster cluster = ((Cluster.Start.Joined) start).cluster();
        Member a = Member.start("a", spec(cluster.address()));
        Member other = Member.start("other", spec(a.address()))) {
      slow.spawn(
          ProcessSpec.server(Words.class, () -> (_, _) -> heard.incrementAndGet()).named(EAR));
      other.node().spawn(echo());
      a.meets(other);
      Member.await("the slow one", () -> a.cluster().nodes().contains(slow.name()));
      transport.halt();
      a.node()
          .spawn(
              Words.class,
              (self, _) -> {
                for (int i = 0; i < MESSAGES; i++) {
                  self.send(EAR.at(slow.name()), new Words.Say(TEXT));
                  sent.incrementAndGet();
                }
              });
      awaitStandstill(sent);
      assertThat(sent.get()).isLessThan(MESSAGES);
      assertThat(
              a.node()
                  .<String, Words.Echo>call(
                      EAR.at(other.node().name()), new Words.Echo("?"), Member.PATIENCE))
          .isEqualTo("?");
      transport.goOn();
      Member.await("all words", () -> heard.get() == MESSAGES);
      assertThat(a.node().drops().total()).isZero();
    }
    transport.real().close();
  }

  private static ProcessSpec<Words> echo() {
    return ProcessSpec.server(
            Words.class,
            () ->
                (self, message) -> {
                  if (message instanceof Words.Echo echo) {
                    self.reply(echo, echo.text());
                  }
                })
        .named(EAR);
  }

  /// Until the number has not changed for a while.
  private static void awaitStandstill(AtomicInteger number) {
    int[] last = {-1, 0};
    Member.await(
        "a standstill",
        () -> {
          last[1] = number.get() == last[0] && last[0] > 0 ? last[1] + 1 : 0;
          last[0] = number.get();
          return last[1] > 300;
        });
  }
}
