package dev.kith.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names, pids, reasons and limits: after construction a value is right.
class ValuesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "chat-1", "node_2@10.0.0.1:4369", "A.b"})
  void nodeNamesMayBe(String text) {
    assertThat(NodeName.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "a\nb", "<a>"})
  void nodeNamesMayNotBe(String text) {
    assertThatThrownBy(() -> NodeName.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesHaveUpTo255Characters() {
    assertThat(Name.of("x".repeat(255), String.class).text()).hasSize(255);
    assertThat(NodeName.of("x".repeat(255)).text()).hasSize(255);
    assertThatThrownBy(() -> Name.of("x".repeat(256), String.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Name.of("", String.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NodeName.of("x".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// B1: others read no more bytes; the longest name of a process has 765.
  @Test
  void blueprintsHaveNamesOfUpTo1024Bytes() {
    assertThat(blueprint("語".repeat(341)).name()).hasSize(341);
    assertThat(blueprint("x".repeat(1_024)).name()).hasSize(1_024);
    assertThatThrownBy(() -> blueprint("語".repeat(342)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the name of a blueprint has at most 1024 bytes of UTF-8, this one 1026");
    assertThat(Name.of("語".repeat(255), String.class).text().getBytes(UTF_8))
        .hasSizeLessThan(NodeSignal.NAME_BYTES_MAX);
  }

  private static Blueprint<String, String> blueprint(String name) {
    return Blueprint.of(name, String.class, String.class, _ -> (_, _) -> {});
  }

  /// Pids sort by node, life and number, so that tables print alike everywhere.
  @Test
  void pidsSortByNodeLifeAndNumber() {
    NodeName a = NodeName.of("a");
    NodeName b = NodeName.of("b");
    List<Pid> sorted =
        List.of(new Pid(a, 2, 1), new Pid(a, 10, 1), new Pid(a, 1, 2), new Pid(b, 1, 1));
    List<Pid> shuffled = new ArrayList<>(sorted);
    Collections.reverse(shuffled);
    Collections.sort(shuffled);
    assertThat(shuffled).isEqualTo(sorted);
    assertThat(sorted.getFirst()).hasToString("<a.2>");
  }

  /// `Normal` and `Shutdown` are ends as planned, everything else is a failure (CALL-6).
  @Test
  void onlyNormalAndShutdownAreNoFailures() {
    assertThat(ExitReason.normal().isAbnormal()).isFalse();
    assertThat(ExitReason.shutdown().isAbnormal()).isFalse();
    assertThat(new ExitReason.Shutdown("why").isAbnormal()).isFalse();
    for (ExitReason reason :
        List.of(
            ExitReason.kill(),
            ExitReason.killed(),
            ExitReason.noProcess(),
            ExitReason.noConnection(),
            ExitReason.timeout(),
            ExitReason.overloaded(),
            new ExitReason.Crashed(new Exception()),
            new ExitReason.Deadlock("a, b"),
            new ExitReason.WrongProtocol("x"),
            new ExitReason.Custom("x"))) {
      assertThat(reason.isAbnormal()).as("%s", reason).isTrue();
    }
  }

  /// They stand in logs, reports and pictures.
  @Test
  void reasonsReadWell() {
    List<ExitReason> reasons =
        List.of(
            ExitReason.normal(),
            ExitReason.shutdown(),
            new ExitReason.Shutdown("why"),
            ExitReason.kill(),
            ExitReason.killed(),
            ExitReason.noProcess(),
            ExitReason.noConnection(),
            ExitReason.timeout(),
            ExitReason.overloaded(),
            new ExitReason.Deadlock("a, b"),
            new ExitReason.WrongProtocol("x"),
            new ExitReason.Custom("y"));
    assertThat(reasons.stream().map(ExitReason::toString))
        .containsExactly(
            "normal",
            "shutdown",
            "shutdown: why",
            "kill",
            "killed",
            "no process",
            "no connection",
            "timeout",
            "overloaded",
            "deadlock: a, b",
            "wrong protocol: x",
            "y");
  }

  @Test
  void limitsAllowAtLeastOne() {
    assertThatThrownBy(() -> MailboxLimit.ofMessages(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MailboxLimit.GENEROUS.withWireBytes(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(MailboxLimit.ofMessages(1).withOverflow(Overflow.EXIT))
        .isEqualTo(new MailboxLimit(1, MailboxLimit.WIRE_BYTES_DEFAULT, Overflow.EXIT));
    NodeSpec spec = NodeSpec.of(NodeName.of("a"));
    assertThatThrownBy(() -> spec.withLongMailbox(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blueprintsHaveNames() {
    assertThatThrownBy(() -> Blueprint.of("", String.class, String.class, _ -> (_, _) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// Pictures are copies.
  @Test
  void picturesDoNotChange() {
    List<String> ancestors = new ArrayList<>(List.of("parent"));
    ProcessSnapshot snapshot =
        new ProcessSnapshot(
            new Pid(NodeName.of("a"), 1, 1),
            Optional.empty(),
            ancestors,
            String.class,
            0,
            0,
            Duration.ZERO,
            Duration.ZERO);
    ancestors.clear();
    assertThat(snapshot.ancestors()).containsExactly("parent");
  }

  /// An exception of a call carries the reason, and what the server threw as its cause.
  @Test
  void exitExceptionsCarryTheirReason() {
    Exception cause = new Exception("cause");
    ExitReason reason = new ExitReason.Crashed(cause);
    assertThat(new ExitException(reason)).hasCause(cause).hasMessageContaining("cause");
    assertThat(new ExitException(reason).reason()).isEqualTo(reason);
  }
}
