package dev.kith.net;

import dev.kith.wire.CloseCode;
import dev.kith.wire.Payload;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/*
 * Bytes come in pieces of any size; a piece may hold half a header or five hundred messages. The
 * reader is a machine of two states, and keeps between pieces no more than it must:
 *
 *   HEADER   two bytes say how many more belong to the header (length, mask), then the frame begins
 *   PAYLOAD  bytes are unmasked as they come: into the 125 bytes of a control frame, onto the message,
 *            or away when the message is over its soft limit
 *   ENDED    after a goodbye or a violation: whatever comes is thrown away
 *
 * Why not Netty's decoder: it collects a whole frame before it looks at its size, and answers one that
 * is too large by ending the connection. Here a message over the limit costs no memory and the
 * connection stays (up to the hard limit), and text is checked byte by byte, so that a bad text ends
 * at its first bad byte and not after the last one (RFC 6455, section 8.1).
 *
 * After each frame the sink is asked whether it takes more, so that a paused pipe gets nothing more
 * even out of a piece that has already arrived.
 */

/// Turns the bytes that a client sends into messages (RFC 6455).
///
/// **Threading.** Belongs to one loop. **Limits.** Holds at most the soft limit of one message.
/// **Failure.** Tells the sink of a violation, once, and reads nothing after it.
final class MessageReader {
  private static final int FIN = 0x80;
  private static final int RSV = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;
  private static final byte[] NOTHING = {};

  private final MessageLimits limits;
  private final Sink sink;
  private final Utf8Check utf8 = new Utf8Check();

  private State state = State.HEADER;

  private final byte[] header = new byte[14];
  private int headerBytes;
  private int headerNeeded = 2;

  private Opcode opcode = Opcode.CONTINUATION;
  private boolean isFinal;
  private int mask;
  private long remaining;

  private byte[] control = NOTHING;
  private int controlBytes;

  /// The kind of the message in progress; CONTINUATION when there is none.
  private Opcode kind = Opcode.CONTINUATION;

  private byte[] message = NOTHING;
  private int messageBytes;

  /// Bytes of the message in progress as its frames announce them, kept or not.
  private long announced;

  private boolean isOversized;

  MessageReader(MessageLimits limits, Sink sink) {
    this.limits = limits;
    this.sink = sink;
  }

  private enum State {
    HEADER,
    PAYLOAD,
    ENDED
  }

  /// Who is told what was read.
  interface Sink {
    /// Whether to go on; asked before each frame.
    boolean takesMore();

    /// A frame of any kind has begun.
    void frame();

    void message(Payload message);

    /// The message in progress passed the soft limit. Told once for each message.
    void oversized();

    void ping(byte[] payload);

    void goodbye(CloseCode code, String reason);

    /// The client broke the rules.
    void violation(CloseCode code, String what);
  }

  /// Reads until the buffer is empty or the sink wants no more.
  void read(ByteBuf in) {
    while (in.isReadable()) {
      switch (state) {
        case HEADER -> {
          if (headerBytes == 0 && !sink.takesMore()) {
            return;
          }
          readHeader(in);
        }
        case PAYLOAD -> readPayload(in);
        case ENDED -> in.skipBytes(in.readableBytes());
      }
    }
  }

  private void readHeader(ByteBuf in) {
    int count = Math.min(headerNeeded - headerBytes, in.readableBytes());
    in.readBytes(header, headerBytes, count);
    headerBytes += count;
    if (headerBytes < headerNeeded) {
      return;
    }
    if (headerBytes == 2) {
      beginHeader();
    } else {
      beginFrame();
    }
  }

  /// The first two bytes are there: they say how long the header is.
  private void beginHeader() {
    int first = header[0] & 0xFF;
    int second = header[1] & 0xFF;
    int length = second & LENGTH;
    isFinal = (first & FIN) != 0;
    if ((first & RSV) != 0) {
      violate(CloseCode.PROTOCOL_ERROR, "reserved bits are set");
    } else if ((second & MASKED) == 0) {
      violate(CloseCode.PROTOCOL_ERROR, "frame is not masked");
    } else if (beginsLegally(first & OPCODE, length)) {
      headerNeeded = 2 + (length == LENGTH_64 ? 8 : length == LENGTH_16 ? 2 : 0) + 4;
    }
  }

  private boolean beginsLegally(int bits, int length) {
    return switch (bits) {
      case 0x0 -> {
        opcode = Opcode.CONTINUATION;
        yield kind != Opcode.CONTINUATION || violate("continuation of nothing");
      }
      case 0x1 -> beginsMessage(Opcode.TEXT);
      case 0x2 -> beginsMessage(Opcode.BINARY);
      case 0x8 -> beginsControl(Opcode.CLOSE, length);
      case 0x9 -> beginsControl(Opcode.PING, length);
      case 0xA -> beginsControl(Opcode.PONG, length);
      default -> violate("unknown opcode " + bits);
    };
  }

  private boolean beginsMessage(Opcode opcode) {
    if (kind != Opcode.CONTINUATION) {
      return violate("new message inside another");
    }
    this.opcode = opcode;
    kind = opcode;
    return true;
  }

  private boolean beginsControl(Opcode opcode, int length) {
    this.opcode = opcode;
    return (isFinal || violate("fragmented control frame"))
        && (length <= Opcode.CONTROL_BYTES_MAX || violate("long control frame"));
  }

  /// The whole header is there.
  private void beginFrame() {
    remaining = length();
    mask = number(headerNeeded - 4, 4);
    headerBytes = 0;
    headerNeeded = 2;
    if (remaining < 0) {
      violate("length not in its shortest form");
      return;
    }
    sink.frame();
    state = State.PAYLOAD;
    switch (opcode) {
      case TEXT, BINARY, CONTINUATION -> announce();
      case CLOSE, PING, PONG -> {
        control = new byte[(int) remaining];
        controlBytes = 0;
      }
    }
    if (state == State.PAYLOAD && remaining == 0) {
      endFrame();
    }
  }

  /// The announced length, or -1 if a shorter form would have done or the first bit is set.
  private long length() {
    int length = header[1] & LENGTH;
    if (length == LENGTH_16) {
      int value = number(2, 2);
      return value > Opcode.CONTROL_BYTES_MAX ? value : -1;
    }
    if (length == LENGTH_64) {
      long value = ((long) number(2, 4) << 32) | (number(6, 4) & 0xFFFF_FFFFL);
      return value > 0xFFFF ? value : -1;
    }
    return length;
  }

  private int number(int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      value = (value << 8) | (header[i] & 0xFF);
    }
    return value;
  }

  private void announce() {
    if (remaining > limits.hardBytes() - announced) {
      violate(CloseCode.TOO_BIG, "message over " + limits.hardBytes() + " bytes");
      return;
    }
    announced += remaining;
    if (announced > limits.softBytes() && !isOversized) {
      isOversized = true;
      message = NOTHING;
      messageBytes = 0;
      sink.oversized();
    }
  }

  private void readPayload(ByteBuf in) {
    int count = (int) Math.min(remaining, in.readableBytes());
    switch (opcode) {
      case TEXT, BINARY, CONTINUATION -> readMessage(in, count);
      case CLOSE, PING, PONG -> {
        in.readBytes(control, controlBytes, count);
        unmask(control, controlBytes, controlBytes + count);
        controlBytes += count;
      }
    }
    remaining -= count;
    if (remaining == 0 && state == State.PAYLOAD) {
      endFrame();
    }
  }

  private void readMessage(ByteBuf in, int count) {
    if (isOversized) {
      in.skipBytes(count);
      return;
    }
    int end = messageBytes + count;
    if (end > message.length) {
      message = Arrays.copyOf(message, capacityFor(end));
    }
    in.readBytes(message, messageBytes, count);
    unmask(message, messageBytes, end);
    if (kind == Opcode.TEXT && !utf8.accepts(message, messageBytes, end)) {
      violate(CloseCode.INVALID_TEXT, "text is not UTF-8");
    }
    messageBytes = end;
  }

  /// Memory follows what has arrived, not what was announced; a message that comes in one piece
  /// gets an array that fits.
  private int capacityFor(int end) {
    return message.length == 0 ? end : (int) Math.min(limits.softBytes(), 2L * end);
  }

  /// Takes the mask off, and turns it so that the next byte meets the right part of it.
  private void unmask(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      bytes[i] ^= (byte) (mask >>> 24);
      mask = Integer.rotateLeft(mask, 8);
    }
  }

  private void endFrame() {
    state = State.HEADER;
    switch (opcode) {
      case TEXT, BINARY, CONTINUATION -> {
        if (isFinal) {
          endMessage();
        }
      }
      case PING -> sink.ping(control);
      case PONG -> {}
      case CLOSE -> endAll();
    }
  }

  private void endMessage() {
    if (kind == Opcode.TEXT && !isOversized && !utf8.isComplete()) {
      violate(CloseCode.INVALID_TEXT, "text ends inside a character");
      return;
    }
    var bytes = messageBytes == message.length ? message : Arrays.copyOf(message, messageBytes);
    var whole = kind == Opcode.TEXT ? Payload.Kind.TEXT : Payload.Kind.BINARY;
    boolean isWhole = !isOversized;
    kind = Opcode.CONTINUATION;
    message = NOTHING;
    messageBytes = 0;
    announced = 0;
    isOversized = false;
    utf8.reset();
    if (isWhole) {
      sink.message(Payload.owning(whole, bytes));
    }
  }

  private void endAll() {
    if (control.length == 0) {
      state = State.ENDED;
      sink.goodbye(CloseCode.NONE, "");
      return;
    }
    int value = control.length < 2 ? 0 : ((control[0] & 0xFF) << 8) | (control[1] & 0xFF);
    if (value < 1000 || value > 4999 || !new CloseCode(value).isSendable()) {
      violate("close code " + value);
      return;
    }
    utf8.reset();
    if (!utf8.accepts(control, 2, control.length) || !utf8.isComplete()) {
      violate(CloseCode.INVALID_TEXT, "close reason is not UTF-8");
      return;
    }
    state = State.ENDED;
    var reason = Payload.owning(Payload.Kind.TEXT, Arrays.copyOfRange(control, 2, control.length));
    sink.goodbye(new CloseCode(value), reason.text());
  }

  private boolean violate(String what) {
    violate(CloseCode.PROTOCOL_ERROR, what);
    return false;
  }

  private void violate(CloseCode code, String what) {
    state = State.ENDED;
    message = NOTHING;
    control = NOTHING;
    sink.violation(code, what);
  }
}
