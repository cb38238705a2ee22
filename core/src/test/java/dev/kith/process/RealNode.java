package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A node on real threads, for what a simulated world cannot show.
final class RealNode implements AutoCloseable {
  /// How long a test waits for what must happen, on a machine that others use too.
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /// About how long all stress tests together may take.
  private static final String SECONDS_PROPERTY = "kith.stress.seconds";

  private static final int SECONDS_DEFAULT = 10;

  final Node node;

  private RealNode(Node node) {
    this.node = node;
  }

  static RealNode start() {
    return start("real");
  }

  static RealNode start(String name) {
    return new RealNode(
        Node.start(NodeSpec.of(NodeName.of(name)).withCrashReports(NodeSpec.CrashReports.SILENT)));
  }

  /// A share of the time that stress may take, in nanoseconds.
  static long stressNanos(double share) {
    return (long) (share * Integer.getInteger(SECONDS_PROPERTY, SECONDS_DEFAULT) * 1_000_000_000.0);
  }

  /// Waits for something that must come to hold.
  static void await(String what, BooleanSupplier holds) {
    long until = System.nanoTime() + patience().toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time for: %s", what).isLessThan(until);
      LockSupport.parkNanos(200_000);
    }
  }

  static void await(String what, CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(patience().toSeconds(), TimeUnit.SECONDS)).as(what).isTrue();
  }

  /// What is waited for may itself be stress.
  private static Duration patience() {
    return PATIENCE.plusNanos(stressNanos(1));
  }

  /// Takes the calling thread away for good, deaf to interrupts, until released.
  static void spinUntil(BooleanSupplier released) {
    while (!released.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
