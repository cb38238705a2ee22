package dev.kith.testing;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Deadline;
import dev.kith.cluster.registrar.Keeper;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.Registry;
import dev.kith.cluster.registrar.Registry.Applied;
import dev.kith.cluster.registrar.Registry.Command;
import dev.kith.cluster.registrar.RegistryLog;
import dev.kith.cluster.registrar.ReplicatedRegistrar;
import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.cluster.registrar.View;
import dev.kith.process.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * The engine is one place that all nodes talk to, as an ensemble with its majority is. What a node says to it
 * may get lost; what it says to a node waits, and comes in order when the node can be reached again, as from a
 * log that is read on. So a command may have been applied whose result comes too late.
 */
/// The registrar of a world, and what can go wrong with a real one.
///
/// **Threading.** Belongs to the world.
public final class SimulatedRegistry {
  private final Clock clock;
  private final SplittableRandom chance;
  private final SessionTiming timing;
  private final Registry registry = new Registry();
  private final Keeper keeper;
  private final Map<String, Way> ways = new LinkedHashMap<>();
  private final Set<String> cut = new LinkedHashSet<>();
  private Duration delayMin = Duration.ofMillis(1);
  private Duration delayMax = Duration.ofMillis(5);
  private boolean down;
  private boolean looking;

  SimulatedRegistry(Clock clock, SplittableRandom chance, SessionTiming timing) {
    this.clock = clock;
    this.chance = chance;
    this.timing = timing;
    this.keeper = new Keeper(timing);
  }

  // What goes wrong

  /// From now on each way takes a time between these.
  public void delay(Duration least, Duration most) {
    delayMin = least;
    delayMax = most;
  }

  /// A node and the engine do not hear of each other.
  public void cut(String node) {
    cut.add(node);
  }

  /// A node and the engine hear of each other again.
  public void heal(String node) {
    cut.remove(node);
    flow(node);
  }

  /// A node's registrar stands still: what comes to it and what it wanted to do in time waits. What
  /// it has sent is on its way.
  public void suspend(String node) {
    way(node).time.suspend();
  }

  /// It goes on, and does now what it would have done.
  public void resume(String node) {
    Way way = way(node);
    way.time.resume();
    after(Duration.ZERO, way::flow);
  }

  private Way way(String node) {
    Way way = ways.get(node);
    if (way == null) {
      throw new IllegalArgumentException("no registrar of " + node);
    }
    return way;
  }

  /// The engine decides nothing: it has lost its majority, or does not run.
  public void stop() {
    down = true;
  }

  /// It goes on where it was.
  public void resume() {
    down = false;
    ways.keySet().forEach(this::flow);
  }

  /// A node ends without a word. The next way of that node is of a new life.
  void crash(String node) {
    Way way = ways.remove(node);
    if (way != null) {
      way.closed = true;
    }
  }

  /// A node is removed, for no reason that it knows of.
  public void remove(String node) {
    registry.members().stream()
        .filter(member -> member.node().text().equals(node))
        .findFirst()
        .ifPresent(member -> apply(new Command.Leave(member.stay()), null, _ -> {}));
  }

  private boolean reaches(String node) {
    return !down && !cut.contains(node);
  }

  private void flow(String node) {
    Way way = ways.get(node);
    if (way != null) {
      way.flow();
    }
  }

  // The engine

  /// The way of a node to the registrar; a new one for each life.
  public Registrar registrar(String node) {
    Way way = new Way(node);
    ways.put(node, way);
    return new ReplicatedRegistrar(way.time, way, timing);
  }

  private void apply(Command command, @Nullable Way from, Consumer<? super Attempt<?>> then) {
    Applied applied = registry.apply(command);
    for (Way way : List.copyOf(ways.values())) {
      applied.changes().forEach(change -> way.back(() -> way.tell(change)));
    }
    if (from != null) {
      from.back(() -> then.accept(applied.result()));
    }
    lookLater();
  }

  private void lookLater() {
    if (!looking && !registry.members().isEmpty()) {
      looking = true;
      after(timing.timeout().dividedBy(8), this::look);
    }
  }

  private void look() {
    looking = false;
    if (!down) {
      keeper.look(registry, clock.nanos(), expire -> apply(expire, null, _ -> {}));
    }
    lookLater();
  }

  private void after(Duration time, Runnable task) {
    var _ = clock.schedule(clock.nanos() + time.toNanos(), task);
  }

  private long delay() {
    long range = Math.max(1, delayMax.toNanos() - delayMin.toNanos());
    return delayMin.toNanos() + chance.nextLong(range);
  }

  /// What is between a node and the engine.
  private final class Way implements RegistryLog {
    private final String node;
    private final SuspendableClock time = new SuspendableClock(clock);

    /// What is on its way back, in order.
    private final Queue<Runnable> back = new ArrayDeque<>();

    /// How much of that has come, and waits until the node can be reached.
    private int come;

    /// What the node has been told.
    private final View view = new View();

    private @Nullable Consumer<? super Change> follower;
    private long lastThere;
    private long lastBack;
    private boolean closed;

    Way(String node) {
      this.node = node;
      registry.replay(view::apply);
    }

    @Override
    public void submit(Command command, Duration within, Consumer<? super Attempt<?>> then) {
      Consumer<Attempt<?>> once = once(within, then);
      lastThere = Math.max(lastThere + 1, clock.nanos() + delay());
      var _ =
          clock.schedule(
              lastThere,
              () -> {
                if (reaches(node) && !closed) {
                  apply(command, this, once);
                }
              });
    }

    @SuppressWarnings("unchecked") // whatever comes of the command is handed on
    private Consumer<Attempt<?>> once(Duration within, Consumer<? super Attempt<?>> then) {
      Deadline<Object> deadline = new Deadline<>(time, within, this::holdup, then);
      return attempt -> deadline.accept((Attempt<Object>) attempt);
    }

    /// Brings something to the node, in order, when it can be reached.
    void back(Runnable task) {
      back.add(task);
      lastBack = Math.max(lastBack + 1, clock.nanos() + delay());
      var _ =
          clock.schedule(
              lastBack,
              () -> {
                come++;
                flow();
              });
    }

    void flow() {
      for (; come > 0 && reaches(node) && !time.isSuspended(); come--) {
        Runnable next = back.remove();
        if (!closed) {
          next.run();
        }
      }
    }

    void tell(Change change) {
      view.apply(change);
      Consumer<? super Change> to = follower;
      if (to != null) {
        to.accept(change);
      }
    }

    @Override
    public void follow(Consumer<? super Change> each) {
      follower = each;
      view.replay(each);
    }

    @Override
    public String holdup() {
      return "the registrar cannot be reached";
    }

    @Override
    public void close() {
      back(() -> {
        closed = true; // behind what was submitted
        ways.remove(node, this);
      });
    }
  }
}
