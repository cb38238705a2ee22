package dev.kith.wire.node;

import dev.kith.process.Letter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How the messages of one connection are written and read: a codec, and what the type numbers of
/// either side mean.
///
/// **Threading.** Any thread writes. The connection's loop reads.
public final class Payloads {
  /// What a letter holds whose type is not known here.
  private static final Class<?> UNKNOWN = void.class;

  private final Types types;
  private final Codec codec;
  private final Consumer<String> undecodable;

  /// What the other side's numbers mean here.
  private final List<Class<?>> theirs;

  /// The type that was written last. Racy on purpose: who finds another looks it up.
  private Numbered last = new Numbered(UNKNOWN, 0);

  /// A type and its number.
  private record Numbered(Class<?> type, int number) {}

  private Payloads(Types types, Codec codec, List<Class<?>> theirs, Consumer<String> undecodable) {
    this.types = types;
    this.codec = codec;
    this.theirs = theirs;
    this.undecodable = undecodable;
  }

  /// With a node that knows the same types.
  ///
  /// @param undecodable is told of letters that are not whole, in words for a log
  public static Payloads alike(Types types, Codec codec, Consumer<String> undecodable) {
    return new Payloads(types, codec, types.all(), undecodable);
  }

  /// With a node that numbers its types so.
  public static Payloads mapped(
      Types types, Codec codec, List<String> names, Consumer<String> undecodable) {
    List<Class<?>> meant = new ArrayList<>();
    for (String name : names) {
      Class<?> known = types.named(name);
      meant.add(known == null ? UNKNOWN : known);
    }
    return new Payloads(types, codec.tolerant(), meant, undecodable);
  }

  /// Writes a message behind its type's number.
  ///
  /// @throws IllegalArgumentException if it cannot be encoded
  void write(Object message, Output out) {
    Numbered known = last;
    if (known.type != message.getClass()) {
      known = new Numbered(message.getClass(), types.tagOf(message.getClass()));
      last = known;
    }
    out.var(known.number);
    codec.encode(message, out);
  }

  /// Reads a message up to the end of the input, without opening it.
  Letter read(Input in) {
    int tag = in.var(theirs.size() - 1);
    return new Sealed(this, theirs.get(tag), in.restInPlace());
  }

  /// A letter as it came.
  private static final class Sealed implements Letter {
    private final Payloads payloads;
    private final Class<?> type;
    private final Input.Slice content;

    /// Set once by whoever opens it first; a race opens it twice, to equal messages.
    private volatile @Nullable Object message;

    private volatile boolean broken;

    Sealed(Payloads payloads, Class<?> type, Input.Slice content) {
      this.payloads = payloads;
      this.type = type;
      this.content = content;
      this.broken = type == UNKNOWN;
    }

    @Override
    public Class<?> type() {
      return type;
    }

    @Override
    public int bytes() {
      return content.length();
    }

    @Override
    public boolean isWhole() {
      if (message == null && !broken) {
        decode();
      }
      return !broken;
    }

    @Override
    public Object open() {
      if (!isWhole() || message == null) {
        throw new IllegalStateException("a letter that is not whole, of " + type.getName());
      }
      return message;
    }

    /// Bytes from another node can make a codec, and constructors that it calls, throw anything;
    /// and who opens a letter may be the runtime, which must not die of it.
    private void decode() {
      try {
        message =
            type.cast(
                payloads.codec.decode(type, content.array(), content.from(), content.length()));
      } catch (Throwable e) {
        broken = true;
        payloads.undecodable.accept(type.getName() + ": " + e);
      }
    }

    @Override
    public String toString() {
      return "letter of " + type.getName() + ", " + content.length() + " bytes";
    }
  }
}
