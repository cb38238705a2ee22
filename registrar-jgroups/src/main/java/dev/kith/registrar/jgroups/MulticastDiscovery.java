package dev.kith.registrar.jgroups;

import dev.kith.process.Clock;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Says the beacons of a [Bootstrap] on the local network and hears those of others, for as long as
/// it is not closed.
///
/// **Threading.** A thread of its own; all others may ask what holds it up.
final class MulticastDiscovery implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MulticastDiscovery.class.getName());
  private static final int ODDITIES_MAX = 100;
  private static final Duration END_WITHIN = Duration.ofSeconds(1);

  private final Clock clock;
  private final Discovery.Multicast multicast;
  private final JGroupsSpec spec;
  private final String own;
  private final Optional<SecretKey> key;
  private final Consumer<List<String>> found;
  private final Set<String> oddities = new HashSet<>();

  private final Thread thread;

  private volatile String holdup = "nobody has been looked for yet";
  private volatile @Nullable MulticastSocket socket;
  private volatile boolean closed;
  private volatile boolean told;

  /// @param own this node's link address, at whose host the machine listens
  /// @param found is told of the voters, once
  MulticastDiscovery(
      Clock clock,
      Discovery.Multicast multicast,
      JGroupsSpec spec,
      String own,
      Consumer<List<String>> found) {
    this.clock = clock;
    this.multicast = multicast;
    this.spec = spec;
    this.own = own;
    this.found = found;
    this.key =
        spec.secret().isNone()
            ? Optional.empty()
            : Optional.of(new SecretKeySpec(spec.secret().derived("multicast"), "HmacSHA256"));
    this.thread = Thread.ofPlatform().daemon().name("kith-multicast-" + own).unstarted(this::run);
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        meet();
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  private void failed(IOException e) {
    String words = "multicast at %s does not work for %s: %s".formatted(multicast.group(), own, e);
    if (!closed && !words.equals(holdup)) {
      holdup = words;
      LOG.log(System.Logger.Level.WARNING, words);
    }
    LockSupport.parkNanos(Bootstrap.PERIOD.toNanos());
  }

  private void meet() throws IOException {
    InetAddress host = Voters.channel(own).getAddress();
    NetworkInterface network = NetworkInterface.getByInetAddress(host);
    if (network == null) {
      throw new IOException("no network of this machine has the address " + host);
    }
    if (spec.secret().isNone() && !host.isLoopbackAddress()) {
      throw new IOException("beyond this machine it needs a secret, or anybody could take part");
    }
    Bootstrap bootstrap = new Bootstrap(multicast.voters(), own, VoterFile.of(spec.folder(), own));
    InetSocketAddress group = multicast.group();
    try (MulticastSocket open = new MulticastSocket(null)) {
      socket = open;
      open.setReuseAddress(true);
      open.bind(new InetSocketAddress(group.getPort()));
      open.setNetworkInterface(network);
      open.joinGroup(group, network);
      talk(open, bootstrap);
    }
  }

  private void talk(MulticastSocket open, Bootstrap bootstrap) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[Beacon.BYTES_MAX], Beacon.BYTES_MAX);
    long next = clock.nanos();
    while (!closed) {
      long now = clock.nanos();
      tell(bootstrap);
      holdup = bootstrap.holdup(now);
      if (now - next >= 0) {
        next = now + Bootstrap.PERIOD.toNanos();
        if (bootstrap.speaks(now)) {
          say(open, bootstrap.beacon(now));
        }
      }
      open.setSoTimeout(Math.toIntExact(Math.max(1, (next - now) / 1_000_000)));
      try {
        open.receive(packet);
      } catch (SocketTimeoutException _) {
        continue;
      }
      if (key.isEmpty() && !packet.getAddress().isLoopbackAddress()) {
        continue; // from another machine, and nothing proves it
      }
      byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
      Optional<Beacon> beacon = Beacon.of(bytes, key);
      if (beacon.isPresent()) {
        bootstrap.oddity(beacon.get()).ifPresent(this::warn);
        bootstrap.heard(beacon.get(), clock.nanos());
      }
    }
  }

  private void say(MulticastSocket open, Beacon beacon) throws IOException {
    byte[] bytes = beacon.bytes(key);
    open.send(new DatagramPacket(bytes, bytes.length, multicast.group()));
  }

  private void tell(Bootstrap bootstrap) {
    if (!told && bootstrap.held().isPresent()) {
      List<String> voters = bootstrap.held().get();
      LOG.log(System.Logger.Level.INFO, "these vote: {0}", String.join(", ", voters));
      found.accept(voters);
      told = true;
    }
  }

  private void warn(String oddity) {
    if (oddities.size() < ODDITIES_MAX && oddities.add(oddity)) {
      LOG.log(System.Logger.Level.WARNING, oddity);
    }
  }

  /// Whether the voters are known.
  boolean isDone() {
    return told;
  }

  /// What is being waited for, in words.
  String holdup() {
    return holdup;
  }

  /// Waits for a moment until it has written down what it is to remember.
  @Override
  public void close() {
    closed = true;
    MulticastSocket open = socket;
    if (open != null) {
      open.close();
    }
    try {
      boolean _ = thread.join(END_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
