package dev.kith.wire.node;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/*
 *   who connects                                  who is connected with
 *       HELLO (nonce a)          ────────►
 *                                ◄────────            HELLO (nonce b)
 *       PROOF initiator          ────────►
 *                                ◄────────            PROOF acceptor
 *
 * A proof is HMAC-SHA-256, under the cluster secret, of the side's name and both hellos as they went over the
 * wire, each behind its length, so that nobody can move the border between them. Both nonces are in it, so no
 * proof is of use a second time; both versions and features are in it, so nobody between the two can talk them
 * down; the side is in it, so nobody can send a proof back to who made it. Who connects shows its proof first:
 * whoever merely knocks learns nothing to try passwords on.
 *
 * The secret proves who is there when the connection begins, and no more: against somebody who can change
 * what is on the wire afterwards there is TLS.
 */
/// How two nodes get to know each other: a state machine over frames, without clock or socket.
///
/// **Threading.** Belongs to one connection's loop. **Failure.** Anything unexpected ends it with a
/// [Refusal], which both sides learn.
public final class Handshake {
  /// Characters of another node's words that a log shows.
  private static final int WORDS_MAX = 200;

  private final Side side;
  private final Hello own;
  private final SecretKeySpec key;
  private final Function<Hello, Optional<Refusal>> admission;
  private State state;
  private @Nullable Hello theirs;
  private byte[] theirBytes = {};

  /// Which part a node plays.
  public enum Side {
    /// It connects.
    INITIATOR((byte) 'I'),
    /// It is connected with.
    ACCEPTOR((byte) 'A');

    private final byte code;

    Side(byte code) {
      this.code = code;
    }
  }

  private enum State {
    AWAITING_HELLO,
    AWAITING_PROOF,
    OVER
  }

  /// What is to be done.
  public sealed interface Step {
    /// Send this, and wait for more.
    ///
    /// @param frames in this order
    record Go(List<Frame> frames) implements Step {}

    /// Send this; the connection stands.
    ///
    /// @param frames in this order
    /// @param peer what the other node says of itself
    /// @param version the version of the protocol that both speak
    /// @param sameTypes whether both know the same types
    record Done(List<Frame> frames, Hello peer, int version, boolean sameTypes) implements Step {}

    /// Send this, then close.
    ///
    /// @param frames in this order
    /// @param why what is wrong
    /// @param words more about it, for a log
    record Refused(List<Frame> frames, Refusal why, String words) implements Step {}
  }

  /// A handshake that has not begun.
  ///
  /// @param secret what both must know; may be empty
  /// @param admission says whether a node is welcome, once it has said who it is
  public Handshake(
      Side side, Hello own, byte[] secret, Function<Hello, Optional<Refusal>> admission) {
    this.side = side;
    this.own = own;
    this.key = key(secret);
    this.admission = admission;
    this.state = State.AWAITING_HELLO;
  }

  private static SecretKeySpec key(byte[] secret) {
    try {
      byte[] any = MessageDigest.getInstance("SHA-256").digest(secret);
      return new SecretKeySpec(any, "HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// What to send before anything has come.
  public List<Frame> begin() {
    return switch (side) {
      case INITIATOR -> List.of(Frame.of(Frame.Kind.HELLO, own.encode()));
      case ACCEPTOR -> List.of();
    };
  }

  /// A frame has come.
  public Step receive(Frame frame) {
    try {
      return switch (frame.kind()) {
        case HELLO -> hello(frame.body());
        case PROOF -> proof(frame.body());
        case REFUSAL -> refused(frame.body());
        case TYPES, DATA, HEARTBEAT, INTRODUCTION, GOODBYE ->
            refuse(Refusal.NO_HANDSHAKE, "a frame of kind " + frame.kind());
      };
    } catch (Malformed wrong) {
      return refuse(Refusal.NO_HANDSHAKE, wrong.words());
    }
  }

  /// Ends it from this side.
  public Step.Refused refuse(Refusal why, String words) {
    state = State.OVER;
    Output out = new Output();
    out.u8(why.code());
    out.text(words);
    return new Step.Refused(List.of(Frame.of(Frame.Kind.REFUSAL, out.copy())), why, words);
  }

  private Step hello(byte[] body) {
    if (state != State.AWAITING_HELLO) {
      return refuse(Refusal.NO_HANDSHAKE, "a second hello");
    }
    Hello hello = Hello.decode(body);
    Optional<Refusal> objection = objection(hello);
    if (objection.isPresent()) {
      return refuse(objection.get(), own.node() + " and " + hello);
    }
    theirs = hello;
    theirBytes = body;
    state = State.AWAITING_PROOF;
    return new Step.Go(
        List.of(
            switch (side) {
              case INITIATOR -> Frame.of(Frame.Kind.PROOF, proofOf(Side.INITIATOR));
              case ACCEPTOR -> Frame.of(Frame.Kind.HELLO, own.encode());
            }));
  }

  private Optional<Refusal> objection(Hello hello) {
    if (hello.versionMin() > own.versionMax() || own.versionMin() > hello.versionMax()) {
      return Optional.of(Refusal.VERSION);
    }
    if (hello.node().equals(own.node())) {
      return Optional.of(Refusal.SAME_NAME);
    }
    if (!hello.codec().equals(own.codec())) {
      return Optional.of(Refusal.CODEC);
    }
    if (hello.tickMillis() != own.tickMillis() || hello.ticks() != own.ticks()) {
      return Optional.of(Refusal.TICKS);
    }
    return admission.apply(hello);
  }

  private Step proof(byte[] body) {
    Hello hello = theirs;
    if (state != State.AWAITING_PROOF || hello == null) {
      return refuse(Refusal.NO_HANDSHAKE, "a proof before its turn");
    }
    Side other = side == Side.INITIATOR ? Side.ACCEPTOR : Side.INITIATOR;
    if (!MessageDigest.isEqual(body, proofOf(other))) {
      return refuse(Refusal.SECRET, own.node() + " and " + hello);
    }
    state = State.OVER;
    List<Frame> last =
        side == Side.INITIATOR
            ? List.of()
            : List.of(Frame.of(Frame.Kind.PROOF, proofOf(Side.ACCEPTOR)));
    int version = Math.min(own.versionMax(), hello.versionMax());
    return new Step.Done(last, hello, version, own.knowsTypesOf(hello));
  }

  private Step refused(byte[] body) {
    Input in = new Input(body);
    int number = in.u8();
    String words = in.text(Frame.BODY_MAX);
    state = State.OVER;
    return new Step.Refused(
        List.of(), Refusal.of(number), "the other side says: " + legible(words));
  }

  /// What a stranger says, fit for a line of a log.
  private static String legible(String words) {
    String line = words.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= WORDS_MAX ? line : line.substring(0, WORDS_MAX) + "…";
  }

  private byte[] proofOf(Side prover) {
    byte[] ours = own.encode();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(prover.code);
      for (byte[] hello :
          side == Side.INITIATOR ? List.of(ours, theirBytes) : List.of(theirBytes, ours)) {
        Output length = new Output();
        length.u32(hello.length);
        mac.update(length.copy());
        mac.update(hello);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
