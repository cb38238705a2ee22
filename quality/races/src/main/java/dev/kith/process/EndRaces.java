package dev.kith.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kith.observe.Events;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/// A process ends once, and what belongs to it goes with it.
final class EndRaces {
  private EndRaces() {}

  private static final Stage STAGE = new Stage();

  /// What a process was told of the end of others.
  private static String heard(LocalProcess<?> watcher) {
    StringBuilder all = new StringBuilder();
    for (Mail mail = watcher.poll(); mail != null; mail = watcher.poll()) {
      all.append(((Down) mail.open()).reason());
    }
    return all.toString();
  }

  @JCStressTest
  @Outcome(id = "killed, 0", expect = ACCEPTABLE, desc = "whoever claims it tells of it, once")
  @Outcome(expect = FORBIDDEN, desc = "nobody is told, or twice, or a zombie is left in the count")
  @State
  public static class EndOrTakeOver {
    private final Stage stage = new Stage();
    private final LocalProcess<?> watcher = stage.bystander();
    private final LocalProcess<?> killed = stage.process();

    public EndOrTakeOver() {
      killed.signal(new OwnMonitor(watcher, killed, killed.pid(), down -> down));
      killed.fetch();
      killed.leave(false);
      killed.requestExit(Pid.nobody(stage.node.name()), ExitReason.kill());
    }

    @Actor
    public void process() {
      killed.backInRuntime();
      killed.finish();
    }

    @Actor
    public void reaper() {
      killed.reap(Integer.MAX_VALUE);
    }

    @Arbiter
    public void look(LL_Result result) {
      result.r1 = heard(watcher);
      result.r2 = stage.node.zombieCount();
    }
  }

  @JCStressTest
  @Outcome(id = "killed", expect = ACCEPTABLE, desc = "a monitor set before the end: its reason")
  @Outcome(id = "no process", expect = ACCEPTABLE, desc = "set after it: nobody was there")
  @Outcome(expect = FORBIDDEN, desc = "the watcher waits for ever, or is told twice")
  @State
  public static class MonitorOrEnd {
    private final LocalProcess<?> watcher = STAGE.bystander();
    private final LocalProcess<?> ending = STAGE.process();

    @Actor
    public void watcher() {
      ending.signal(new OwnMonitor(watcher, ending, ending.pid(), down -> down));
    }

    @Actor
    public void process() {
      ending.fence();
      ending.finish();
    }

    @Arbiter
    public void look(L_Result result) {
      result.r1 = heard(watcher);
    }
  }

  @JCStressTest
  @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "ended first: refused")
  @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "attached first: released, once")
  @Outcome(expect = FORBIDDEN, desc = "attached and never released, or released and refused")
  @State
  public static class AttachOrEnd {
    private final Extras extras = new Extras();
    private int released;

    @Actor
    public void anybody(ZI_Result result) {
      result.r1 = extras.attach(ended -> released++);
    }

    @Actor
    public void process() {
      extras.detachAll(Pid.nobody(STAGE.node.name()));
    }

    @Arbiter
    public void look(ZI_Result result) {
      result.r2 = released;
    }
  }

  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "both have the same extras")
  @Outcome(expect = FORBIDDEN, desc = "what one of them puts there is lost")
  @State
  public static class TwoMakeTheExtras {
    private final LocalProcess<?> process = STAGE.bystander();
    private Extras one;
    private Extras other;

    @Actor
    public void one() {
      one = process.extras();
    }

    @Actor
    public void other() {
      other = process.extras();
    }

    @Arbiter
    public void look(I_Result result) {
      result.r1 = one == other && one == process.extras() ? 1 : 2;
    }
  }

  @JCStressTest
  @Outcome(
      id = "true, true, next",
      expect = ACCEPTABLE,
      desc = "released first: the next one has it")
  @Outcome(id = "true, false, nobody", expect = ACCEPTABLE, desc = "the next came too early")
  @Outcome(expect = FORBIDDEN, desc = "two holders of a name, or a name that is gone for ever")
  @State
  public static class ReleaseOrRegister {
    private static final Name<Object> NAME = Name.of("name", Object.class);

    private final Names names = new Names(STAGE, new Events());
    private final LocalProcess<?> before = STAGE.bystander();
    private final LocalProcess<?> next = STAGE.bystander();

    public ReleaseOrRegister() {
      names.register(NAME, before);
    }

    @Actor
    public void ending(LLL_Result result) {
      names.release(NAME, before);
      result.r1 = names.holder(NAME) != before;
    }

    @Actor
    public void registering(LLL_Result result) {
      result.r2 = names.register(NAME, next);
    }

    @Arbiter
    public void look(LLL_Result result) {
      result.r3 = names.holder(NAME) == next ? "next" : "nobody";
    }
  }

  @JCStressTest
  @Outcome(id = "true, false, 1|false, true, 2", expect = ACCEPTABLE, desc = "one of them has it")
  @Outcome(expect = FORBIDDEN, desc = "both were told that they have it, or neither")
  @State
  public static class TwoRegister {
    private static final Name<Object> NAME = Name.of("name", Object.class);

    private final Names names = new Names(STAGE, new Events());
    private final LocalProcess<?> one = STAGE.bystander();
    private final LocalProcess<?> other = STAGE.bystander();

    @Actor
    public void one(LLL_Result result) {
      result.r1 = names.register(NAME, one);
    }

    @Actor
    public void other(LLL_Result result) {
      result.r2 = names.register(NAME, other);
    }

    @Arbiter
    public void look(LLL_Result result) {
      result.r3 = names.holder(NAME) == one ? 1 : names.holder(NAME) == other ? 2 : 0;
    }
  }

  @JCStressTest
  @Outcome(id = "waked|found", expect = ACCEPTABLE, desc = "registered while it waits, or before")
  @Outcome(expect = FORBIDDEN, desc = "it waits though the name is held")
  @State
  public static class AwaitOrRegister {
    private static final Name<Object> NAME = Name.of("name", Object.class);

    private final Names names = new Names(STAGE, new Events());
    private final LocalProcess<?> process = STAGE.bystander();
    private Names.Waiting waiting;
    private boolean found;

    @Actor
    public void waiting() {
      waiting = names.await(NAME);
      found = names.holder(NAME) != null;
    }

    @Actor
    public void registering() {
      names.register(NAME, process);
    }

    @Arbiter
    public void look(L_Result result) {
      result.r1 = found ? "found" : waiting.waiter.isPermitted() ? "waked" : "waits";
    }
  }
}
