package dev.kith.registrar.jgroups;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Deadline;
import dev.kith.cluster.registrar.Keeper;
import dev.kith.cluster.registrar.Registry.Command;
import dev.kith.cluster.registrar.RegistryLog;
import dev.kith.process.Clock;
import dev.kith.process.Entropy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jgroups.JChannel;
import org.jgroups.View;
import org.jgroups.raft.RaftHandle;
import org.jspecify.annotations.Nullable;

/*
 * Until a command is answered it is said again and again: what was on its way to a leader that is gone may be in the
 * log or not, and nobody says which. A copy applies it once (Askers).
 *
 * Raft's leader is the keeper. It has seen everything that is decided, and decides nothing without a majority.
 */
/// One node's way to a log that JGroups' raft keeps.
///
/// **Threading.** Any thread; opening happens on one of its own.
final class RaftLog implements RegistryLog {
  private static final System.Logger LOG = System.getLogger(RaftLog.class.getName());
  private static final Duration AGAIN = Duration.ofMillis(100);
  private static final Duration UNANSWERED = Duration.ofMillis(500);
  private static final Duration REOPEN = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final Duration OPENING_MAX = Duration.ofSeconds(5);

  private final Clock clock;
  private final JGroupsSpec spec;
  private final String own;
  private final Replica replica;
  private final Keeper keeper;

  private @Nullable MulticastDiscovery multicast;
  private volatile @Nullable RaftHandle handle;
  private volatile @Nullable Election election;
  private volatile String holdup = "the voters are not known yet";
  private volatile boolean closed;

  /// Opens the channel, or has done so.
  private volatile @Nullable Thread opener;

  RaftLog(Clock clock, Entropy entropy, JGroupsSpec spec, String own) {
    this.clock = clock;
    this.replica = new Replica(new UUID(entropy.bits(), entropy.bits()));
    this.spec = spec;
    this.own = own;
    this.keeper = new Keeper(spec.timing());
    switch (spec.discovery()) {
      case Discovery.Listed(List<String> voters) -> elected(voters);
      case Discovery.Multicast how ->
          multicast = new MulticastDiscovery(clock, how, spec, own, this::elected);
    }
    lookLater();
  }

  // The channel

  /// These vote.
  private void elected(List<String> addresses) {
    Voters voters = new Voters(addresses);
    holdup = noMajorityOf(voters);
    openSoon(voters);
  }

  private static String noMajorityOf(Voters voters) {
    return "no majority of the voters " + voters + " can be reached with the same list";
  }

  private void openSoon(Voters voters) {
    Thread opening =
        Thread.ofPlatform().daemon().name("kith-registrar-" + own).unstarted(() -> open(voters));
    opener = opening;
    opening.start();
  }

  /// Connecting waits for others, so it has a thread of its own.
  private void open(Voters voters) {
    if (closed) {
      return;
    }
    JChannel channel = null;
    try {
      remember(voters);
      channel = Stack.channel(spec, voters, own);
      replica.beginAnew();
      RaftHandle opened = new RaftHandle(channel, replica);
      channel.connect(voters.cluster());
      holdup = noMajorityOf(voters);
      election = channel.getProtocolStack().findProtocol(Election.class);
      handle = opened;
      if (closed) {
        channel.close();
      }
    } catch (Exception e) {
      failed(voters, channel, e);
    }
  }

  /// Says so if this node has gone by another list before: those that still do could decide without
  /// those that go by this one.
  private void remember(Voters voters) throws IOException {
    VoterFile file = VoterFile.of(spec.folder(), own);
    List<String> before = file.read().list();
    if (Set.copyOf(before).equals(Set.copyOf(voters.addresses()))) {
      return;
    }
    if (!before.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "%s goes by the voters %s, and has gone by %s: with some by either, there are two clusters"
              .formatted(own, voters, String.join(", ", before)));
    }
    file.write(new Bootstrap.Note(true, voters.addresses()));
  }

  private void failed(Voters voters, @Nullable JChannel channel, Exception e) {
    String words = "JGroups does not start for " + own + ": " + e.getMessage();
    if (!words.equals(holdup)) {
      holdup = words;
      LOG.log(System.Logger.Level.WARNING, words);
    }
    if (channel != null) {
      channel.close();
    }
    if (!closed) {
      after(REOPEN, () -> openSoon(voters));
    }
  }

  /// For tests; null before it is open.
  @Nullable JChannel channel() {
    RaftHandle open = handle;
    return open == null ? null : open.channel();
  }

  private void after(Duration time, Runnable task) {
    var _ = clock.schedule(clock.nanos() + time.toNanos(), task);
  }

  // Commands

  @Override
  public void submit(Command command, Duration within, Consumer<? super Attempt<?>> then) {
    Deadline<Object> deadline = new Deadline<>(clock, within, this::holdup, then);
    Replica.Question question = replica.ask(command, result -> answer(deadline, result));
    after(within, () -> replica.forget(question));
    put(question);
  }

  @SuppressWarnings("unchecked") // whatever comes of the command is handed on
  private static void answer(Deadline<Object> deadline, Attempt<?> result) {
    deadline.accept((Attempt<Object>) result);
  }

  private void put(Replica.Question question) {
    if (replica.waits(question)) {
      RaftHandle open = handle;
      if (open != null && open.leader() != null) {
        say(question, open);
        after(UNANSWERED, () -> put(question));
      } else {
        after(AGAIN, () -> put(question));
      }
    }
  }

  private void say(Replica.Question question, RaftHandle open) {
    byte[] bytes = replica.bytes(question);
    try {
      var _ =
          open.setAsync(bytes, 0, bytes.length)
              .whenComplete((_, failure) -> failed(question, failure));
    } catch (Exception e) {
      failed(question, e);
    }
  }

  private static void failed(Replica.Question question, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.log(System.Logger.Level.DEBUG, () -> question + " is said again", failure);
    }
  }

  @Override
  public void follow(Consumer<? super Change> each) {
    replica.follow(each);
  }

  @Override
  public String holdup() {
    RaftHandle open = handle;
    Election votes = election;
    if (open == null || votes == null) {
      return multicast == null || multicast.isDone() ? holdup : multicast.holdup();
    }
    View here = open.channel().view(); // null when it is closed
    return votes.isLeaderHere()
        ? "the voters' leader " + open.leader() + " does not answer"
        : holdup + "; here are " + (here == null ? "none" : here.getMembers());
  }

  // The keeper

  private void lookLater() {
    after(spec.timing().timeout().dividedBy(8), this::look);
  }

  private void look() {
    RaftHandle open = handle;
    if (closed) {
      return;
    }
    Election votes = election;
    if (votes != null) {
      votes.endSilence(clock.nanos(), spec.timing().renewal().toNanos());
    }
    if (open != null && open.isLeader()) {
      for (Command command : replica.look(keeper, clock.nanos())) {
        submit(command, spec.timing().renewal(), _ -> {});
      }
    }
    lookLater();
  }

  /// What was said last is waited for, for a moment; and so is a channel that is being opened,
  /// which would leave files behind.
  @Override
  public void close() {
    replica.followNoMore();
    closed = true;
    if (multicast != null) {
      multicast.close();
    }
    try {
      awaitLastWords();
      Thread opening = opener;
      boolean _ = opening == null || opening.join(OPENING_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    RaftHandle open = handle;
    if (open != null) {
      open.channel().close();
    }
  }

  private void awaitLastWords() throws InterruptedException {
    try {
      replica.answered().get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.DEBUG, "not everything was answered", e);
    }
  }
}
