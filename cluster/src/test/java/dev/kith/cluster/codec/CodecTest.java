package dev.kith.cluster.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.wire.node.Codec;
import dev.kith.wire.node.Output;
import dev.kith.wire.node.Types;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Both codecs write what both must read.
class CodecTest {
  private static final Types TYPES = Types.of(Shape.class, Letter.class, Parcel.class);

  private final Node node =
      Node.start(NodeSpec.of(NodeName.of("here")).withCrashReports(NodeSpec.CrashReports.SILENT));

  sealed interface Shape {
    record Circle(double radius) implements Shape {}

    record Group(List<Shape> parts, Optional<Shape> frame) implements Shape {}
  }

  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "as grass";
      }
    }
  }

  record Letter(
      String text,
      int number,
      Color color,
      Shape shape,
      Map<String, Integer> counts,
      Set<UUID> ids,
      Instant at,
      Duration within,
      BigDecimal price,
      ProcessRef<Shape> from) {}

  /// Something of any type.
  record Parcel(Object inside) {}

  private record Stranger(int number) {}

  static List<BiFunction<Types, Node, Codec>> codecs() {
    return List.of(
        ForyCodec::new, (types, node) -> new ForyCodec(types, node).tolerant(), CborCodec::new);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static byte[] encode(Codec codec, Object message) {
    Output out = new Output();
    codec.encode(message, out);
    return out.copy();
  }

  private static Object copy(Codec codec, Object message) {
    byte[] bytes = encode(codec, message);
    return codec.decode(message.getClass(), bytes, 0, bytes.length);
  }

  private Letter letter() {
    ProcessRef<Shape> from = node.spawn(Shape.class, () -> (_, _) -> {});
    return new Letter(
        "héllo 🦉",
        -7,
        Color.GREEN,
        new Shape.Group(
            List.of(new Shape.Circle(1.5)),
            Optional.of(new Shape.Group(List.of(), Optional.empty()))),
        Map.of("one", 1),
        Set.of(new UUID(1, 2)),
        Instant.ofEpochSecond(1_000, 5),
        Duration.ofMillis(1_500),
        new BigDecimal("12.50"),
        from);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void whatIsWrittenIsRead(BiFunction<Types, Node, Codec> kind) {
    Codec codec = kind.apply(TYPES, node);
    Letter letter = letter();
    assertThat(copy(codec, letter)).isEqualTo(letter);
    assertThat(copy(codec, "text")).isEqualTo("text");
    assertThat(copy(codec, 42)).isEqualTo(42);
    assertThat((byte[]) copy(codec, new byte[] {1, 2})).containsExactly(1, 2);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aComponentOfAnyTypeComesBackAsItWas(BiFunction<Types, Node, Codec> kind) {
    Codec codec = kind.apply(TYPES, node);
    List<Object> contents = List.of("text", 42, true, new Shape.Circle(1.5), letter());
    for (Object inside : contents) {
      assertThat(copy(codec, new Parcel(inside))).isEqualTo(new Parcel(inside));
    }
  }

  /// A process of another node is found there, one of an earlier life nowhere.
  @ParameterizedTest
  @MethodSource("codecs")
  void referencesAreThoseOfTheReader(BiFunction<Types, Node, Codec> kind) {
    try (Node other = Node.start(NodeName.of("there"))) {
      ProcessRef<Shape> here = node.spawn(Shape.class, () -> (_, _) -> {});
      byte[] bytes = encode(kind.apply(TYPES, node), here);
      Codec reader = kind.apply(TYPES, other);
      ProcessRef<?> seen = (ProcessRef<?>) reader.decode(ProcessRef.class, bytes, 0, bytes.length);
      assertThat(seen.pid()).isEqualTo(here.pid());
      assertThat(seen).isNotEqualTo(here);
      byte[] back = encode(reader, seen);
      assertThat(kind.apply(TYPES, node).decode(ProcessRef.class, back, 0, back.length))
          .isSameAs(here);
      Pid old = new Pid(node.name(), here.pid().serial(), here.pid().incarnation() + 1);
      assertThat(node.find(old)).isNotEqualTo(here);
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void whatIsNotRegisteredIsRefused(BiFunction<Types, Node, Codec> kind) {
    Codec codec = kind.apply(Types.of(Color.class), node);
    byte[] bytes = encode(kind.apply(TYPES, node), new Shape.Circle(1));
    if (!codec.name().startsWith("cbor")) {
      assertThatThrownBy(() -> encode(codec, new Stranger(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Stranger");
      assertThatThrownBy(() -> codec.decode(Object.class, bytes, 0, bytes.length))
          .isInstanceOf(RuntimeException.class);
    }
  }

  /// Whatever comes, a codec returns or throws a RuntimeException, and is as good as before.
  @ParameterizedTest
  @MethodSource("codecs")
  void changedBytesDoNoHarm(BiFunction<Types, Node, Codec> kind) {
    Codec codec = kind.apply(TYPES, node);
    Letter letter = letter();
    byte[] good = encode(codec, letter);
    SplittableRandom chance = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int change = chance.nextInt(4); change >= 0; change--) {
        bad[chance.nextInt(bad.length)] = (byte) chance.nextInt();
      }
      try {
        codec.decode(Letter.class, bad, 0, 1 + chance.nextInt(bad.length));
      } catch (RuntimeException _) {
        // as it should
      }
    }
    assertThat(copy(codec, letter)).isEqualTo(letter);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void manyThreadsMayUseOne(BiFunction<Types, Node, Codec> kind) throws Exception {
    Codec codec = kind.apply(TYPES, node);
    Letter letter = letter();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> tasks = Collections.nCopies(200, () -> copy(codec, letter));
      for (var copy : threads.invokeAll(tasks)) {
        assertThat(copy.get()).isEqualTo(letter);
      }
    }
  }
}
