package dev.kith.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Locale;

/// A client that sends exactly the bytes it is told to.
final class RawPeer implements AutoCloseable {
  static final int FIN = 0x80;
  static final int CONTINUATION = 0x0;
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  RawPeer(int port) {
    this(port, 64 << 10);
  }

  /// With a small receive buffer the system takes less before the server feels that nobody reads.
  RawPeer(int port, int receiveBuffer) {
    try {
      socket.setReceiveBufferSize(receiveBuffer);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
      socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
      socket.setTcpNoDelay(true);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// One frame as it came: the first byte and the payload.
  @SuppressWarnings("ArrayRecordComponent")
  record Frame(int first, byte[] payload) {
    String text() {
      return new String(payload, UTF_8);
    }

    int code() {
      return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }
  }

  /// One response as it came.
  record Response(int status, String head, String body) {}

  static String upgradeRequest(String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }

  void upgrade(String path) {
    send(upgradeRequest(path));
    var response = response();
    assertThat(response.status()).as(response.head()).isEqualTo(101);
    assertThat(response.head()).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  void send(String ascii) {
    send(ascii.getBytes(ISO_8859_1));
  }

  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Sends a masked frame.
  void frame(int first, byte[] payload) {
    send(masked(first, payload));
  }

  void frame(int first, String payload) {
    frame(first, payload.getBytes(UTF_8));
  }

  void text(String payload) {
    frame(FIN | TEXT, payload);
  }

  static byte[] masked(int first, byte[] payload) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(first);
    int size = payload.length;
    if (size <= 125) {
      bytes.write(0x80 | size);
    } else if (size <= 0xFFFF) {
      bytes.write(0x80 | 126);
      bytes.writeBytes(ByteBuffer.allocate(2).putShort((short) size).array());
    } else {
      bytes.write(0x80 | 127);
      bytes.writeBytes(ByteBuffer.allocate(8).putLong(size).array());
    }
    byte[] mask = {0x12, (byte) 0xF3, 0x45, 0x06};
    bytes.writeBytes(mask);
    for (int i = 0; i < size; i++) {
      bytes.write(payload[i] ^ mask[i % 4]);
    }
    return bytes.toByteArray();
  }

  static byte[] closePayload(int code, String reason) {
    var words = reason.getBytes(UTF_8);
    return ByteBuffer.allocate(2 + words.length).putShort((short) code).put(words).array();
  }

  /// Reads a frame, which must not be masked.
  Frame read() {
    try {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      assertThat(length).as("masked").isLessThan(0x80);
      long size = length == 127 ? in.readLong() : length == 126 ? in.readUnsignedShort() : length;
      return new Frame(first, in.readNBytes((int) size));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The next frame is this text.
  void expectText(String text) {
    var frame = read();
    assertThat(frame.first()).isEqualTo(FIN | TEXT);
    assertThat(frame.text()).isEqualTo(text);
  }

  /// The next frame is a goodbye with this code, and after it the server ends its half.
  void expectClose(int code) {
    var frame = read();
    assertThat(frame.first()).isEqualTo(FIN | CLOSE);
    assertThat(frame.code()).isEqualTo(code);
  }

  void expectEnd() {
    try {
      assertThat(in.read()).as("end of stream").isEqualTo(-1);
    } catch (IOException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  Response response() {
    try {
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      var text = head.toString();
      int status = Integer.parseInt(text.substring(9, 12));
      return new Response(status, text, new String(in.readNBytes(length(text)), UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Response get(String path) {
    send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
    return response();
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length: "))
        .mapToInt(line -> Integer.parseInt(line.substring(16)))
        .findFirst()
        .orElse(0);
  }

  InputStream in() {
    return in;
  }

  /// Ends the connection with a reset.
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
