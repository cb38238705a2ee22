package dev.kith.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.process.Down;
import dev.kith.process.ExitException;
import dev.kith.process.ExitReason;
import dev.kith.process.MailboxLimit;
import dev.kith.process.Name;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Request;
import dev.kith.wire.node.Types;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes on real threads, over real sockets.
class RealClusterTest {
  private static final Name<Message> SERVER = Name.of("server", Message.class);
  private static final Types TYPES = Types.of(Message.class);

  sealed interface Message {}

  record Add(int amount) implements Message, Request<Integer> {}

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Big(byte[] bytes) implements Message, Request<Integer> {}

  record Count(int number) implements Message {}

  private static ClusterSpec spec(String... join) {
    return ClusterSpec.listening("127.0.0.1:0", TYPES).withJoin(join);
  }

  private static ProcessSpec<Message> server(AtomicInteger counted, CountDownLatch all) {
    return ProcessSpec.server(
            Message.class,
            () ->
                (self, message) -> {
                  switch (message) {
                    case Add add -> self.reply(add, add.amount() + 1);
                    case Big big -> self.reply(big, big.bytes().length);
                    case Count(int number) -> {
                      if (counted.getAndIncrement() == number) {
                        all.countDown();
                      }
                    }
                  }
                })
        .withMailbox(MailboxLimit.GENEROUS.withWireBytes(256 << 20))
        .named(SERVER);
  }

  @Test
  void callsAndStreams() throws Exception {
    int count = 200_000;
    CountDownLatch all = new CountDownLatch(count);
    try (Member a = Member.start("a", spec());
        Member b = Member.start("b", spec(a.address()))) {
      a.node().spawn(server(new AtomicInteger(), all));
      b.meets(a);
      assertThat(
              b.node().<Integer, Add>call(SERVER.at(a.node().name()), new Add(41), Member.PATIENCE))
          .isEqualTo(42);
      assertThat(
              b.node()
                  .<Integer, Big>call(
                      SERVER.at(a.node().name()), new Big(new byte[100 << 20]), Member.PATIENCE))
          .isEqualTo(100 << 20);
      b.node()
          .spawn(
              Message.class,
              (self, inbox) -> {
                for (int i = 0; i < count; i++) {
                  self.send(SERVER.at(a.node().name()), new Count(i));
                }
              });
      assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /// NOD-6, B10: others get through while a hundred megabytes are on their way.
  @Test
  void aLongMessageDelaysItsSenderOnly() throws Exception {
    try (Member a = Member.start("a", spec());
        Member b = Member.start("b", spec(a.address()))) {
      a.node().spawn(server(new AtomicInteger(), new CountDownLatch(1)));
      b.meets(a);
      CompletableFuture<Integer> length = new CompletableFuture<>();
      b.node()
          .spawn(
              Message.class,
              (self, _) -> {
                Big big = new Big(new byte[100 << 20]);
                length.complete(self.call(SERVER.at(a.node().name()), big, Member.PATIENCE));
              });
      int pings = 0;
      while (!length.isDone()) {
        b.node().<Integer, Add>call(SERVER.at(a.node().name()), new Add(41), Member.PATIENCE);
        pings++;
      }
      assertThat(length.get()).isEqualTo(100 << 20);
      assertThat(pings).isGreaterThan(10);
    }
  }

  /// NOD-1: signals that wait for a node are told when it turns out that another has its address.
  @Test
  void anAddressThatBelongsToAnotherNow(@TempDir Path folder) {
    String address = "unix:" + folder.resolve("link");
    try (Member a = Member.start("a", spec().withJoin(address))) {
      try (Member b = Member.start("b", ClusterSpec.listening(address, TYPES))) {
        a.meets(b);
      }
      try (Member c = Member.start("c", ClusterSpec.listening(address, TYPES))) {
        a.meets(c);
        assertThatThrownBy(() ->
                a.node()
                    .<Integer, Add>call(SERVER.at(NodeName.of("b")), new Add(1), Member.PATIENCE))
            .isInstanceOfSatisfying(
                ExitException.class,
                e -> assertThat(e.reason()).isEqualTo(ExitReason.noConnection()));
      }
    }
  }

  /// NOD-1: others are told what a node advertises, with the port that it found.
  @Test
  void isReachedWhereItSaysSo() throws Exception {
    try (Member a = Member.start("a", spec().withAdvertised("localhost:0"));
        Member b = Member.start("b", spec(a.address()));
        Member c = Member.start("c", spec(b.address()))) {
      assertThat(a.address()).startsWith("localhost:").doesNotEndWith(":0");
      c.meets(a);
    }
  }

  @Test
  void hearsOfEnds() throws Exception {
    LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    try (Member a = Member.start("a", spec());
        Member b = Member.start("b", spec(a.address()))) {
      ProcessRef<Message> there =
          a.node().spawn(server(new AtomicInteger(), new CountDownLatch(1)));
      b.meets(a);
      b.node()
          .spawn(
              Down.class,
              (self, inbox) -> {
                self.monitor(SERVER.at(a.node().name()), down -> down);
                heard.add("up");
                heard.add(inbox.receive());
              });
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("up");
      b.node().call(SERVER.at(a.node().name()), new Add(1), Member.PATIENCE);
      a.node().exit(there, new ExitReason.Custom("done"));
      assertThat(heard.poll(20, TimeUnit.SECONDS))
          .isEqualTo(new Down(there.pid(), new ExitReason.Custom("done")));
    }
  }
}
