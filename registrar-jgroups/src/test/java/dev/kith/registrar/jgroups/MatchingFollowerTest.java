package dev.kith.registrar.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Entropy;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.protocols.raft.AppendResult;
import org.jgroups.protocols.raft.InMemoryLog;
import org.jgroups.protocols.raft.InstallSnapshotRequest;
import org.jgroups.protocols.raft.LogEntries;
import org.jgroups.protocols.raft.LogEntry;
import org.jgroups.raft.StateMachine;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

/// D4: whoever led, and whatever of it came late, twice or never: a follower applies what was
/// decided, and says that it has what it has.
class MatchingFollowerTest {
  private static final int SEEDS = 3_000;
  private static final int STEPS = 60;

  private record Entry(long term, String command) {}

  /// What a leader sends of its log: the entries behind that many, up to that many.
  private record Sent(long term, List<Entry> log, int from, int to, int committed) {}

  @Test
  void itAppliesWhatWasDecided() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      new Run(new SplittableRandom(seed)::nextLong).run("seed " + seed);
    }
  }

  /// A snapshot that is sent again while it is on its way would take a copy back in time.
  @Test
  void anOlderSnapshotIsNotTaken() throws Exception {
    Run run = new Run(new SplittableRandom(0)::nextLong);
    run.open("snapshots");
    run.catchUp("snapshots");
    run.follower.impl().handleInstallSnapshotRequest(new EmptyMessage(), Run.leader(1), 1, 1);
    assertThat(run.applied).containsExactly("last");
    assertThat(run.below.sent).hasSize(1);
  }

  /// The term may advance between the protocol's look at it and the follower's.
  @Test
  void nobodyLeadsByAMessageOfATermThatHasPassed() throws Exception {
    Run run = new Run(new SplittableRandom(0)::nextLong);
    run.open("terms");
    run.follower.handleUpRequest(new EmptyMessage(), new InstallSnapshotRequest(3));
    run.follower.currentTerm(4);
    run.hear("terms", new Sent(3, List.of(new Entry(3, "late")), 0, 1, 0));
    assertThat(run.follower.leader()).isNull();
    assertThat(run.follower.lastAppended()).isZero();
  }

  /// One follower, and all others as one: these have what was decided, since they are a majority.
  private static final class Run implements StateMachine {
    private final Entropy entropy;
    private final MatchingRaft follower = new MatchingRaft();
    private final Below below = new Below();
    private final List<String> applied = new ArrayList<>();
    private final List<Sent> onTheirWay = new ArrayList<>();
    private List<Entry> others = new ArrayList<>();
    private boolean othersLead;
    private int decided;
    private long term;
    private int commands;

    Run(Entropy entropy) {
      this.entropy = entropy;
    }

    void run(String name) throws Exception {
      open(name);
      for (int i = 0; i < STEPS; i++) {
        step(name);
      }
      catchUp(name);
      follower.log().delete();
    }

    void open(String name) throws Exception {
      InMemoryLog log = new InMemoryLog();
      log.init(name, Map.of());
      follower.raftId("a").members(List.of("a", "b", "c")).setAddress(new UUID(0, 0));
      follower.log(log).stateMachine(this).setDownProtocol(below);
    }

    private void step(String name) {
      switch (entropy.below(12)) {
        case 0 -> othersLead();
        case 1 -> followerLeads();
        case 2, 3 -> others.addAll(othersLead ? newEntries() : List.of());
        case 4 -> decide();
        case 5, 6, 7 -> send();
        default -> deliver(name);
      }
    }

    /// Entries that were not decided may be lost.
    private void othersLead() {
      term++;
      othersLead = true;
      others =
          new ArrayList<>(others.subList(0, decided + entropy.below(others.size() - decided + 1)));
    }

    /// Some of its entries reach the others, if it may lead at all.
    private void followerLeads() {
      List<Entry> own = log();
      if (own.size() >= decided && own.subList(0, decided).equals(others.subList(0, decided))) {
        term++;
        othersLead = false;
        follower.currentTerm(term);
        List<Entry> more = newEntries();
        follower.replaceFrom(own.size() + 1, entries(more));
        own.addAll(more);
        others = new ArrayList<>(own.subList(0, decided + entropy.below(own.size() - decided + 1)));
      }
    }

    private List<Entry> newEntries() {
      List<Entry> entries = new ArrayList<>();
      for (int i = entropy.below(3); i >= 0; i--) {
        entries.add(new Entry(term, "command " + commands++));
      }
      return entries;
    }

    /// A leader decides by entries of its own term.
    private void decide() {
      int until = decided + entropy.below(others.size() - decided + 1);
      if (othersLead && until > 0 && others.get(until - 1).term == term) {
        decided = until;
      }
    }

    private void send() {
      if (othersLead) {
        int from = entropy.below(others.size() + 1);
        int to = from + entropy.below(Math.min(4, others.size() - from + 1));
        onTheirWay.add(new Sent(term, others, from, to, decided));
      }
    }

    private void deliver(String name) {
      if (!onTheirWay.isEmpty()) {
        int which = entropy.below(onTheirWay.size());
        Sent message = onTheirWay.get(which);
        if (entropy.below(3) > 0) {
          onTheirWay.remove(which);
        }
        if (follower.currentTerm(message.term) >= 0) {
          hear(name, message);
        }
      }
    }

    static Address leader(long term) {
      return new UUID(term, 0);
    }

    /// Says what it has of the leader's log by its own account.
    int hear(String name, Sent message) {
      List<Entry> sent = message.log.subList(message.from, message.to);
      int previous = sent.isEmpty() ? 0 : message.from;
      AppendResult result =
          follower
              .impl()
              .handleAppendEntriesRequest(
                  sent.isEmpty() ? null : entries(sent),
                  leader(message.term),
                  previous,
                  previous == 0 ? 0 : message.log.get(previous - 1).term,
                  sent.isEmpty() ? message.term : sent.getFirst().term,
                  message.committed);
      int has = (int) result.index();
      assertThat(log().subList(0, has)).as(name).isEqualTo(message.log.subList(0, has));
      assertThat(applied).as(name).isEqualTo(commands(others.subList(0, applied.size())));
      assertThat(applied.size()).as(name).isLessThanOrEqualTo(decided);
      assertThat(follower.log().currentTerm()).as(name).isEqualTo(follower.currentTerm());
      return has;
    }

    /// A leader that sends what is missing by its answers is soon followed.
    void catchUp(String name) {
      othersLead();
      others.add(new Entry(term, "last"));
      decided = others.size();
      follower.currentTerm(term);
      int has = hear(name, new Sent(term, others, 0, 0, decided));
      hear(name, new Sent(term, others, has, others.size(), decided));
      assertThat(applied).as(name).isEqualTo(commands(others));
    }

    private List<Entry> log() {
      List<Entry> entries = new ArrayList<>();
      for (long i = 1; i <= follower.lastAppended(); i++) {
        LogEntry entry = follower.log().get(i);
        entries.add(
            new Entry(
                entry.term(), new String(entry.command(), entry.offset(), entry.length(), UTF_8)));
      }
      return entries;
    }

    private static LogEntries entries(List<Entry> entries) {
      LogEntries all = new LogEntries();
      for (Entry entry : entries) {
        all.add(new LogEntry(entry.term, entry.command.getBytes(UTF_8)));
      }
      return all;
    }

    private static List<String> commands(List<Entry> entries) {
      return entries.stream().map(Entry::command).toList();
    }

    @Override
    public byte[] apply(byte[] data, int offset, int length, boolean wantsAnswer) {
      applied.add(new String(data, offset, length, UTF_8));
      return data;
    }

    @Override
    public void readContentFrom(DataInput in) {}

    @Override
    public void writeContentTo(DataOutput out) {}
  }
}
