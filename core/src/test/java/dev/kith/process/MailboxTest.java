package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Design rule 6: one atomic step publishes a signal and says who schedules.
class MailboxTest {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  /// A mailbox without a process around it.
  private static class Bare extends Mailbox {
    Push push(Signal signal, int weight, int limit) {
      return push(signal, weight, limit, false);
    }

    @Override
    public boolean run(Slice slice) {
      return false;
    }

    @Override
    Mail arrived(Signal signal) {
      return signal instanceof Mail mail ? mail : null;
    }
  }

  /// A signal that becomes no message.
  private static final class Control1 extends Control {
    @Override
    Mail arrive(LocalProcess<?> receiver) {
      return null;
    }
  }

  private static Message message(Object value) {
    return new Message(value);
  }

  private static List<Object> drain(Mailbox mailbox) {
    List<Object> all = new ArrayList<>();
    for (Mail mail = mailbox.poll(); mail != null; mail = mailbox.poll()) {
      all.add(((Message) mail).value);
    }
    return all;
  }

  /// A new mailbox counts as running, so that its first turn is scheduled by who made it.
  @Test
  void isBornRunning() {
    assertThat(new Bare().push(message(1), 1, UNLIMITED)).isEqualTo(Mailbox.Push.SENT);
  }

  /// Whoever ends the idleness schedules, and nobody else.
  @Test
  void tellsOnlyTheFirstToSchedule() {
    Bare mailbox = new Bare();
    assertThat(mailbox.goIdle()).isTrue();
    assertThat(mailbox.push(message(1), 1, UNLIMITED)).isEqualTo(Mailbox.Push.WOKE);
    assertThat(mailbox.push(message(2), 1, UNLIMITED)).isEqualTo(Mailbox.Push.SENT);
    assertThat(drain(mailbox)).containsExactly(1, 2);
    assertThat(mailbox.push(message(3), 1, UNLIMITED)).isEqualTo(Mailbox.Push.SENT);
  }

  /// It goes idle only when nothing is left, in either part.
  @Test
  void doesNotGoIdleOverMail() {
    Bare mailbox = new Bare();
    mailbox.push(message(1), 1, UNLIMITED);
    assertThat(mailbox.goIdle()).isFalse();
    mailbox.fetch();
    assertThat(mailbox.goIdle()).isFalse();
    assertThat(mailbox.goIdleHolding()).isTrue();
    assertThat(mailbox.wakeUp()).isTrue();
    assertThat(drain(mailbox)).containsExactly(1);
    assertThat(mailbox.goIdle()).isTrue();
  }

  /// Who wants to take the idleness back loses to a sender that was there first.
  @Test
  void wakesUpUnlessSomebodyHasPushed() {
    Bare mailbox = new Bare();
    mailbox.goIdle();
    mailbox.push(message(1), 1, UNLIMITED);
    assertThat(mailbox.wakeUp()).isFalse();
  }

  /// First in, first out, also over several fetches and a message that is put back.
  @Test
  void keepsTheOrder() {
    Bare mailbox = new Bare();
    mailbox.push(message(1), 1, UNLIMITED);
    mailbox.push(message(2), 1, UNLIMITED);
    mailbox.fetch();
    mailbox.push(message(3), 1, UNLIMITED);
    mailbox.fetch();
    mailbox.push(message(4), 1, UNLIMITED);
    mailbox.putBack(mailbox.poll());
    assertThat(drain(mailbox)).containsExactly(1, 2, 3, 4);
  }

  /// The limit is on messages in both parts; what weighs nothing does not count.
  @Test
  void refusesWhatIsOverTheLimit() {
    Bare mailbox = new Bare();
    mailbox.push(message(1), 1, 3);
    mailbox.push(new Control1(), 0, UNLIMITED);
    mailbox.fetch();
    mailbox.push(message(2), 1, 3);
    mailbox.push(message(3), 1, 3);
    assertThat(mailbox.push(message(4), 1, 3)).isEqualTo(Mailbox.Push.FULL);
    assertThat(mailbox.push(new Control1(), 0, UNLIMITED)).isEqualTo(Mailbox.Push.SENT);
    assertThat(mailbox.depth()).isEqualTo(3);
    mailbox.poll();
    assertThat(mailbox.push(message(5), 1, 3)).isEqualTo(Mailbox.Push.SENT);
    assertThat(drain(mailbox)).containsExactly(2, 3, 5);
    assertThat(mailbox.depth()).isZero();
  }

  /// Depth and limit hold over any number of fetches and of rests, though nobody counts down to
  /// zero.
  @Test
  void countsWhatWaitsHoweverOftenItRests() {
    Bare mailbox = new Bare();
    for (int round = 0; round < 10; round++) {
      mailbox.push(message(1), 1, 2);
      mailbox.push(message(2), 1, 2);
      assertThat(mailbox.push(message(3), 1, 2)).isEqualTo(Mailbox.Push.FULL);
      assertThat(mailbox.depth()).isEqualTo(2);
      assertThat(drain(mailbox)).containsExactly(1, 2);
      assertThat(mailbox.goIdle()).isTrue();
      assertThat(mailbox.depth()).isZero();
    }
  }

  /// What is not a plain message may come again at once, as a question does that is passed on and
  /// comes back: it counts as new though it was the last that was fetched.
  @Test
  void takesTheSameRequestTwice() {
    Bare mailbox = new Bare();
    Retry again = new Retry(message(1));
    mailbox.push(again, 1, UNLIMITED);
    assertThat(mailbox.poll()).isSameAs(again);
    mailbox.push(again, 1, UNLIMITED);
    assertThat(mailbox.poll()).isSameAs(again);
    assertThat(mailbox.poll()).isNull();
    assertThat(mailbox.goIdle()).isTrue();
  }

  /// A process that rests keeps nothing alive that it has handled.
  @Test
  void forgetsTheLastMessageWhenItRests() {
    Bare mailbox = new Bare();
    WeakReference<Object> handled = handleOne(mailbox);
    assertThat(mailbox.goIdle()).isTrue();
    System.gc();
    assertThat(handled.get()).isNull();
    assertThat(mailbox.push(message(1), 1, UNLIMITED)).isEqualTo(Mailbox.Push.WOKE);
  }

  private static WeakReference<Object> handleOne(Bare mailbox) {
    Object value = new Object();
    mailbox.push(message(value), 1, UNLIMITED);
    assertThat(drain(mailbox)).containsExactly(value);
    return new WeakReference<>(value);
  }

  /// Retired, it refuses; what was in before can still be taken out.
  @Test
  void refusesEverythingOnceRetired() {
    Bare mailbox = new Bare();
    mailbox.push(message(1), 1, UNLIMITED);
    mailbox.retire();
    assertThat(mailbox.isRetired()).isTrue();
    assertThat(mailbox.push(message(2), 1, UNLIMITED)).isEqualTo(Mailbox.Push.DEAD);
    assertThat(((Message) mailbox.pollKept()).value).isEqualTo(1);
    assertThat(mailbox.pollKept()).isNull();
  }

  /// A signal asks to be looked at before the next message that was fetched earlier.
  @Test
  void looksAtSignalsBeforeTheNextMessage() {
    List<Object> arrived = new ArrayList<>();
    Bare mailbox =
        new Bare() {
          @Override
          Mail arrived(Signal signal) {
            arrived.add(signal);
            return signal instanceof Mail mail ? mail : null;
          }
        };
    mailbox.push(message(1), 1, UNLIMITED);
    mailbox.push(message(2), 1, UNLIMITED);
    mailbox.poll();
    Control1 control = new Control1();
    mailbox.push(control, 0, UNLIMITED);
    mailbox.alert();
    assertThat(((Message) mailbox.poll()).value).isEqualTo(2);
    assertThat(arrived).hasSize(3).last().isSameAs(control);
  }

  /// Many senders, one receiver that goes idle whenever it can: each push is received once, in its
  /// sender's order, and each idleness is ended by exactly one sender.
  @Test
  void losesNothingUnderContention() throws Exception {
    int senders = 4;
    int numbers = 100_000;
    Bare mailbox = new Bare();
    int[] next = new int[senders];
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger owners = new AtomicInteger(1);
    AtomicInteger left = new AtomicInteger(senders * numbers);
    Runnable turn =
        () -> {
          do {
            for (Mail mail = mailbox.poll(); mail != null; mail = mailbox.poll()) {
              int[] value = (int[]) ((Message) mail).value;
              if (next[value[0]]++ != value[1]) {
                wrong.incrementAndGet();
              }
              left.decrementAndGet();
            }
            owners.decrementAndGet();
            if (mailbox.goIdle()) {
              return;
            }
            owners.incrementAndGet();
          } while (true);
        };
    CountDownLatch done = new CountDownLatch(senders);
    turn.run();
    for (int i = 0; i < senders; i++) {
      int sender = i;
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            for (int number = 0; number < numbers; number++) {
              Message message = message(new int[] {sender, number});
              if (mailbox.push(message, 1, UNLIMITED) == Mailbox.Push.WOKE) {
                if (owners.incrementAndGet() != 1) {
                  wrong.incrementAndGet();
                }
                turn.run();
              }
            }
            done.countDown();
          });
    }
    RealNode.await("all senders", done);
    assertThat(wrong).hasValue(0);
    assertThat(left).hasValue(0);
  }
}
