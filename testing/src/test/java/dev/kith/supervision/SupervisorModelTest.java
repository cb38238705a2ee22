package dev.kith.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.ExitReason;
import dev.kith.testing.Exploration;
import dev.kith.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/*
 * Random trees, random misfortunes, and a model that says what must come of each.
 *
 * One misfortune at a time must be followed by exactly what the model says, in the same order: which workers
 * go down, which come up, which fail to, and who is where in the end. Of several at once the order is not
 * promised: there the model is asked for every order, and every outcome that matches what was seen is kept as
 * a possible truth for what comes next. If none is left, the supervisor has done something that no order
 * explains.
 */
/// SUP-1 to SUP-13 together: trees of supervisors do what the model does.
class SupervisorModelTest {
  private static final int SCHEDULES = 600;
  private static final int STEPS = 25;

  @Test
  void treesDoAsTheModelSays() {
    Exploration.explore(SCHEDULES, world -> new Run(world).play());
  }

  /// One world's tree, and what it may be according to the model.
  private static final class Run {
    private final World world;
    private final SplittableRandom chance;
    private final Plan.Parent plan;
    private final PlannedTree tree;
    private final boolean hasTimeouts;
    private final List<String> steps = new ArrayList<>();
    private List<SupervisorModel> truths;
    private int added;

    Run(World world) {
      this.world = world;
      chance = new SplittableRandom(world.seed() * 31 + 7);
      plan = Plan.draw(chance);
      tree = new PlannedTree(world, plan);
      truths = List.of(new SupervisorModel(plan));
      hasTimeouts =
          plan.all()
              .anyMatch(one ->
                  one instanceof Plan.Worker worker && worker.stops() == Plan.Stops.UNWILLINGLY);
      steps.add(plan.toString());
    }

    void play() {
      try {
        compare("start", truths, Run::inOrder);
        for (int i = 0; i < STEPS && truths.getFirst().top.up; i++) {
          step();
        }
        if (truths.getFirst().top.up) {
          alone("shut down", tree::shutDown, SupervisorModel::shutDown);
        }
        assertThat(tree.isAlive()).isFalse();
        assertThat(tree.processCount()).isZero();
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(failure.getMessage() + "\n" + String.join("\n", steps), failure);
      }
    }

    private void step() {
      switch (chance.nextInt(19)) {
        case 0, 1, 2 -> someWorker(id -> end(id, new ExitReason.Custom("crash")));
        case 3 -> someWorker(id -> end(id, ExitReason.normal()));
        case 4 -> someWorker(id -> end(id, ExitReason.shutdown()));
        case 5 -> someWorker(this::kill);
        case 6 -> some(this::isInnerSupervisor, this::killSupervisor);
        case 7 -> some(SupervisorModel.One::isSupervisor, this::terminate);
        case 8, 9 -> some(SupervisorModel.One::isSupervisor, this::restart);
        case 10 -> some(SupervisorModel.One::isSupervisor, this::delete);
        case 11 -> some(SupervisorModel.One::isSupervisor, this::add);
        case 12 -> plan.all().skip(1).toList().forEach(this::mayFail);
        case 13, 14 -> pass(Duration.ofMillis(250L * chance.nextInt(16)));
        default -> several();
      }
    }

    // Misfortunes

    private void end(String id, ExitReason reason) {
      alone(
          id + " ends: " + reason,
          () -> tree.tell(id, self -> self.exit(reason)),
          model -> model.end(in(model, id), reason));
    }

    private void kill(String id) {
      alone(
          id + " is killed",
          () -> tree.kill(id),
          model -> model.end(in(model, id), ExitReason.killed()));
    }

    private boolean isInnerSupervisor(SupervisorModel.One one) {
      return one.isSupervisor() && one.parent.isPresent();
    }

    /// What falls with a supervisor falls in any order, beside what is started in its place.
    private void killSupervisor(String id) {
      List<SupervisorModel> after = copies();
      after.forEach(model -> model.kill(in(model, id)));
      tree.kill(id);
      pass(after);
      compare(id + " is killed", after, Run::upsInOrder);
      settle();
    }

    private void terminate(String supervisor) {
      String child = someChildOf(supervisor);
      asked(
          "terminate " + child + " of " + supervisor,
          () -> tree.ask(supervisor, new Supervisor.TerminateChild(child)).name(),
          model -> model.terminate(in(model, supervisor), child).name());
    }

    private void restart(String supervisor) {
      String child = someChildOf(supervisor);
      asked(
          "restart " + child + " of " + supervisor,
          () -> nameOf(tree.ask(supervisor, new Supervisor.RestartChild(child))),
          model -> model.restart(in(model, supervisor), child));
    }

    private void delete(String supervisor) {
      String child = someChildOf(supervisor);
      asked(
          "delete " + child + " of " + supervisor,
          () -> tree.ask(supervisor, new Supervisor.DeleteChild(child)).name(),
          model -> model.delete(in(model, supervisor), child).name());
    }

    private void add(String supervisor) {
      Plan.Worker worker =
          new Plan.Worker("x" + ++added, Restart.PERMANENT, false, Plan.Stops.WILLINGLY);
      asked(
          "add " + worker.id() + " to " + supervisor,
          () -> nameOf(tree.ask(supervisor, new Supervisor.StartChild<>(tree.workerOf(worker)))),
          model -> model.add(in(model, supervisor), worker));
    }

    private void mayFail(Plan one) {
      if (one instanceof Plan.Worker && chance.nextInt(3) == 0) {
        int times = chance.nextInt(3);
        steps.add("the next " + times + " starts of " + one.id() + " will fail");
        tree.failures.put(one.id(), times);
        truths.forEach(model -> model.failures.put(one.id(), times));
      }
    }

    private void pass(Duration time) {
      steps.add("pass " + time);
      world.advance(time);
      settle();
    }

    /// Several workers end at once.
    private void several() {
      boolean failing =
          truths.stream().anyMatch(model -> model.failures.values().stream().anyMatch(n -> n > 0));
      List<String> workers = idsOf(one -> !one.isSupervisor());
      if (hasTimeouts || failing || workers.size() < 2) {
        return;
      }
      String one = workers.remove(chance.nextInt(workers.size()));
      String other = workers.get(chance.nextInt(workers.size()));
      ExitReason reason = chance.nextBoolean() ? ExitReason.normal() : new ExitReason.Custom("x");
      List<SupervisorModel> after = new ArrayList<>();
      for (SupervisorModel model : copies()) {
        SupervisorModel reversed = model.copy();
        endBoth(model, one, other, reason);
        endBoth(reversed, other, one, reason);
        after.add(model);
        after.add(reversed);
      }
      tree.tellBoth(one, other, self -> self.exit(reason));
      world.run();
      String step = one + " and " + other + " end: " + reason;
      compare(step, after, Run::silently);
    }

    private static void endBoth(
        SupervisorModel model, String first, String second, ExitReason reason) {
      int life = in(model, second).life;
      model.end(in(model, first), reason);
      model
          .find(second)
          .filter(one -> one.up && one.life == life)
          .ifPresent(one -> model.end(one, reason));
    }

    // Comparing

    private void alone(String step, Runnable act, Consumer<SupervisorModel> model) {
      asked(
          step,
          () -> {
            act.run();
            return "";
          },
          truth -> {
            model.accept(truth);
            return "";
          });
    }

    private void asked(String step, Supplier<String> act, Function<SupervisorModel, String> model) {
      List<SupervisorModel> after = copies();
      List<String> answers = after.stream().map(model).toList();
      String answer = act.get();
      pass(after);
      List<SupervisorModel> agreeing = new ArrayList<>();
      for (int i = 0; i < after.size(); i++) {
        if (answers.get(i).equals(answer)) {
          agreeing.add(after.get(i));
        }
      }
      assertThat(agreeing).as(step + ": " + answer + ", the model says " + answers).isNotEmpty();
      compare(step + " " + answer, agreeing, Run::inOrder);
    }

    /// Lets the time pass that the model says this took.
    private void pass(List<SupervisorModel> after) {
      long until = after.stream().mapToLong(model -> model.nowMillis).max().orElseThrow();
      world.advance(Duration.ofMillis(Math.max(0, until - world.now().toMillis())));
    }

    /// Lets everything that was left behind come to its end.
    private void settle() {
      world.advance(Duration.ofMillis(hasTimeouts ? 20L * Plan.PATIENCE_MILLIS : 0));
      truths.forEach(model -> model.nowMillis = world.now().toMillis());
      truths.forEach(model -> model.said.clear());
      tree.said.clear();
    }

    /// Keeps those of the model's outcomes that match what was seen.
    private void compare(
        String step, List<SupervisorModel> outcomes, Function<List<String>, List<String>> view) {
      steps.add(step + " -> " + tree.said);
      String picture = tree.picture();
      List<String> seen = view.apply(tree.said);
      List<SupervisorModel> matching =
          outcomes.stream()
              .filter(model -> model.picture().equals(picture))
              .filter(model -> view.apply(model.said).equals(seen))
              .toList();
      assertThat(matching)
          .as(
              "%s: seen %s %s; the model says %s",
              step,
              seen,
              picture,
              outcomes.stream().map(model -> view.apply(model.said) + model.picture()).toList())
          .isNotEmpty();
      truths = matching;
      truths.forEach(model -> model.said.clear());
      tree.said.clear();
    }

    private static List<String> inOrder(List<String> said) {
      return List.copyOf(said);
    }

    private static List<String> upsInOrder(List<String> said) {
      return said.stream().filter(words -> !words.endsWith("down")).toList();
    }

    private static List<String> silently(List<String> said) {
      return List.of();
    }

    // Choosing

    private List<SupervisorModel> copies() {
      return truths.stream().map(SupervisorModel::copy).toList();
    }

    private static SupervisorModel.One in(SupervisorModel model, String id) {
      return model.find(id).orElseThrow(() -> new AssertionError(id + " is not in the model"));
    }

    private void someWorker(Consumer<String> action) {
      some(one -> !one.isSupervisor(), action);
    }

    private void some(Predicate<SupervisorModel.One> sort, Consumer<String> action) {
      List<String> ids = idsOf(sort);
      if (!ids.isEmpty()) {
        action.accept(ids.get(chance.nextInt(ids.size())));
      }
    }

    /// Those that run.
    private List<String> idsOf(Predicate<SupervisorModel.One> sort) {
      List<String> ids = new ArrayList<>();
      truths
          .getFirst()
          .top
          .all()
          .filter(one -> one.up && sort.test(one))
          .forEach(one -> ids.add(one.plan.id()));
      return ids;
    }

    /// A child, up or not, or an id that nobody has.
    private String someChildOf(String supervisor) {
      List<SupervisorModel.One> children = in(truths.getFirst(), supervisor).children;
      int index = chance.nextInt(children.size() + 1);
      return index == children.size() ? "nobody" : children.get(index).plan.id();
    }

    private static String nameOf(Object result) {
      return result.getClass().getSimpleName();
    }
  }
}
