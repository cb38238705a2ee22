package dev.kith.net;

import static dev.kith.net.RawPeer.BINARY;
import static dev.kith.net.RawPeer.CLOSE;
import static dev.kith.net.RawPeer.CONTINUATION;
import static dev.kith.net.RawPeer.FIN;
import static dev.kith.net.RawPeer.PING;
import static dev.kith.net.RawPeer.PONG;
import static dev.kith.net.RawPeer.TEXT;
import static dev.kith.net.RawPeer.closePayload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.wire.CloseCode;
import dev.kith.wire.Payload;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of RFC 6455 that a server must keep, each with its section.
@ExtendWith(Clean.class)
class Rfc6455Test {
  private static final Served SERVED = Served.with(settings -> settings);

  private RawPeer peer;
  private Recorder recorder;

  @BeforeEach
  void connect() {
    var connected = SERVED.connect();
    peer = connected.peer();
    recorder = connected.recorder();
  }

  @AfterEach
  void disconnect() {
    peer.close();
  }

  @AfterAll
  static void stop() {
    SERVED.close();
  }

  /// 5.4
  @Test
  void fragmentsAreOneMessage() {
    peer.frame(TEXT, "frag");
    peer.frame(CONTINUATION, "");
    peer.frame(CONTINUATION, "men");
    peer.frame(FIN | CONTINUATION, "ted");
    recorder.expect("text fragmented");
  }

  /// 5.4
  @Test
  void controlFramesMayComeBetweenFragments() {
    peer.frame(BINARY, "ab");
    peer.frame(FIN | PING, "still there?");
    peer.frame(FIN | CONTINUATION, "c");
    var pong = peer.read();
    assertThat(pong.first()).isEqualTo(FIN | PONG);
    assertThat(pong.text()).isEqualTo("still there?");
    recorder.expect("binary 3");
  }

  /// 5.5.2 and 5.5.3
  @Test
  void aPingIsAnsweredAndAPongIsNot() {
    peer.frame(FIN | PONG, "unasked");
    peer.frame(FIN | PING, new byte[125]);
    assertThat(peer.read().payload()).hasSize(125);
  }

  /// 5.1
  @Test
  void aFrameWithoutAMaskIsAViolation() {
    peer.send(new byte[] {(byte) (FIN | TEXT), 1, 'a'});
    expectViolation(1002);
  }

  /// 5.2
  @ParameterizedTest
  @ValueSource(ints = {0x40, 0x20, 0x10, 0x70})
  void aReservedBitIsAViolation(int bits) {
    peer.frame(FIN | TEXT | bits, "a");
    expectViolation(1002);
  }

  /// 5.2
  @ParameterizedTest
  @ValueSource(ints = {0x3, 0x4, 0x7, 0xB, 0xF})
  void anUnknownOpcodeIsAViolation(int opcode) {
    peer.frame(FIN | opcode, "a");
    expectViolation(1002);
  }

  /// 5.2
  @Test
  void aLengthNotInItsShortestFormIsAViolation() {
    peer.send(new byte[] {(byte) (FIN | TEXT), (byte) (0x80 | 126), 0, 5});
    peer.send(new byte[] {0, 0, 0, 0});
    expectViolation(1002);
  }

  /// 5.2
  @Test
  void aLengthWithItsFirstBitSetIsAViolation() {
    peer.send(new byte[] {(byte) (FIN | TEXT), (byte) (0x80 | 127)});
    peer.send(ByteBuffer.allocate(12).putLong(-1).array());
    expectViolation(1002);
  }

  /// 5.4
  @Test
  void aContinuationOfNothingIsAViolation() {
    peer.frame(FIN | CONTINUATION, "a");
    expectViolation(1002);
  }

  /// 5.4
  @Test
  void aMessageInsideAMessageIsAViolation() {
    peer.frame(TEXT, "a");
    peer.frame(FIN | TEXT, "b");
    expectViolation(1002);
  }

  /// 5.5
  @ParameterizedTest
  @ValueSource(ints = {PING, PONG, CLOSE})
  void aFragmentedControlFrameIsAViolation(int opcode) {
    peer.frame(opcode, "a");
    expectViolation(1002);
  }

  /// 5.5
  @ParameterizedTest
  @ValueSource(ints = {PING, PONG, CLOSE})
  void aControlFrameOfMoreThan125BytesIsAViolation(int opcode) {
    peer.frame(FIN | opcode, new byte[126]);
    expectViolation(1002);
  }

  /// 8.1: a character may be cut anywhere, by frames and by the network.
  @Test
  void textMayBeCutInsideACharacter() {
    var text = "κόσμε 𝄞 é";
    int opcode = TEXT;
    for (byte b : text.getBytes(UTF_8)) {
      peer.frame(opcode, new byte[] {b});
      opcode = CONTINUATION;
    }
    peer.frame(FIN | CONTINUATION, "");
    recorder.expect("text " + text);
  }

  /// 8.1
  @Test
  void badTextEndsAtItsFirstBadByte() {
    peer.frame(TEXT, new byte[] {'a', (byte) 0xCE});
    peer.frame(CONTINUATION, new byte[] {'b'});
    expectViolation(1007);
  }

  /// 8.1
  @Test
  void textMustNotEndInsideACharacter() {
    peer.frame(FIN | TEXT, new byte[] {(byte) 0xF0, (byte) 0x9D});
    expectViolation(1007);
  }

  /// 8.1
  @Test
  void binaryNeedNotBeText() {
    peer.frame(FIN | BINARY, new byte[] {(byte) 0xFF, 0, (byte) 0xC0});
    recorder.expect("binary 3");
  }

  /// 5.5.1
  @Test
  void aGoodbyeIsReturnedAndTheServerEndsTheConnection() {
    peer.frame(FIN | CLOSE, closePayload(1000, "bye"));
    peer.expectClose(1000);
    peer.expectEnd();
    recorder.expect("closed PEER 1000");
  }

  /// 5.5.1
  @Test
  void aGoodbyeMayBeEmpty() {
    peer.frame(FIN | CLOSE, "");
    assertThat(peer.read()).satisfies(frame -> assertThat(frame.payload()).isEmpty());
    peer.expectEnd();
    recorder.expect("closed PEER 1005");
  }

  /// 7.4
  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1003, 1007, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
  void aGoodbyeMayHaveTheseCodes(int code) {
    peer.frame(FIN | CLOSE, closePayload(code, "ü"));
    peer.expectClose(code);
    recorder.expect("closed PEER " + code);
  }

  /// 7.4
  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65535})
  void aGoodbyeMustNotHaveTheseCodes(int code) {
    peer.frame(FIN | CLOSE, closePayload(code, ""));
    expectViolation(1002);
  }

  /// 5.5.1
  @Test
  void aGoodbyeOfOneByteIsAViolation() {
    peer.frame(FIN | CLOSE, "a");
    expectViolation(1002);
  }

  /// 5.5.1
  @Test
  void theReasonOfAGoodbyeMustBeText() {
    peer.frame(FIN | CLOSE, new byte[] {3, (byte) 0xE8, (byte) 0xC3});
    expectViolation(1007);
  }

  /// 5.5.1: nothing is delivered after a goodbye.
  @Test
  void whatComesAfterAGoodbyeIsIgnored() {
    peer.frame(FIN | CLOSE, closePayload(1000, ""));
    peer.text("too late");
    peer.expectClose(1000);
    recorder.expect("closed PEER 1000");
    Eventually.holds("gone", () -> SERVED.server.counts().pipes() == 0);
    assertThat(recorder.events).isEmpty();
  }

  /// 5.5.1
  @Test
  void theServersGoodbyeComesAfterWhatItWroteAndIsAnswered() {
    recorder.onLoop(() -> {
      recorder.pipe.write(Payload.text("last words"));
      recorder.pipe.close(CloseCode.SERVICE_RESTART, "é".repeat(100));
    });
    peer.expectText("last words");
    var goodbye = peer.read();
    assertThat(goodbye.code()).isEqualTo(1012);
    assertThat(goodbye.payload()).hasSize(2 + 122);
    assertThat(goodbye.text()).endsWith("éé");
    peer.frame(FIN | CLOSE, goodbye.payload());
    peer.expectEnd();
    recorder.expect("closed OWNER 1012");
  }

  /// 5.2: lengths in one, two and eight bytes, both ways.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536})
  void everyLengthGoesBothWays(int length) {
    peer.frame(FIN | BINARY, new byte[Math.min(length, 65536)]);
    recorder.expect("binary " + length);
    recorder.write(Payload.binary(new byte[length]));
    var frame = peer.read();
    assertThat(frame.first()).isEqualTo(FIN | BINARY);
    assertThat(frame.payload()).hasSize(length);
  }

  @Test
  void aFrameMayArriveByteByByteAndManyAtOnce() {
    for (byte b : RawPeer.masked(FIN | TEXT, "slowly".getBytes(UTF_8))) {
      peer.send(new byte[] {b});
    }
    recorder.expect("text slowly");
    var one = RawPeer.masked(FIN | TEXT, "x".getBytes(UTF_8));
    var thousand = ByteBuffer.allocate(1_000 * one.length);
    for (int i = 0; i < 1_000; i++) {
      thousand.put(one);
    }
    peer.send(thousand.array());
    for (int i = 0; i < 1_000; i++) {
      recorder.expect("text x");
    }
  }

  private void expectViolation(int code) {
    peer.expectClose(code);
    peer.expectEnd();
    recorder.expect("closed VIOLATION " + code);
  }
}
