package dev.kith.testing;

import dev.kith.process.Node;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/// A process that records what it is sent, for a test to look at in order.
///
/// **Threading.** Belongs to the test's thread.
///
/// @param <M> the messages
public final class Probe<M> {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final World world;
  private final ProcessRef<M> ref;
  private final Deque<M> received;

  private Probe(World world, ProcessRef<M> ref, Deque<M> received) {
    this.world = world;
    this.ref = ref;
    this.received = received;
  }

  static <M> Probe<M> on(World world, Node node, Class<M> protocol) {
    Deque<M> received = new ArrayDeque<>();
    ProcessRef<M> ref = node.spawn(ProcessSpec.server(protocol, () -> new Recorder<>(received)));
    return new Probe<>(world, ref, received);
  }

  private record Recorder<M>(Deque<M> received) implements Server<M> {
    @Override
    public void handle(Self<M> self, M message) {
      received.addLast(message);
    }
  }

  /// Where to send what it is to record.
  public ProcessRef<M> ref() {
    return ref;
  }

  /// Who it is.
  public Pid pid() {
    return ref.pid();
  }

  /// The next message, waiting up to a simulated minute for it.
  public M next() {
    world.until(() -> !received.isEmpty(), PATIENCE);
    return received.removeFirst();
  }

  /// The next message, which must be of this type.
  public <T extends M> T next(Class<T> type) {
    M message = next();
    if (!type.isInstance(message)) {
      throw new AssertionError("expected a " + type.getSimpleName() + ", got " + message);
    }
    return type.cast(message);
  }

  /// The next messages must be these, in this order.
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final void expect(M... messages) {
    List<M> wanted = List.of(messages);
    List<M> got = new ArrayList<>();
    for (M expected : wanted) {
      if (received.isEmpty()) {
        world.advance(Duration.ZERO);
      }
      M message = received.isEmpty() ? awaitNext(wanted, got) : received.removeFirst();
      got.add(message);
      if (!Objects.equals(expected, message)) {
        throw new AssertionError("expected " + wanted + ", got " + got);
      }
    }
  }

  private M awaitNext(List<M> expected, List<M> got) {
    try {
      return next();
    } catch (AssertionError failure) {
      throw new AssertionError(
          "expected " + expected + ", got " + got + " and then nothing", failure);
    }
  }

  /// No message may come in this simulated time.
  public void expectNothingFor(Duration time) {
    world.advance(time);
    if (!received.isEmpty()) {
      throw new AssertionError("expected nothing, got " + List.copyOf(received));
    }
  }

  /// Everything that has come and was not looked at; forgets it.
  public List<M> drain() {
    world.run();
    List<M> all = List.copyOf(received);
    received.clear();
    return all;
  }
}
