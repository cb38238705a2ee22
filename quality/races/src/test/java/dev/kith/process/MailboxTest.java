package dev.kith.process;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A mailbox with its duty to schedule is a queue: in every interleaving of its steps, what the
/// senders and the receiver saw could have happened one after the other.
///
/// A wake-up that is lost shows as a receiver that sleeps though a message was sent before, one too
/// many as two receivers.
public class MailboxTest {
  private static final int LIMIT = 3;

  private final Receiver receiver = new Receiver();

  @Operation
  public Mailbox.Push send(int number) {
    return receiver.send(number);
  }

  @Operation(nonParallelGroup = "receiver")
  public String receive() {
    return receiver.turn();
  }

  @Operation(nonParallelGroup = "receiver")
  public String end() {
    return receiver.end();
  }

  @Test
  void isAQueueInEveryInterleaving() {
    new ModelCheckingOptions()
        .iterations(Stress.rounds(10))
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(2)
        .addGuarantee(forClasses(StackProbe.class.getName()).allMethods().ignore())
        .addGuarantee(forClasses(Mailbox.class.getName()).methods("standBack").ignore())
        .sequentialSpecification(Sequential.class)
        .check(MailboxTest.class);
  }

  /// A process of which only the mailbox is real.
  private static final class Receiver extends Mailbox {
    /// Whether somebody has scheduled it and its turn has not gone idle.
    private volatile boolean scheduled = true;

    Push send(int number) {
      Push result = push(new Message(number), 1, LIMIT, false);
      if (result == Push.WOKE) {
        if (scheduled) {
          throw new IllegalStateException("scheduled twice");
        }
        scheduled = true;
        return Push.SENT;
      }
      return result;
    }

    /// Between the push that wakes it and its being scheduled, a process waits like any other.
    String turn() {
      while (!scheduled && depth() > 0 && !isRetired()) {
        Thread.onSpinWait();
      }
      if (!scheduled || isRetired()) {
        return "nothing";
      }
      Mail mail = poll();
      if (mail != null) {
        return "" + mail.open();
      }
      scheduled = false;
      if (!goIdle()) {
        scheduled = true;
        return turn();
      }
      return "nothing";
    }

    String end() {
      StringBuilder left = new StringBuilder();
      if (isRetired()) {
        return "";
      }
      retire();
      for (Mail mail = pollKept(); mail != null; mail = pollKept()) {
        left.append(mail.open()).append(' ');
      }
      return left.toString();
    }

    @Override
    public boolean run(Slice slice) {
      throw new IllegalStateException("it has no thread");
    }

    @Override
    @Nullable Mail arrived(Signal signal) {
      return (Mail) signal;
    }
  }

  /// What a mailbox is when nobody does anything at the same time.
  public static final class Sequential {
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private boolean ended;

    public Mailbox.Push send(int number) {
      if (ended) {
        return Mailbox.Push.DEAD;
      }
      if (waiting.size() >= LIMIT) {
        return Mailbox.Push.FULL;
      }
      waiting.add(number);
      return Mailbox.Push.SENT;
    }

    public String receive() {
      return waiting.isEmpty() ? "nothing" : "" + waiting.poll();
    }

    public String end() {
      ended = true;
      StringBuilder left = new StringBuilder();
      waiting.forEach(number -> left.append(number).append(' '));
      waiting.clear();
      return left.toString();
    }
  }
}
