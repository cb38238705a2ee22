package dev.kith.registrar.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.Registrar.Confidence;
import dev.kith.process.Clock;
import dev.kith.process.NodeName;
import dev.kith.testing.Loopback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A node's registrar, and what it was told.
///
/// **Threading.** The test's thread; what it is told comes on ZooKeeper's.
final class Participant implements Registrar.Watcher, AutoCloseable {
  private final NodeName name;
  private final ZooKeeperRegistrar registrar;
  private final List<Change> changes = new ArrayList<>();
  private Confidence confidence = Confidence.REMOVED;

  Participant(Clock clock, String name, ZooKeeperSpec spec) {
    this.name = NodeName.of(name);
    this.registrar = new ZooKeeperRegistrar(clock, spec);
  }

  /// What was attempted is done.
  static <T> T done(Attempt<T> attempt) {
    if (attempt instanceof Attempt.Done<T>(T value)) {
      return value;
    }
    throw new AssertionError(attempt);
  }

  /// The words of a refusal.
  static String refused(Attempt<?> attempt) {
    assertThat(attempt).isInstanceOf(Attempt.Refused.class);
    return ((Attempt.Refused<?>) attempt).why();
  }

  /// The words of whoever does not know.
  static String unknown(Attempt<?> attempt) {
    assertThat(attempt).isInstanceOf(Attempt.Unknown.class);
    return ((Attempt.Unknown<?>) attempt).why();
  }

  private static <T> Attempt<T> ask(Consumer<Consumer<? super Attempt<T>>> question) {
    AtomicReference<Attempt<T>> answer = new AtomicReference<>();
    question.accept(answer::set);
    Loopback.until("an answer", () -> answer.get() != null);
    return answer.get();
  }

  Attempt<Member> join(Duration within) {
    return ask(then -> registrar.join(name, 1, name + ":1", this, within, then));
  }

  Attempt<Lease> acquire(String lease, Duration within) {
    return ask(then -> registrar.acquire(lease, "of " + name, within, then));
  }

  Attempt<String> write(Lease by, String note, Duration within) {
    return ask(then -> registrar.write(by, note, "of " + name, within, then));
  }

  Attempt<Optional<String>> read(String note, Duration within) {
    return ask(then -> registrar.read(note, within, then));
  }

  boolean isSure() {
    return registrar.isSure();
  }

  @Override
  public synchronized void changed(Change change) {
    changes.add(change);
  }

  @Override
  public synchronized void sure(Confidence now, String why) {
    confidence = now;
  }

  synchronized Confidence confidence() {
    return confidence;
  }

  /// Everybody it heard to be gone.
  synchronized List<Change> departures() {
    return changes.stream()
        .filter(change -> change instanceof Change.Removed || change instanceof Change.Freed)
        .toList();
  }

  synchronized long joins() {
    return changes.stream().filter(change -> change instanceof Change.Joined).count();
  }

  @Override
  public void close() {
    registrar.close();
  }

  @Override
  public String toString() {
    return name.text();
  }
}
