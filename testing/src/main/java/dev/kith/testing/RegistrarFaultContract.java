package dev.kith.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar.Confidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// GLB-3, D4: what every registrar must do when something goes wrong; each engine that can fail has
/// a subclass.
///
/// **Threading.** As [RegistrarContract].
public abstract class RegistrarFaultContract extends RegistrarContract {
  /// For the subclass.
  protected RegistrarFaultContract() {}

  /// What can be done to an engine.
  protected enum Fault {
    /// A node ends without a word.
    KILL,
    /// A node and the engine do not hear of each other.
    CUT,
    /// The engine decides nothing.
    STOP_ENGINE
  }

  /// Does that to a node, or to the engine.
  protected abstract void inflict(Fault fault, String node);

  /// Undoes a cut or a stop.
  protected abstract void mend(Fault fault, String node);

  /// Lets time pass.
  protected abstract void pass(Duration time);

  /// A member that holds "lead" and can be suspended: a node of its own, or all of one that matters
  /// here.
  public interface Holder extends AutoCloseable {
    /// It stands still, and does not know for how long.
    void suspend() throws Exception;

    /// It goes on where it was.
    void resume() throws Exception;

    /// Writes by its lease, whether it is sure or not.
    Written write(String note, String value) throws Exception;

    @Override
    void close();
  }

  /// What came of writing.
  ///
  /// @param wasSure what the registrar said in the moment before
  public record Written(boolean wasSure, Attempt<String> attempt) {}

  /// Starts such a member.
  protected abstract Holder holder(String node) throws Exception;

  /// Such a member in this JVM, where a world can make it stand still.
  protected final Holder holder(String node, Runnable suspend, Runnable resume) {
    Party party = joined(node);
    Lease lease = done(party.acquire("lead"));
    return new Holder() {
      @Override
      public void suspend() {
        suspend.run();
      }

      @Override
      public void resume() {
        resume.run();
      }

      @Override
      public Written write(String note, String value) {
        return new Written(party.registrar.isSure(), party.write(lease, note, value));
      }

      @Override
      public void close() {
        party.registrar.close();
      }
    };
  }

  /// The first holds a lease, and the second knows: it is told of what others do some time after
  /// them.
  private Lease leads(Party holder, Party other) {
    Lease lease = done(holder.acquire("lead"));
    awaitMembers(other, holder.name, other.name);
    until("the holder", () -> other.seen("lead").equals(Optional.of(lease)));
    return lease;
  }

  /// D4: the holder is killed, and another takes over within the bound.
  @Test
  void aKilledHolderIsReplaced() {
    Party a = joined("a");
    Party b = joined("b");
    Lease first = leads(a, b);
    inflict(Fault.KILL, "a");
    until("nobody", () -> b.seen("lead").isEmpty());
    awaitMembers(b, "b");
    Lease second = done(b.acquire("lead"));
    assertTrue(second.token() > first.token(), () -> first + ", " + second);
    Party again = new Party("a", 2);
    done(again.join());
    awaitMembers(b, "a", "b");
  }

  /// D4: the holder is cut off: it knows before another takes over, and is refused when it is back.
  @Test
  void aHolderThatIsCutOffKnowsInTime() {
    Party a = joined("a");
    Party b = joined("b");
    Lease first = leads(a, b);
    inflict(Fault.CUT, "a");
    until(
        "nobody",
        () -> {
          boolean free = b.seen("lead").isEmpty();
          assertFalse(free && a.registrar.isSure(), "two are sure");
          return free;
        });
    until("doubt", () -> a.confidence() != Confidence.MEMBER);
    Lease second = done(b.acquire("lead"));
    done(b.write(second, "plan", "of b"));
    mend(Fault.CUT, "a");
    until("the removal", () -> a.confidence() == Confidence.REMOVED);
    refused(a.write(first, "plan", "of a"));
    assertEquals(Optional.of("of b"), b.read("plan"));
    Member back = done(a.join());
    assertTrue(back.stay() > first.stay());
    awaitMembers(b, "a", "b");
    until("the holder", () -> a.seen("lead").equals(Optional.of(second)));
  }

  /// D4: the holder stands still for longer than its session. It is not sure when it goes on,
  /// before anybody could tell it anything, and what it writes is not heard.
  @Test
  void aHolderThatStoodStillIsNotHeard() throws Exception {
    Party b = joined("b");
    try (Holder a = holder("a")) {
      until("the holder", () -> b.seen("lead").isPresent());
      Lease first = b.seen("lead").orElseThrow();
      assertEquals("one", done(surely(a, "one").attempt()));
      a.suspend();
      until("nobody", () -> b.seen("lead").isEmpty());
      awaitMembers(b, "b");
      Lease second = done(b.acquire("lead"));
      assertTrue(second.token() > first.token(), () -> first + ", " + second);
      done(b.write(second, "plan", "two"));
      a.resume();
      Written late = a.write("plan", "three");
      assertFalse(late.wasSure());
      assertFalse(late.attempt() instanceof Attempt.Done, late::toString);
      assertEquals(Optional.of("two"), b.read("plan"));
    }
  }

  /// What is written in a moment when the holder is sure: at first it may not be, where it has
  /// waited long for its stay.
  private Written surely(Holder holder, String value) throws Exception {
    Written written = holder.write("plan", value);
    for (int i = 0; i < 100 && !written.wasSure(); i++) {
      pass(Duration.ofMillis(100));
      written = holder.write("plan", value);
    }
    assertTrue(written.wasSure());
    return written;
  }

  /// What was asked while nothing could be answered is no hindrance afterwards.
  @Test
  void whatWasAskedWhileCutOffIsForgotten() {
    Party a = joined("a");
    Party b = joined("b");
    Lease lease = leads(a, b);
    inflict(Fault.CUT, "a");
    until("doubt", () -> a.confidence() != Confidence.MEMBER);
    Duration little = Duration.ofSeconds(1);
    Attempt<Lease> release = ask(then -> a.registrar.release(lease, little, then));
    assertInstanceOf(Attempt.Unknown.class, release);
    Attempt<Lease> acquire = ask(then -> a.registrar.acquire("other", "", little, then));
    assertInstanceOf(Attempt.Unknown.class, acquire);
    until("nobody", () -> b.seen("lead").isEmpty());
    mend(Fault.CUT, "a");
    until("the removal", () -> a.confidence() == Confidence.REMOVED);
    done(a.join());
    awaitMembers(b, "a", "b");
    assertTrue(done(a.acquire("lead")).token() > lease.token());
    pass(little.multipliedBy(2));
    done(a.acquire("other"));
  }

  /// Who was away for a moment sees who has a lease now, though it did not see it change hands.
  @Test
  void whatChangedHandsInAShortCutIsSeen() {
    Party a = joined("a");
    Party b = joined("b");
    Lease first = leads(a, b);
    Party c = joined("c");
    inflict(Fault.CUT, "b");
    done(a.release(first));
    Lease second = done(c.acquire("lead"));
    mend(Fault.CUT, "b");
    pass(b.registrar.session().dividedBy(4));
    until("confidence", () -> b.confidence() != Confidence.UNSURE);
    if (b.confidence() == Confidence.REMOVED) {
      done(b.join());
    }
    until("the holder", () -> b.seen("lead").equals(Optional.of(second)));
    done(c.release(second));
    until("nobody", () -> b.seen("lead").isEmpty());
  }

  /// A short absence costs nothing.
  @Test
  void aShortCutIsSurvived() {
    Party a = joined("a");
    Party b = joined("b");
    Lease lease = leads(a, b);
    inflict(Fault.CUT, "a");
    pass(a.registrar.session().dividedBy(4));
    mend(Fault.CUT, "a");
    pass(a.registrar.session());
    assertTrue(a.registrar.isSure());
    assertEquals(Optional.of(lease), b.seen("lead"));
    done(a.write(lease, "plan", "still"));
  }

  /// The engine is away: nobody is sure, nothing is answered but in time and words, and then all
  /// goes on.
  @Test
  void anEngineThatStopsComesBack() {
    Party a = joined("a");
    Party b = joined("b");
    Lease lease = leads(a, b);
    inflict(Fault.STOP_ENGINE, "");
    until("doubt", () -> !a.registrar.isSure() && !b.registrar.isSure());
    Duration little = Duration.ofSeconds(1);
    Attempt<Lease> attempt = ask(then -> b.registrar.acquire("other", "", little, then));
    Attempt.Unknown<?> unknown = assertInstanceOf(Attempt.Unknown.class, attempt);
    assertFalse(unknown.why().isBlank());
    mend(Fault.STOP_ENGINE, "");
    for (Party party : List.of(a, b)) {
      until("confidence", () -> party.confidence() != Confidence.UNSURE);
      if (party.confidence() == Confidence.REMOVED) {
        done(party.join());
      }
      until("confidence", party.registrar::isSure);
    }
    until("the same", () -> a.members().equals(b.members()) && a.members().size() == 2);
    Lease next = a.seen("lead").isPresent() ? lease : done(b.acquire("lead"));
    assertTrue(next.token() >= lease.token());
  }
}
