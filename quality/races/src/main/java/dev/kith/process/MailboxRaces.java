package dev.kith.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/// Who may meet in a mailbox, and what may come of it.
final class MailboxRaces {
  private MailboxRaces() {}

  @JCStressTest
  @Outcome(id = "123|132|312", expect = ACCEPTABLE, desc = "each sender's messages in its order")
  @Outcome(
      expect = FORBIDDEN,
      desc = "one sender's messages are swapped, or one is lost or doubled")
  @State
  public static class TwoSendersAndAReceiver {
    private final Box box = new Box();
    private int taken;

    @Actor
    public void sender() {
      box.push(new Message(1));
      box.push(new Message(2));
    }

    @Actor
    public void otherSenderAndReceiver() {
      box.push(new Message(3));
      take();
      take();
    }

    private void take() {
      int next = box.take();
      taken = next == 0 ? taken : taken * 10 + next;
    }

    @Arbiter
    public void rest(I_Result result) {
      take();
      take();
      take();
      result.r1 = taken;
    }
  }

  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "exactly one of them schedules")
  @Outcome(expect = FORBIDDEN, desc = "nobody schedules, or both do: a process deaf, or run twice")
  @State
  public static class TwoSendersWakeAnIdleProcess {
    private final Box box = new Box();
    private Mailbox.Push one;
    private Mailbox.Push other;

    public TwoSendersWakeAnIdleProcess() {
      box.goIdle();
    }

    @Actor
    public void sender() {
      one = box.push(new Message(1));
    }

    @Actor
    public void otherSender() {
      other = box.push(new Message(2));
    }

    @Arbiter
    public void count(I_Result result) {
      result.r1 = Box.wakes(one, other);
    }
  }

  @JCStressTest
  @Outcome(id = "WOKE, true", expect = ACCEPTABLE, desc = "idle first: the sender schedules")
  @Outcome(id = "SENT, false", expect = ACCEPTABLE, desc = "sent first: the process goes on")
  @Outcome(expect = FORBIDDEN, desc = "a message waits for nobody, or two threads run the process")
  @State
  public static class SendOrGoIdle {
    private final Box box = new Box();

    @Actor
    public void sender(LL_Result result) {
      result.r1 = box.push(new Message(1));
    }

    @Actor
    public void receiver(LL_Result result) {
      result.r2 = box.goIdle();
    }
  }

  /// The same once the receiver has fetched, with what it fetched last still in the stack.
  @JCStressTest
  @Outcome(id = "WOKE, true", expect = ACCEPTABLE, desc = "idle first: the sender schedules")
  @Outcome(id = "SENT, false", expect = ACCEPTABLE, desc = "sent first: the process goes on")
  @Outcome(expect = FORBIDDEN, desc = "a message waits for nobody, or two threads run the process")
  @State
  public static class SendOrGoIdleAfterAMessage {
    private final Box box = new Box();

    public SendOrGoIdleAfterAMessage() {
      box.push(new Message(9));
      box.poll();
    }

    @Actor
    public void sender(LL_Result result) {
      result.r1 = box.push(new Message(1));
    }

    @Actor
    public void receiver(LL_Result result) {
      result.r2 = box.goIdle();
    }
  }

  /// Messages that stay in the stack when they are fetched, and one that is taken out.
  @JCStressTest
  @Outcome(id = "12", expect = ACCEPTABLE, desc = "both arrive, in their order")
  @Outcome(expect = FORBIDDEN, desc = "one is overlooked, or comes twice")
  @State
  public static class FetchesBetweenPushes {
    private final Box box = new Box();
    private int taken;

    public FetchesBetweenPushes() {
      box.push(new Message(9));
      box.poll();
    }

    @Actor
    public void sender() {
      box.push(new Message(1));
      box.push(new Retry(new Message(2)));
    }

    @Actor
    public void receiver() {
      take();
      take();
    }

    private void take() {
      int next = box.take();
      taken = next == 0 ? taken : taken * 10 + next;
    }

    @Arbiter
    public void rest(I_Result result) {
      take();
      take();
      result.r1 = box.goIdle() ? taken : -1;
    }
  }

  @JCStressTest
  @Outcome(
      id = "SENT, 1",
      expect = ACCEPTABLE,
      desc = "sent first: it arrives with the last signals")
  @Outcome(id = "DEAD, 0", expect = ACCEPTABLE, desc = "ended first: the sender has it back")
  @Outcome(expect = FORBIDDEN, desc = "neither has the message, or both")
  @State
  public static class SendOrRetire {
    private final Box box = new Box();

    @Actor
    public void sender(LL_Result result) {
      result.r1 = box.push(new Message(1));
    }

    @Actor
    public void receiver(LL_Result result) {
      box.retire();
      result.r2 = box.takeKept();
    }
  }

  @JCStressTest
  @Outcome(id = "WOKE, false", expect = ACCEPTABLE, desc = "sent first: a permit is on its way")
  @Outcome(
      id = "SENT, true",
      expect = ACCEPTABLE,
      desc = "timed out first: the process goes on itself")
  @Outcome(
      expect = FORBIDDEN,
      desc = "a permit that nobody takes, or a wait for one that never comes")
  @State
  public static class SendOrTimeOut {
    private final Box box = new Box();

    public SendOrTimeOut() {
      box.goIdleHolding();
    }

    @Actor
    public void sender(LL_Result result) {
      result.r1 = box.push(new Message(1));
    }

    @Actor
    public void receiver(LL_Result result) {
      result.r2 = box.wakeUp();
    }
  }

  @JCStressTest
  @Outcome(id = "SENT, FULL", expect = ACCEPTABLE, desc = "the first takes the last place")
  @Outcome(id = "FULL, SENT", expect = ACCEPTABLE, desc = "the second does")
  @Outcome(expect = FORBIDDEN, desc = "one place was given away twice, or not at all")
  @State
  public static class TwoSendersForTheLastPlace {
    private final Box box = new Box();

    public TwoSendersForTheLastPlace() {
      box.push(new Message(9));
    }

    @Actor
    public void sender(LL_Result result) {
      result.r1 = box.push(new Message(1), 1, 2);
    }

    @Actor
    public void otherSender(LL_Result result) {
      result.r2 = box.push(new Message(2), 1, 2);
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the receiver sees it before the next message")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "it comes a moment later: before the one after")
  @Outcome(expect = FORBIDDEN, desc = "overlooked: it waits until all that was fetched is handled")
  @State
  public static class SignalBetweenFetchedMessages {
    private static final int FETCHED = 3;

    private final Box box = new Box();
    private int seen;

    public SignalBetweenFetchedMessages() {
      for (int i = 0; i < FETCHED; i++) {
        box.push(new Message(9));
      }
      box.poll();
      box.alert(); // left over from a signal that was fetched with the messages
    }

    @Actor
    public void sender() {
      box.push(new Message(1));
      box.alert();
    }

    @Actor
    public void receiver() {
      box.poll();
      seen = box.arrivedIn();
    }

    @Arbiter
    public void look(II_Result result) {
      box.poll();
      result.r1 = seen - FETCHED;
      result.r2 = box.arrivedIn() - FETCHED;
    }
  }
}
