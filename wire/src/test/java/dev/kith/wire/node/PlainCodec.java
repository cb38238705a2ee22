package dev.kith.wire.node;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Text and nothing else, for tests of what is around it.
final class PlainCodec implements Codec {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public Codec tolerant() {
    return this;
  }

  @Override
  public void encode(Object message, Output out) {
    byte[] bytes = message.toString().getBytes(UTF_8);
    out.raw(bytes, 0, bytes.length);
  }

  @Override
  public Object decode(Class<?> type, byte[] bytes, int from, int length) {
    if (type != String.class) {
      throw new IllegalArgumentException("only text");
    }
    return new String(bytes, from, length, UTF_8);
  }
}
