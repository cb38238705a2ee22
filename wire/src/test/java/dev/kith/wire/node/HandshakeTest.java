package dev.kith.wire.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.NodeName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final byte[] SECRET = "a secret of the cluster".getBytes(UTF_8);

  private long nonces;

  private Hello hello(String name) {
    return hello(name, 1, 1, "fory-1", 900);
  }

  private Hello hello(String name, int versionMin, int versionMax, String codec, int tick) {
    Bits256 hash = Types.of(Messages.class).hash();
    Bits256 nonce = new Bits256(nonces++, 0, 0, 0);
    return new Hello(
        versionMin, versionMax, 0, NodeName.of(name), 7, "", codec, hash, tick, 4, 1_000, nonce);
  }

  private static Handshake side(Handshake.Side side, Hello own, byte[] secret) {
    return new Handshake(side, own, secret, _ -> Optional.empty());
  }

  /// What came of two sides that talked until one had enough.
  private record Outcome(Handshake.Step initiator, Handshake.Step acceptor) {}

  private static Outcome meet(Handshake initiator, Handshake acceptor) {
    Handshake.Step here = new Handshake.Step.Go(initiator.begin());
    Handshake.Step there = new Handshake.Step.Go(acceptor.begin());
    List<Frame> forward = new ArrayList<>(initiator.begin());
    List<Frame> back = new ArrayList<>();
    while (!forward.isEmpty() || !back.isEmpty()) {
      if (!forward.isEmpty()) {
        there = acceptor.receive(forward.removeFirst());
        back.addAll(frames(there));
      } else {
        here = initiator.receive(back.removeFirst());
        forward.addAll(frames(here));
      }
    }
    return new Outcome(here, there);
  }

  private static List<Frame> frames(Handshake.Step step) {
    return switch (step) {
      case Handshake.Step.Go(var frames) -> frames;
      case Handshake.Step.Done(var frames, var _, var _, var _) -> frames;
      case Handshake.Step.Refused(var frames, var _, var _) -> frames;
    };
  }

  private static void assertRefused(Outcome outcome, Refusal why) {
    assertThat(((Handshake.Step.Refused) outcome.initiator).why()).isEqualTo(why);
    assertThat(((Handshake.Step.Refused) outcome.acceptor).why()).isEqualTo(why);
  }

  @Test
  void endsWithBothKnowingEachOther() {
    Hello a = hello("a");
    Hello b = hello("b");
    Outcome outcome =
        meet(side(Handshake.Side.INITIATOR, a, SECRET), side(Handshake.Side.ACCEPTOR, b, SECRET));
    Handshake.Step.Done here = (Handshake.Step.Done) outcome.initiator;
    Handshake.Step.Done there = (Handshake.Step.Done) outcome.acceptor;
    assertThat(here.peer()).isEqualTo(b);
    assertThat(there.peer()).isEqualTo(a);
    assertThat(here.version()).isEqualTo(1);
    assertThat(here.sameTypes()).isTrue();
  }

  /// Somebody in between moves the border of the two hellos, so that both sides see the same bytes.
  @Test
  void refusesHellosThatWereSpliced() {
    Hello a = hello("a");
    Hello b = hello("b");
    Handshake initiator = side(Handshake.Side.INITIATOR, a, SECRET);
    Handshake acceptor = side(Handshake.Side.ACCEPTOR, b, SECRET);
    byte[] forged = hello("c").encode();
    byte[] first = initiator.begin().getFirst().body();
    byte[] second = frames(acceptor.receive(hello(first, forged))).getFirst().body();
    List<Frame> proof = frames(initiator.receive(hello(forged, second)));
    Handshake.Step there = acceptor.receive(proof.getFirst());
    assertThat(there).isInstanceOf(Handshake.Step.Refused.class);
  }

  private static Frame hello(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return Frame.of(Frame.Kind.HELLO, both);
  }

  /// What a stranger says goes into a log: not in many lines, and not at length.
  @Test
  void showsOnlySomeOfTheOthersWords() {
    Handshake stranger = side(Handshake.Side.ACCEPTOR, hello("b"), SECRET);
    Frame refusal = stranger.refuse(Refusal.SECRET, "no\n".repeat(1_000)).frames().getFirst();
    Handshake.Step step = side(Handshake.Side.INITIATOR, hello("a"), SECRET).receive(refusal);
    String words = ((Handshake.Step.Refused) step).words();
    assertThat(words).contains("no no").hasSizeLessThan(300).doesNotContain("\n");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertRefused(meetWith(hello("b"), "another secret here"), Refusal.SECRET);
    assertRefused(meetWith(hello("b"), ""), Refusal.SECRET);
    assertRefused(meetWith(hello("a"), new String(SECRET, UTF_8)), Refusal.SAME_NAME);
    assertRefused(meetWith(hello("b", 2, 3, "fory-1", 900), "x"), Refusal.VERSION);
    assertRefused(meetWith(hello("b", 1, 1, "cbor", 900), "x"), Refusal.CODEC);
    assertRefused(meetWith(hello("b", 1, 1, "fory-1", 800), "x"), Refusal.TICKS);
  }

  private Outcome meetWith(Hello other, String secret) {
    return meet(
        side(Handshake.Side.INITIATOR, other, secret.getBytes(UTF_8)),
        side(Handshake.Side.ACCEPTOR, hello("a"), SECRET));
  }

  @Test
  void speaksTheNewestVersionThatBothKnow() {
    Outcome outcome =
        meet(
            side(Handshake.Side.INITIATOR, hello("a", 1, 3, "c", 900), SECRET),
            side(Handshake.Side.ACCEPTOR, hello("b", 1, 2, "c", 900), SECRET));
    assertThat(((Handshake.Step.Done) outcome.initiator).version()).isEqualTo(2);
    assertThat(((Handshake.Step.Done) outcome.acceptor).version()).isEqualTo(2);
  }

  /// What was recorded of one handshake is of no use in another.
  @Test
  void cannotBeReplayed() {
    Handshake initiator = side(Handshake.Side.INITIATOR, hello("a"), SECRET);
    Handshake first = side(Handshake.Side.ACCEPTOR, hello("b"), SECRET);
    Frame recordedHello = initiator.begin().getFirst();
    Frame answer = frames(first.receive(recordedHello)).getFirst();
    Frame recordedProof = frames(initiator.receive(answer)).getFirst();

    Handshake second = side(Handshake.Side.ACCEPTOR, hello("b"), SECRET);
    second.receive(recordedHello);
    assertThat(((Handshake.Step.Refused) second.receive(recordedProof)).why())
        .isEqualTo(Refusal.SECRET);
  }

  /// A proof that is sent back to who made it proves nothing.
  @Test
  void cannotBeReflected() {
    Handshake initiator = side(Handshake.Side.INITIATOR, hello("a"), SECRET);
    Frame own = initiator.begin().getFirst();
    Handshake mirror = side(Handshake.Side.ACCEPTOR, hello("b"), "unknown to it".getBytes(UTF_8));
    Frame proof = frames(initiator.receive(frames(mirror.receive(own)).getFirst())).getFirst();
    assertThat(((Handshake.Step.Refused) initiator.receive(proof)).why()).isEqualTo(Refusal.SECRET);
  }

  @Test
  void takesNothingOutOfTurn() {
    for (Frame.Kind kind : Frame.Kind.values()) {
      Handshake acceptor = side(Handshake.Side.ACCEPTOR, hello("b"), SECRET);
      if (kind != Frame.Kind.HELLO && kind != Frame.Kind.REFUSAL) {
        Handshake.Step step = acceptor.receive(Frame.of(kind, new byte[32]));
        assertThat(((Handshake.Step.Refused) step).why()).isEqualTo(Refusal.NO_HANDSHAKE);
      }
    }
  }
}
