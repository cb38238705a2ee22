package dev.kith.wire.node;

import dev.kith.process.NodeSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is said once two nodes know each other, seen by who listens: frames in, signals out.
///
/// **Ordering.** As sent, lane by lane. **Threading.** Belongs to one connection's loop.
public final class Conversation {
  /// Bytes of names in one frame of types.
  private static final int TYPES_BYTES = Frame.BODY_MAX / 2;

  private static final int TYPES_MAX = 100_000;
  private static final int NAME_MAX = 1_024;

  private final Types types;
  private final Codec codec;
  private final Listener listener;
  private final Inbound inbound;
  private final List<String> names = new ArrayList<>();

  /// How to read payloads; null until that is known.
  private @Nullable Payloads payloads;

  /// Who is told what was said.
  public interface Listener {
    /// A signal.
    void signal(NodeSignal signal);

    /// A sign of life.
    ///
    /// @param digest of the scopes that this node has asked the sender for
    void heartbeat(long digest);

    /// Other nodes exist.
    void introduced(List<Introduction> others);

    /// The other node leaves in good order.
    void farewell();

    /// A letter could not be opened. Called on any thread.
    ///
    /// @param words which, and what is wrong with it
    void undecodable(String words);
  }

  /// A conversation in which nothing was said.
  ///
  /// @param sameTypes whether both know the same types
  /// @param signalMax the bytes that one signal may have
  public Conversation(
      Types types, Codec codec, boolean sameTypes, int signalMax, Listener listener) {
    this.types = types;
    this.codec = codec;
    this.listener = listener;
    this.inbound = new Inbound(signalMax);
    this.payloads = sameTypes ? Payloads.alike(types, codec, listener::undecodable) : null;
  }

  /// The bodies of the frames that tell the other side which types this one knows.
  public static List<byte[]> describe(Types types) {
    List<byte[]> bodies = new ArrayList<>();
    Output out = new Output();
    for (Class<?> type : types.all()) {
      out.text(type.getName());
      if (out.size() >= TYPES_BYTES) {
        bodies.add(out.copy());
        out.clear();
      }
    }
    out.text(""); // the end
    bodies.add(out.copy());
    return bodies;
  }

  /// A frame has come.
  ///
  /// @return what is wrong with it; empty if nothing is. After that nothing more must be read
  public String receive(Frame frame) {
    try {
      switch (frame.kind()) {
        case DATA -> data(frame);
        case TYPES -> types(new Input(frame.body()));
        case HEARTBEAT -> listener.heartbeat(digest(frame.body()));
        case INTRODUCTION -> listener.introduced(Introduction.decode(frame.body()));
        case GOODBYE -> listener.farewell();
        case HELLO, PROOF, REFUSAL -> {
          return "a frame of kind " + frame.kind() + " after the handshake";
        }
      }
      return "";
    } catch (Malformed wrong) {
      return wrong.words();
    }
  }

  private void data(Frame frame) {
    Payloads read = payloads;
    if (read == null) {
      throw new Malformed("signals before the types that they need");
    }
    Consumer<Input> each = signal -> listener.signal(SignalReader.read(signal, read));
    inbound.take(frame.lane(), frame.body(), each);
  }

  private void types(Input in) {
    while (in.left() > 0) {
      String name = in.text(NAME_MAX);
      if (payloads != null || names.size() >= TYPES_MAX) {
        throw new Malformed("more types than there can be");
      }
      if (name.isEmpty()) {
        payloads = Payloads.mapped(types, codec, List.copyOf(names), listener::undecodable);
      } else {
        names.add(name);
      }
    }
  }

  /// What says nothing but that there is a conversation: an introduction of nobody.
  public static Frame accord() {
    Output out = new Output();
    out.var(0);
    return Frame.of(Frame.Kind.INTRODUCTION, out.copy());
  }

  /// The body of a heartbeat.
  public static byte[] heartbeat(long digest) {
    Output out = new Output();
    out.u64(digest);
    return out.copy();
  }

  private static long digest(byte[] body) {
    Input in = new Input(body);
    long digest = in.u64();
    in.end();
    return digest;
  }
}
