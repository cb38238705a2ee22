package dev.kith.testing;

import dev.kith.process.Clock;
import dev.kith.process.Node;
import dev.kith.wire.Loop;
import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.ByteStreamListener;
import dev.kith.wire.node.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * A connection is two directions, each a queue of bytes in flight. What is written is cut into pieces by
 * chance, as a network does, and each piece arrives after a delay of its own, but never before the one that
 * was written before. A direction that is cut delivers nothing: what is in flight waits, as TCP would send
 * it again and again, and comes when the cut is healed. A host that has crashed answers with a reset, if
 * the sender can reach it, and never speaks again.
 */
/// The network of a world: hosts, connections between them, and everything that can go wrong there.
///
/// A host has the name of its node, and its addresses are that name, a colon and a number.
///
/// **Threading.** Belongs to the world.
public final class SimulatedNetwork {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  /// Bytes that a direction takes before it is not writable.
  private static final int WINDOW = 256 << 10;

  private static final int PIECE_MAX = 16 << 10;

  private final Clock clock;
  private final SplittableRandom chance;
  private final Map<String, Transport.Porter> doors = new LinkedHashMap<>();
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final List<End> ends = new ArrayList<>();
  private final Set<Cut> cuts = new LinkedHashSet<>();

  /// Ends of connections that nobody has heard of because of a cut.
  private final List<Runnable> unheard = new ArrayList<>();

  private Duration delayMin = Duration.ofNanos(20_000);
  private Duration delayMax = Duration.ofMillis(2);
  private int ports = 1;

  /// One direction that delivers nothing.
  private record Cut(String from, String to) {}

  /// One machine, for as long as it runs.
  private static final class Host {
    final String name;
    final Loop loop;
    boolean down;

    /// Tasks that wait while it stands still; null while it runs.
    @Nullable List<Runnable> stopped;

    Host(String name, Loop loop) {
      this.name = name;
      this.loop = loop;
    }

    void execute(Runnable task) {
      if (stopped != null) {
        stopped.add(task);
      } else if (!down) {
        loop.execute(task);
      }
    }
  }

  SimulatedNetwork(Clock clock, SplittableRandom chance) {
    this.clock = clock;
    this.chance = chance;
  }

  // What goes wrong

  /// From now on each piece takes a time between these.
  public void delay(Duration least, Duration most) {
    delayMin = least;
    delayMax = most;
  }

  /// Nothing gets from one host to another any more; the other way still works.
  public void cut(String from, String to) {
    cuts.add(new Cut(from, to));
  }

  /// Nothing gets from one host to another any more, nor back.
  public void separate(String one, String other) {
    cut(one, other);
    cut(other, one);
  }

  /// Everything gets through again.
  public void heal() {
    cuts.clear();
    unheard.forEach(Runnable::run);
    unheard.clear();
    ends.forEach(End::flow);
  }

  /// All connections between two hosts end at once, on both sides.
  public void disconnect(String one, String other) {
    for (End end : List.copyOf(ends)) {
      if (end.isBetween(one, other)) {
        end.reset("connection reset");
      }
    }
  }

  /// A host stops without a word. Its node's processes are ended by the world; whoever talks to it
  /// is reset, if it can be reached.
  public void crash(String name) {
    Host host = hosts.remove(name);
    if (host == null) {
      return;
    }
    host.down = true;
    doors.keySet().removeIf(address -> hostOf(address).equals(name));
    for (End end : List.copyOf(ends)) {
      if (end.host == host) {
        ends.remove(end);
        if (!cuts.contains(new Cut(name, end.other().host.name))) {
          end.other().later(() -> end.other().ended("connection reset by a crash"));
        }
        end.dead = true;
      }
    }
  }

  /// A host does nothing for a while, as a stopped process: what comes waits.
  public void stop(String name) {
    Host host = host(name);
    if (host.stopped == null) {
      host.stopped = new ArrayList<>();
    }
  }

  /// A stopped host goes on.
  public void resume(String name) {
    Host host = host(name);
    List<Runnable> tasks = host.stopped;
    host.stopped = null;
    if (tasks != null) {
      tasks.forEach(host::execute);
      ends.stream().filter(end -> end.host == host).forEach(End::flow);
    }
  }

  private Host host(String name) {
    Host host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("no host " + name);
    }
    return host;
  }

  private static String hostOf(String address) {
    return address.substring(0, address.indexOf(':'));
  }

  // The transport

  /// How a node reaches this network. A node that has crashed and comes back needs a new one.
  public Transport transport(Node node) {
    Host host = new Host(node.name().text(), SimulatedLoop.on(node));
    hosts.put(host.name, host);
    return new Wire(host);
  }

  /// One host's way into the network.
  private final class Wire implements Transport {
    private final Host host;

    Wire(Host host) {
      this.host = host;
    }

    @Override
    public Listening listen(String address, Porter porter) {
      String at = address.endsWith(":0") ? host.name + ":" + ports++ : address;
      if (doors.putIfAbsent(at, porter) != null) {
        return new Listening.NotPossible("in use");
      }
      return new Listening.At(at, () -> doors.remove(at));
    }

    @Override
    public void connect(String address, Connecting then) {
      String to = hostOf(address);
      if (cuts.contains(new Cut(host.name, to)) || cuts.contains(new Cut(to, host.name))) {
        after(CONNECT_WITHIN, () -> host.execute(() -> then.failed("timed out")));
        return;
      }
      after(delay(), () -> arrive(address, then));
    }

    private void arrive(String address, Connecting then) {
      Host other = hosts.get(hostOf(address));
      Porter door = doors.get(address);
      if (other == null || door == null) {
        host.execute(() -> then.failed("connection refused"));
        return;
      }
      End here = new End(host, other.name);
      End there = new End(other, host.name);
      here.peer = there;
      there.peer = here;
      ends.add(here);
      ends.add(there);
      other.execute(() -> there.enter(door));
      host.execute(() -> here.open(then::connected));
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public boolean isLoopback(String address) {
      return true;
    }

    @Override
    public boolean isWildcard(String address) {
      return false;
    }

    @Override
    public String advertised(String address, String found) {
      return address;
    }
  }

  private Duration delay() {
    long range = Math.max(1, delayMax.toNanos() - delayMin.toNanos());
    return delayMin.plusNanos(chance.nextLong(range));
  }

  private void after(Duration time, Runnable task) {
    clock.schedule(clock.nanos() + time.toNanos(), task);
  }

  /// One end of a connection: a stream, and the bytes that are on their way to it.
  private final class End implements ByteStream {
    final Host host;
    private final String remote;
    private @Nullable End peer;
    private @Nullable ByteStreamListener listener;
    private boolean dead;
    private boolean suspended;

    /// What is on its way to this end, oldest first.
    private final List<Piece> coming = new ArrayList<>();

    /// When the last piece arrives.
    private long lastAt;

    /// Bytes on their way to this end.
    private int inFlight;

    /// This end was told that the stream takes no more.
    private boolean blocked;

    private record Piece(ByteBuffer bytes, long at) {}

    End(Host host, String remote) {
      this.host = host;
      this.remote = remote;
    }

    End other() {
      if (peer == null) {
        throw new IllegalStateException("half a connection");
      }
      return peer;
    }

    boolean isBetween(String one, String other) {
      return (host.name.equals(one) && remote.equals(other))
          || (host.name.equals(other) && remote.equals(one));
    }

    void enter(Transport.Porter porter) {
      if (!porter.knocks(remote)) {
        close();
      } else if (dead) {
        porter.gone(remote, "it has closed");
      } else {
        open(porter::opened);
      }
    }

    void open(Function<ByteStream, ByteStreamListener> by) {
      if (!dead) {
        listener = by.apply(this);
        flow();
      }
    }

    @Override
    public Loop loop() {
      return host.loop;
    }

    @Override
    public String remote() {
      return remote;
    }

    @Override
    public Set<String> certifiedNames() {
      return Set.of();
    }

    @Override
    public boolean isWithinMachine() {
      return false;
    }

    @Override
    public void write(ByteBuffer bytes) {
      End to = other();
      while (bytes.hasRemaining() && !dead) {
        byte[] piece = new byte[Math.min(bytes.remaining(), 1 + chance.nextInt(PIECE_MAX))];
        bytes.get(piece);
        to.comes(piece);
      }
      blocked = blocked || !isWritable();
    }

    private void comes(byte[] bytes) {
      long at = Math.max(lastAt, clock.nanos() + delay().toNanos());
      lastAt = at;
      inFlight += bytes.length;
      coming.add(new Piece(ByteBuffer.wrap(bytes), at));
      clock.schedule(at, this::flow);
    }

    private boolean isHeldUp() {
      return suspended || dead || host.stopped != null || cuts.contains(new Cut(remote, host.name));
    }

    /// Hands over what has arrived by now.
    void flow() {
      if (listener == null || isHeldUp()) {
        return;
      }
      while (!coming.isEmpty() && coming.getFirst().at <= clock.nanos()) {
        ByteBuffer bytes = coming.removeFirst().bytes;
        inFlight -= bytes.remaining();
        host.execute(() -> hand(bytes));
      }
      End from = other();
      if (from.blocked && from.isWritable()) {
        from.blocked = false;
        from.host.execute(from::writableAgain);
      }
    }

    private void hand(ByteBuffer bytes) {
      if (listener != null && !dead) {
        listener.received(bytes);
      }
    }

    private void writableAgain() {
      if (listener != null && !dead) {
        listener.writable();
      }
    }

    @Override
    public boolean isWritable() {
      return other().inFlight < WINDOW;
    }

    @Override
    public void suspend() {
      suspended = true;
    }

    @Override
    public void resume() {
      suspended = false;
      flow();
    }

    /// The other end hears of it behind what was written.
    @Override
    public void close() {
      if (dead) {
        return;
      }
      End to = other();
      Runnable told = () -> to.later(() -> to.ended("closed by the other side"));
      if (cuts.contains(new Cut(host.name, remote))) {
        unheard.add(told);
      } else {
        clock.schedule(Math.max(to.lastAt, clock.nanos()) + 1, told);
      }
      later(() -> ended("closed"));
    }

    void reset(String why) {
      later(() -> ended(why));
    }

    void later(Runnable task) {
      host.execute(task);
    }

    void ended(String why) {
      if (!dead) {
        dead = true;
        ends.remove(this);
        if (listener != null) {
          listener.closed(why);
        }
      }
    }
  }
}
