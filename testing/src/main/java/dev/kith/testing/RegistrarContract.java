package dev.kith.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.Registrar.Confidence;
import dev.kith.cluster.registrar.View;
import dev.kith.process.NodeName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every registrar must do; each engine has a subclass.
///
/// **Threading.** The test's thread; what registrars tell comes on theirs.
public abstract class RegistrarContract {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  /// For the subclass.
  protected RegistrarContract() {}

  /// The registrar of a node; a new one for each life of it.
  protected abstract Registrar open(String node);

  /// All that the test has opened; closed by [#closeAll].
  private final List<Party> parties = new ArrayList<>();

  /// Lets things happen until this holds, and fails if it does not in good time.
  protected abstract void until(String what, BooleanSupplier holds);

  /// A node, and what it was told.
  final class Party implements Registrar.Watcher {
    final String name;
    final int life;
    final Registrar registrar;
    private final View view = new View();
    private final List<Confidence> confidences = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    Party(String name, int life) {
      this.name = name;
      this.life = life;
      this.registrar = open(name);
      parties.add(this);
    }

    @Override
    public synchronized void changed(Change change) {
      view.apply(change);
      changes.add(change);
    }

    @Override
    public synchronized void sure(Confidence confidence, String why) {
      confidences.add(confidence);
    }

    synchronized List<String> members() {
      return view.members().stream().map(member -> member.node().text()).sorted().toList();
    }

    synchronized Optional<Lease> seen(String lease) {
      return view.lease(lease);
    }

    synchronized Confidence confidence() {
      return confidences.isEmpty() ? Confidence.REMOVED : confidences.getLast();
    }

    synchronized List<Change> changesOf(String lease) {
      return changes.stream()
          .filter(change ->
              switch (change) {
                case Change.Held(Lease held) -> held.name().equals(lease);
                case Change.Freed(Lease freed) -> freed.name().equals(lease);
                case Change.Joined _, Change.Removed _ -> false;
              })
          .toList();
    }

    synchronized Change lastChange() {
      return changes.getLast();
    }

    Attempt<Member> join() {
      synchronized (this) {
        view.members().forEach(member -> view.apply(new Change.Removed(member)));
        view.leases().forEach(lease -> view.apply(new Change.Freed(lease)));
      }
      return ask(then -> registrar.join(NodeName.of(name), life, name + ":1", this, WITHIN, then));
    }

    Attempt<Lease> acquire(String lease) {
      return ask(then -> registrar.acquire(lease, "value of " + name, WITHIN, then));
    }

    Attempt<Lease> release(Lease lease) {
      return ask(then -> registrar.release(lease, WITHIN, then));
    }

    Attempt<String> write(Lease by, String note, String value) {
      return ask(then -> registrar.write(by, note, value, WITHIN, then));
    }

    Optional<String> read(String note) {
      return done(
          RegistrarContract.this.<Optional<String>>ask(then -> registrar.read(note, WITHIN, then)));
    }
  }

  /// Closes what the test has opened. Whoever ends an engine calls this before.
  @AfterEach
  protected void closeAll() {
    parties.forEach(party -> party.registrar.close());
    parties.clear();
  }

  <T> Attempt<T> ask(Consumer<Consumer<? super Attempt<T>>> question) {
    AtomicReference<Attempt<T>> answer = new AtomicReference<>();
    question.accept(answer::set);
    until("an answer", () -> answer.get() != null);
    return answer.get();
  }

  static <T> T done(Attempt<T> attempt) {
    if (attempt instanceof Attempt.Done<T>(T value)) {
      return value;
    }
    throw new AssertionError(attempt);
  }

  static String refused(Attempt<?> attempt) {
    Attempt.Refused<?> refused =
        assertInstanceOf(Attempt.Refused.class, attempt, attempt::toString);
    assertFalse(refused.why().isBlank());
    return refused.why();
  }

  Party joined(String name) {
    Party party = new Party(name, 1);
    done(party.join());
    return party;
  }

  void awaitMembers(Party party, String... names) {
    until(
        "members " + List.of(names) + " at " + party.name,
        () -> party.members().equals(List.of(names)));
  }

  // Who is there

  @Test
  void everybodyHearsWhoIsThere() {
    Party a = joined("a");
    Party b = joined("b");
    Party c = joined("c");
    for (Party party : List.of(a, b, c)) {
      awaitMembers(party, "a", "b", "c");
      assertEquals(Confidence.MEMBER, party.confidence());
      assertTrue(party.registrar.isSure());
    }
    b.registrar.close();
    awaitMembers(a, "a", "c");
    awaitMembers(c, "a", "c");
    assertFalse(b.registrar.isSure());
  }

  @Test
  void aNameBelongsToOneLife() {
    Party a = joined("a");
    Party first = joined("b");
    awaitMembers(a, "a", "b");
    Party second = new Party("b", 2);
    assertTrue(refused(second.join()).contains("b"));
    first.registrar.close();
    awaitMembers(a, "a");
    done(second.join());
    awaitMembers(a, "a", "b");
  }

  // Leases

  @Test
  void aLeaseHasOneHolder() {
    Party a = joined("a");
    Party b = joined("b");
    Lease first = done(a.acquire("lead"));
    assertEquals(NodeName.of("a"), first.holder());
    assertEquals("value of a", first.value());
    assertTrue(refused(b.acquire("lead")).contains("a"));
    refused(a.acquire("lead"));
    until("the holder", () -> b.seen("lead").equals(Optional.of(first)));
    done(a.release(first));
    until("nobody", () -> b.seen("lead").isEmpty());
    Lease second = done(b.acquire("lead"));
    assertTrue(second.token() > first.token(), () -> first + ", " + second);
    refused(a.release(first));
    until("the holder", () -> a.seen("lead").equals(Optional.of(second)));
    b.registrar.close();
    until("nobody", () -> a.seen("lead").isEmpty());
    Lease third = done(a.acquire("lead"));
    assertTrue(third.token() > second.token(), () -> second + ", " + third);
  }

  @Test
  void whoIsNoMemberHoldsNothing() {
    Party a = new Party("a", 1);
    refused(a.acquire("lead"));
    assertFalse(a.registrar.isSure());
  }

  @Test
  void onlyTheHolderWrites() {
    Party a = joined("a");
    Party b = joined("b");
    assertEquals(Optional.empty(), b.read("plan"));
    Lease first = done(a.acquire("lead"));
    done(a.write(first, "plan", "one"));
    assertEquals(Optional.of("one"), b.read("plan"));
    done(a.write(first, "plan", "two"));
    assertEquals(Optional.of("two"), b.read("plan"));
    done(a.release(first));
    refused(a.write(first, "plan", "three"));
    Lease second = done(b.acquire("lead"));
    assertTrue(refused(a.write(first, "plan", "four")).contains("b"));
    done(b.write(second, "plan", "five"));
    assertEquals(Optional.of("five"), a.read("plan"));
  }

  /// What happens to one name is told in its order, and of what a member held before its removal.
  @Test
  void changesOfANameComeInTheirOrder() {
    Party a = joined("a");
    Party b = joined("b");
    Party c = joined("c");
    awaitMembers(a, "a", "b", "c");
    awaitMembers(b, "a", "b", "c");
    Lease one = done(c.acquire("one"));
    Lease two = done(c.acquire("two"));
    for (Party party : List.of(a, b)) {
      until("both", () -> party.seen("one").isPresent() && party.seen("two").isPresent());
    }
    done(c.release(one));
    c.registrar.close();
    for (Party party : List.of(a, b)) {
      awaitMembers(party, "a", "b");
      assertEquals(List.of(new Change.Held(one), new Change.Freed(one)), party.changesOf("one"));
      assertEquals(List.of(new Change.Held(two), new Change.Freed(two)), party.changesOf("two"));
      assertInstanceOf(Change.Removed.class, party.lastChange());
    }
  }
}
