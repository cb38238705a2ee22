package dev.kith.wire.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.process.Letter;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSignal;
import dev.kith.process.TraceContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever comes over a connection: it is read, or ends it with words, and nothing else happens.
class FuzzTest {
  private static final int ROUNDS = 1_000_000;
  private static final int SIGNAL_MAX = 100_000;
  private static final Types TYPES = Types.of(Messages.class);
  private static final Codec CODEC = new PlainCodec();

  /// A million in a usual check, ten in a long one.
  private static int rounds() {
    return Integer.getInteger("kith.schedules", 200) > 200 ? 10 * ROUNDS : ROUNDS;
  }

  private static SplittableRandom chance() {
    return new SplittableRandom(Long.getLong("kith.seed.fresh", 1));
  }

  /// Some of everything that two nodes say.
  private static List<NodeSignal> signals() {
    NodeSignal.Target process = new NodeSignal.Target.ToProcess(70);
    NodeSignal.Target alias = new NodeSignal.Target.ToAlias(70, 1L << 50);
    NodeSignal.Target name = new NodeSignal.Target.ToName("server");
    TraceContext trace = new TraceContext(1, 2, 3, (byte) 1);
    ExitReason crash = new ExitReason.Crashed(new IllegalStateException("boom"));
    return List.of(
        new NodeSignal.Message(65, process, "hello", trace),
        new NodeSignal.Message(65, name, "x".repeat(3_000), null),
        new NodeSignal.Request(65, alias, 9, "what?", trace),
        new NodeSignal.Reply(70, 9, "this"),
        new NodeSignal.Failure(70, 9, crash),
        new NodeSignal.Spawn(65, 10, "worker", "argument", true),
        new NodeSignal.Spawned(71, 10),
        new NodeSignal.Link(65, 70),
        new NodeSignal.Unlink(65, 70, 1),
        new NodeSignal.Unlinked(70, 65, 1),
        new NodeSignal.LinkExit(70, 65, new ExitReason.Shutdown("later")),
        new NodeSignal.Exit(65, 70, ExitReason.kill()),
        new NodeSignal.Monitor(65, name, 11),
        new NodeSignal.Demonitor(65, 11),
        new NodeSignal.Down(70, 11, new ExitReason.Custom("own")),
        new NodeSignal.Broadcast(65, "rooms", "lobby", "hello all", null));
  }

  private static byte[] written(NodeSignal signal) {
    Output out = new Output();
    SignalWriter.write(signal, Payloads.alike(TYPES, CODEC, _ -> {}), out);
    return out.copy();
  }

  @Test
  void everySignalComesAsItWent() {
    Payloads payloads = Payloads.alike(TYPES, CODEC, _ -> {});
    for (NodeSignal signal : signals()) {
      NodeSignal read = SignalReader.read(new Input(written(signal)), payloads);
      assertThat(opened(read).toString()).isEqualTo(signal.toString());
    }
  }

  private static NodeSignal opened(NodeSignal signal) {
    return switch (signal) {
      case NodeSignal.Message(long from, var to, Letter letter, var trace) ->
          new NodeSignal.Message(from, to, letter.open(), trace);
      case NodeSignal.Request(long from, var to, long id, Letter letter, var trace) ->
          new NodeSignal.Request(from, to, id, letter.open(), trace);
      case NodeSignal.Reply(long from, long id, Letter letter) ->
          new NodeSignal.Reply(from, id, letter.open());
      case NodeSignal.Spawn(long from, long id, String what, Letter letter, boolean linked) ->
          new NodeSignal.Spawn(from, id, what, letter.open(), linked);
      case NodeSignal.Broadcast(long from, String scope, String group, Letter letter, var trace) ->
          new NodeSignal.Broadcast(from, scope, group, letter.open(), trace);
      default -> signal;
    };
  }

  /// Signals whose frames are right and whose bytes are not: as from a node that means no good.
  @Test
  void noSignalDoesHarm() {
    SplittableRandom chance = chance();
    List<byte[]> good = signals().stream().map(FuzzTest::written).toList();
    Payloads payloads = Payloads.alike(TYPES, CODEC, _ -> {});
    int read = 0;
    for (int i = 0; i < rounds() / 2; i++) {
      byte[] bad = mutated(good.get(chance.nextInt(good.size())), chance);
      try {
        NodeSignal signal = SignalReader.read(new Input(bad), payloads);
        if (signal instanceof NodeSignal.Message(var _, var _, Letter letter, var _)) {
          letter.isWhole();
        }
        read++;
      } catch (Malformed _) {
        // as it should
      }
    }
    assertThat(read).isPositive();
  }

  /// Streams of frames with anything done to them.
  @Test
  void noStreamDoesHarm() {
    SplittableRandom chance = chance();
    byte[] good = stream();
    int survived = 0;
    for (int i = 0; i < rounds() / 40; i++) {
      survived += listens(mutated(good, chance), chance) ? 1 : 0;
    }
    assertThat(listens(good, chance)).isTrue();
    assertThat(survived).isLessThan(rounds() / 40);
  }

  /// Frames that are whole, of any kind, in any order, with any body.
  @Test
  void noFrameDoesHarm() {
    SplittableRandom chance = chance();
    FrameWriter writer = new FrameWriter(100);
    byte[] good = stream();
    for (int i = 0; i < rounds() / 4; i++) {
      int from = chance.nextInt(good.length);
      byte[] body = new byte[Math.min(good.length - from, chance.nextInt(300))];
      System.arraycopy(good, from, body, 0, body.length);
      Frame.Kind kind = Frame.Kind.of(chance.nextInt(8));
      Conversation talk = conversation(chance.nextBoolean());
      new FrameReader()
          .read(
              writer.frame(kind, body),
              frame -> {
                talk.receive(frame);
                talk.receive(frame);
              });
    }
  }

  /// Handshakes with anything done to them end, and never well.
  @Test
  void noHandshakeDoesHarm() {
    SplittableRandom chance = chance();
    Bits256 nonce = new Bits256(1, 2, 3, 4);
    Hello hello =
        new Hello(1, 1, 0, NodeName.of("a"), 7, "a:1", "plain", TYPES.hash(), 900, 4, 1_000, nonce);
    byte[] secret = "known to few people".getBytes(UTF_8);
    byte[] good = hello.encode();
    for (int i = 0; i < rounds() / 5; i++) {
      Handshake acceptor =
          new Handshake(
              Handshake.Side.ACCEPTOR,
              new Hello(
                  1, 1, 0, NodeName.of("b"), 7, "", "plain", TYPES.hash(), 900, 4, 1_000, nonce),
              secret,
              _ -> Optional.empty());
      Frame.Kind[] kinds = Frame.Kind.values();
      for (int step = 0; step < 3; step++) {
        Frame.Kind kind = step == 0 ? Frame.Kind.HELLO : kinds[chance.nextInt(kinds.length)];
        Handshake.Step came = acceptor.receive(Frame.of(kind, mutated(good, chance)));
        assertThat(came).isNotInstanceOf(Handshake.Step.Done.class);
        if (came instanceof Handshake.Step.Refused) {
          break;
        }
      }
    }
  }

  private static byte[] stream() {
    Outbound outbound = new Outbound();
    Payloads payloads = Payloads.alike(TYPES, CODEC, _ -> {});
    for (NodeSignal signal : signals()) {
      Output out = new Output();
      Outbound.begin(out);
      SignalWriter.write(signal, payloads, out);
      outbound.append(Outbound.laneOf(signal.from()), out);
    }
    FrameWriter writer = new FrameWriter(1_000);
    ByteBuffer all = ByteBuffer.allocate(100_000);
    all.put(writer.frame(Frame.Kind.HEARTBEAT, Conversation.heartbeat(7)));
    for (ByteBuffer bytes = outbound.poll(writer); bytes != null; bytes = outbound.poll(writer)) {
      all.put(bytes);
    }
    byte[] stream = new byte[all.position()];
    all.flip().get(stream);
    return stream;
  }

  /// Whether nothing was wrong with it.
  private static boolean listens(byte[] stream, SplittableRandom chance) {
    FrameReader reader = new FrameReader();
    Conversation talk = conversation(true);
    List<String> wrong = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    while (bytes.hasRemaining() && wrong.isEmpty()) {
      int count = Math.min(bytes.remaining(), 1 + chance.nextInt(2_000));
      String word =
          reader.read(
              bytes.slice(bytes.position(), count),
              frame -> {
                String said = talk.receive(frame);
                if (!said.isEmpty()) {
                  wrong.add(said);
                }
              });
      if (!word.isEmpty()) {
        wrong.add(word);
      }
      bytes.position(bytes.position() + count);
    }
    return wrong.isEmpty();
  }

  private static Conversation conversation(boolean sameTypes) {
    return new Conversation(
        TYPES,
        CODEC,
        sameTypes,
        SIGNAL_MAX,
        new Conversation.Listener() {
          @Override
          public void signal(NodeSignal signal) {}

          @Override
          public void heartbeat(long version) {}

          @Override
          public void introduced(List<Introduction> others) {}

          @Override
          public void farewell() {}

          @Override
          public void undecodable(String words) {}
        });
  }

  /// Bits turned, bytes replaced, cut, doubled or extended.
  private static byte[] mutated(byte[] good, SplittableRandom chance) {
    byte[] bad = good.clone();
    for (int change = chance.nextInt(3); change >= 0; change--) {
      int at = chance.nextInt(bad.length);
      switch (chance.nextInt(5)) {
        case 0 -> bad[at] ^= (byte) (1 << chance.nextInt(8));
        case 1 -> bad[at] = (byte) chance.nextInt();
        case 2 -> bad[at] = (byte) 0xFF;
        case 3 -> bad = Arrays.copyOf(bad, Math.max(1, at));
        default -> bad = Arrays.copyOf(bad, bad.length + chance.nextInt(20));
      }
    }
    return bad;
  }
}
