package dev.kith.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.net.LinkTransport;
import dev.kith.net.Tls;
import dev.kith.process.Name;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Request;
import dev.kith.testing.Authority;
import dev.kith.testing.LogLines;
import dev.kith.wire.node.Bits256;
import dev.kith.wire.node.CertificateFiles;
import dev.kith.wire.node.Frame;
import dev.kith.wire.node.FrameWriter;
import dev.kith.wire.node.Handshake;
import dev.kith.wire.node.Hello;
import dev.kith.wire.node.Refusal;
import dev.kith.wire.node.Types;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// B12, NOD-4: who does not belong is refused, with a line on both sides, and nobody else notices.
class RefusalTest {
  private static final Types TYPES = Types.of(Question.class);
  private static final Name<Question> SERVER = Name.of("server", Question.class);
  private static final Secret SECRET = Secret.of("known to all of us here");

  private final LogLines logged = new LogLines("dev.kith.cluster", "dev.kith.net");

  record Question(int number) implements Request<Integer> {}

  @AfterEach
  void listenNoMore() {
    logged.close();
  }

  private static ClusterSpec spec(String... join) {
    return ClusterSpec.listening("127.0.0.1:0", TYPES).withSecret(SECRET).withJoin(join);
  }

  private static void serve(Member member) {
    member
        .node()
        .spawn(
            ProcessSpec.server(
                    Question.class,
                    () -> (self, question) -> self.reply(question, question.number() + 1))
                .named(SERVER));
  }

  private static void assertTalks(Member from, String to) {
    assertThat(
            from.node()
                .<Integer, Question>call(
                    SERVER.at(NodeName.of(to)), new Question(41), Member.PATIENCE))
        .isEqualTo(42);
  }

  private void awaitLines(String words, int count) {
    Member.await(
        count + " lines with " + words + " in " + logged.all(),
        () -> logged.with(words).size() >= count);
  }

  @Test
  void aWrongSecret() {
    try (Member a = Member.start("a", spec());
        Member b = Member.start("b", spec(a.address()));
        Member stranger =
            Member.start("c", spec(a.address()).withSecret(Secret.of("known to nobody here")))) {
      serve(a);
      a.meets(b);
      awaitLines("wrong cluster secret", 2);
      assertThat(stranger.cluster().nodes()).isEmpty();
      assertTalks(b, "a");
    }
  }

  /// Two nodes with one name: who was here first stays, as long as it gives signs of life.
  @Test
  void aSecondNodeOfAName() {
    try (Member a = Member.start("a", spec());
        Member b = Member.start("b", spec(a.address()))) {
      serve(b);
      a.meets(b);
      try (Member second = Member.start("b", spec(a.address()))) {
        awaitLines("another node of this name", 2);
        assertThat(second.cluster().nodes()).isEmpty();
      }
      assertThat(a.cluster().book().nodes()).contains(b.node().name());
      assertTalks(a, "b");
    }
  }

  /// NOD-7: a life that was replaced while it was away does not come back.
  @Test
  void anEarlierLife() {
    try (Member a = Member.start("a", spec());
        Member first = Member.start("b", spec(a.address()))) {
      a.meets(first);
      first.cluster().close();
      Member.await("the loss", () -> !a.sees(first));
      try (Member second = Member.start("b", spec(a.address()))) {
        serve(second);
        a.meets(second);
        try (LinkTransport transport = LinkTransport.tcp(1)) {
          assertThat(Cluster.start(first.node(), transport, spec(a.address())))
              .isInstanceOf(Cluster.Start.Joined.class);
          awaitLines("a later life of this node is here", 2);
          assertTalks(a, "b");
        }
      }
    }
  }

  @Test
  void anotherRhythm() {
    try (Member a = Member.start("a", spec());
        Member b =
            Member.start(
                "b", spec(a.address()).withHeartbeat(new Heartbeat(Duration.ofSeconds(1), 4)))) {
      awaitLines("different heartbeat intervals", 2);
      assertThat(b.cluster().nodes()).isEmpty();
    }
  }

  @Test
  void garbage() throws IOException {
    try (Member a = Member.start("a", spec());
        Member b = Member.start("b", spec(a.address()))) {
      serve(a);
      a.meets(b);
      int port = Integer.parseInt(a.address().substring(a.address().indexOf(':') + 1));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        awaitLines("no handshake", 1);
        while (socket.getInputStream().read() >= 0) {
          // the refusal, and then the end
        }
      }
      assertTalks(b, "a");
    }
  }

  /// A node of a release that is long gone, or not yet there.
  @Test
  void anotherVersion() throws IOException {
    try (Member a = Member.start("a", spec());
        Member b = Member.start("b", spec(a.address()))) {
      serve(a);
      a.meets(b);
      int port = Integer.parseInt(a.address().substring(a.address().indexOf(':') + 1));
      Bits256 any = new Bits256(1, 2, 3, 4);
      Hello stranger =
          new Hello(7, 9, 0, NodeName.of("c"), 1, "", "fory-1", TYPES.hash(), 900, 4, 1 << 20, any);
      Handshake handshake =
          new Handshake(Handshake.Side.INITIATOR, stranger, new byte[0], _ -> Optional.empty());
      FrameWriter writer = new FrameWriter(Integer.MAX_VALUE);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        for (Frame frame : handshake.begin()) {
          ByteBuffer frameBytes = writer.frame(frame);
          byte[] bytes = new byte[frameBytes.remaining()];
          frameBytes.get(bytes);
          socket.getOutputStream().write(bytes);
        }
        awaitLines("no version of the protocol in common", 1);
        while (socket.getInputStream().read() >= 0) {
          // the refusal, and then the end
        }
      }
      assertTalks(b, "a");
    }
  }

  private static LinkTransport tls(CertificateFiles files) {
    return LinkTransport.tls(1, Tls.of(files));
  }

  @Test
  void aWrongCertificate(@TempDir Path folder) throws Exception {
    Authority ours = new Authority(folder, "ours");
    Authority theirs = new Authority(folder, "theirs");
    try (Member a = Member.start("a", tls(ours.of("a")), spec());
        Member b = Member.start("b", tls(ours.of("b")), spec(a.address()));
        Member stranger = Member.start("c", tls(theirs.believing(ours, "c")), spec(a.address()));
        Member plain = Member.start("d", spec(a.address()))) {
      serve(a);
      a.meets(b);
      awaitLines("no TLS with", 1); // one side may be faster to close than the other to see why
      assertThat(stranger.cluster().nodes()).isEmpty();
      assertThat(plain.cluster().nodes()).isEmpty();
      assertTalks(b, "a");
    }
  }

  /// Those who never begin TLS's handshake are counted too, and make room when they go.
  @Test
  void tooManyStrangers(@TempDir Path folder) throws Exception {
    Authority ours = new Authority(folder, "ours");
    LinkLimits two = LinkLimits.standard().withStrangers(2);
    try (Member a = Member.start("a", tls(ours.of("a")), spec().withLimits(two))) {
      int port = Integer.parseInt(a.address().substring(a.address().indexOf(':') + 1));
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port);
          Socket _ = new Socket(InetAddress.getLoopbackAddress(), port);
          Socket third = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(third.getInputStream().read()).isEqualTo(-1);
        assertThat(a.cluster().refusals()).containsExactly(Map.entry(Refusal.CROWDED, 1L));
      }
      try (Member b = Member.start("b", tls(ours.of("b")), spec(a.address()))) {
        a.meets(b);
      }
      assertThat(a.cluster().refusals()).containsEntry(Refusal.NO_HANDSHAKE, 2L);
    }
  }

  /// A node's name must be in its certificate, where that is asked for: as the subject's, or as
  /// another. Who is connected with looks, and so does who connects.
  @Test
  void aNameThatIsNotInItsCertificate(@TempDir Path folder) throws Exception {
    Authority ours = new Authority(folder, "ours");
    Access certified = Access.everybody().withNames(Access.Names.CERTIFIED);
    try (Member a = Member.start("a", tls(ours.of("a")), spec().withAccess(certified));
        Member b =
            Member.start(
                "b", tls(ours.of("host-7", "b")), spec(a.address()).withAccess(certified));
        Member stranger = Member.start("c", tls(ours.of("host-8")), spec(a.address()))) {
      serve(a);
      a.meets(b);
      awaitLines("node a and", 1);
      awaitLines("its certificate does not have this node's name", 2);
      assertThat(stranger.cluster().nodes()).doesNotContain(a.node().name());
      assertTalks(b, "a");
      try (Member doubtful =
          Member.start("d", tls(ours.of("d")), spec(stranger.address()).withAccess(certified))) {
        Member.await(
            "d's refusal", () -> doubtful.cluster().refusals().containsKey(Refusal.UNCERTIFIED));
        assertThat(doubtful.cluster().nodes()).doesNotContain(stranger.node().name());
      }
    }
  }

  /// Nor does a node without secret and certificates go elsewhere by itself.
  @Test
  void anOpenWay() {
    Member a = Member.start("a", spec());
    try (a;
        LinkTransport transport = LinkTransport.tcp(1)) {
      ClusterSpec open = ClusterSpec.listening("127.0.0.1:0", TYPES).withJoin("192.0.2.1:7000");
      assertThat(Cluster.start(a.node(), transport, open))
          .isInstanceOfSatisfying(
              Cluster.Start.NotPossible.class,
              start -> assertThat(start.why()).contains("192.0.2.1:7000 is not on this machine"));
    }
  }

  @Test
  void anOpenDoor() {
    Member a = Member.start("a", spec());
    try (a;
        LinkTransport transport = LinkTransport.tcp(1)) {
      ClusterSpec open = ClusterSpec.listening("0.0.0.0:0", TYPES);
      assertThat(Cluster.start(a.node(), transport, open))
          .isInstanceOfSatisfying(
              Cluster.Start.NotPossible.class,
              start -> assertThat(start.why()).contains("give the cluster a secret"));
    }
  }

  /// NOD-1: others would connect with themselves.
  @Test
  void anAddressThatIsEveryAddress() {
    Member a = Member.start("a", spec());
    try (a;
        LinkTransport transport = LinkTransport.tcp(1)) {
      ClusterSpec every = ClusterSpec.listening("0.0.0.0:0", TYPES).withSecret(SECRET);
      ClusterSpec told = spec().withAdvertised("[::]:7000");
      for (ClusterSpec spec : List.of(every, told)) {
        assertThat(Cluster.start(a.node(), transport, spec))
            .isInstanceOfSatisfying(
                Cluster.Start.NotPossible.class,
                start -> assertThat(start.why()).contains("say where they reach it"));
      }
    }
  }
}
