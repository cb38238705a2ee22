package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// Who has to go when what is kept for the clients of a loop becomes too much: eighty bytes here.
class AllowanceTest {
  private final LongAdder sum = new LongAdder();
  private final Allowance allowance = new Allowance(80, sum);
  private final List<Allowance.Holder> holders = new ArrayList<>();
  private final List<String> gone = new ArrayList<>();

  @Test
  void theLargestIsGivenUpAndNobodyElse() {
    add("small", 0, 10);
    add("largest", 20, 30);
    add("large", 10, 20);
    shed();
    assertThat(gone).containsExactly("gave up largest");
  }

  @Test
  void moreAreGivenUpUntilAnEighthIsFree() {
    add("a", 10, 11);
    add("b", 20, 12);
    add("c", 20, 13);
    shed();
    assertThat(gone).containsExactly("gave up c", "gave up b");
    assertThat(allowance.held()).isLessThanOrEqualTo(70);
  }

  @Test
  void whoWasGivenUpBeforeGoesFirst() {
    add("largest", 30, 40);
    add("lost", 15, 0).givenUp = true;
    shed();
    assertThat(gone).containsExactly("dropped lost");
  }

  @Test
  void whoHasNothingWaitingGoesLastAndAtOnce() {
    add("handed on", 50, 0);
    add("large", 30, 0);
    add("waiting", 0, 5);
    shed();
    assertThat(gone).containsExactly("gave up waiting", "dropped handed on");
  }

  @Test
  void whoHoldsNothingStays() {
    add("idle", 0, 0);
    allowance.charge(100);
    shed();
    assertThat(gone).isEmpty();
  }

  @Test
  void whatClientsHaveTakenInTheMeantimeMakesRoomToo() {
    add("quick", 40, 0).taken = 40;
    add("slow", 20, 30);
    shed();
    assertThat(gone).isEmpty();
    assertThat(allowance.held()).isEqualTo(50);
  }

  @Test
  void theSumFollowsWhenItIsPublished() {
    allowance.charge(30);
    assertThat(sum.sum()).isZero();
    allowance.publish();
    allowance.free(10);
    allowance.publish();
    assertThat(sum.sum()).isEqualTo(20);
  }

  private void shed() {
    assertThat(allowance.isExceeded()).isTrue();
    allowance.shed(holders);
  }

  private Pipe add(String name, long handed, long waiting) {
    var pipe = new Pipe(name, handed, waiting);
    holders.add(pipe);
    allowance.charge(handed + waiting);
    return pipe;
  }

  private final class Pipe implements Allowance.Holder {
    final String name;
    long handed;
    long waiting;
    long taken;
    boolean givenUp;

    Pipe(String name, long handed, long waiting) {
      this.name = name;
      this.handed = handed;
      this.waiting = waiting;
    }

    @Override
    public void settle() {
      handed -= taken;
      allowance.free(taken);
      taken = 0;
    }

    @Override
    public long held() {
      return handed + waiting;
    }

    @Override
    public boolean isGivenUp() {
      return givenUp;
    }

    @Override
    public boolean hasWaiting() {
      return waiting > 0;
    }

    @Override
    public void giveUp() {
      gone.add("gave up " + name);
      givenUp = true;
      allowance.free(waiting);
      waiting = 0;
    }

    @Override
    public void drop() {
      gone.add("dropped " + name);
      allowance.free(held());
      handed = 0;
      waiting = 0;
    }
  }
}
