package dev.kith.registrar.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.process.Entropy;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jgroups.Address;
import org.jgroups.EmptyMessage;
import org.jgroups.ObjectMessage;
import org.jgroups.protocols.raft.AppendEntriesRequest;
import org.jgroups.protocols.raft.AppendResult;
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
      new Run("seed " + seed, new SplittableRandom(seed)::nextLong).run();
    }
  }

  /// It would take back what was applied, or acknowledged, behind it.
  @Test
  void aSnapshotOfWhatIsThereIsNotTaken() throws Exception {
    Run run = new Run("snapshots", () -> 0);
    List<Entry> log = List.of(new Entry(1, "a"), new Entry(1, "b"), new Entry(1, "c"));
    run.follower.currentTerm(1);
    run.decide(log, 2);
    assertThat(run.hear(new Sent(1, log, 0, 3, 1))).isEqualTo(3);
    for (int last : List.of(1, 2)) {
      InstallSnapshotRequest snapshot = new InstallSnapshotRequest(1, Run.leader(1), last, 1);
      run.follower.handleUpRequest(new EmptyMessage().setSrc(Run.leader(1)), snapshot);
      assertThat(run.lone.answer().index()).isEqualTo(3);
      assertThat(run.applied).hasSize(last);
    }
    assertThat(run.log()).isEqualTo(log);
    run.lone.forget();
  }

  /// The term may advance between the protocol's look at it and the follower's.
  @Test
  void nobodyLeadsByAMessageOfATermThatHasPassed() throws Exception {
    Run run = new Run("terms", () -> 0);
    run.hear(new Sent(3, List.of(), 0, 0, 0));
    run.follower.currentTerm(4);
    LogEntries entries = Run.entries(List.of(new Entry(3, "late")));
    run.follower.impl().handleAppendEntriesRequest(entries, Run.leader(3), 0, 0, 3, 0);
    assertThat(run.follower.leader()).isNull();
    assertThat(run.follower.lastAppended()).isZero();
    run.lone.forget();
  }

  /// One follower, and all others as one: these have what was decided, since they are a majority.
  private static final class Run implements StateMachine {
    private final String name;
    private final Entropy entropy;
    private final LoneRaft lone;
    private final MatchingRaft follower;
    private final List<String> applied = new ArrayList<>();
    private final List<Sent> onTheirWay = new ArrayList<>();
    private List<Entry> others = new ArrayList<>();
    private boolean othersLead;
    private int decided;
    private long term;
    private int commands;

    Run(String name, Entropy entropy) throws Exception {
      this.name = name;
      this.entropy = entropy;
      lone = new LoneRaft(name);
      follower = lone.raft;
      follower.stateMachine(this);
    }

    void run() throws Exception {
      for (int i = 0; i < STEPS; i++) {
        step();
      }
      catchUp();
      lone.forget();
    }

    private void step() throws Exception {
      switch (entropy.below(12)) {
        case 0 -> othersLead();
        case 1 -> followerLeads();
        case 2, 3 -> others.addAll(othersLead ? newEntries() : List.of());
        case 4 -> decide();
        case 5, 6, 7 -> send();
        default -> deliver();
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

    void decide(List<Entry> log, int until) {
      others = new ArrayList<>(log);
      decided = until;
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

    private void deliver() throws Exception {
      if (!onTheirWay.isEmpty()) {
        int which = entropy.below(onTheirWay.size());
        Sent message = onTheirWay.get(which);
        if (entropy.below(3) > 0) {
          onTheirWay.remove(which);
        }
        if (follower.currentTerm(message.term) >= 0) {
          hear(message);
        }
      }
    }

    static Address leader(long term) {
      return new UUID(term, 0);
    }

    /// Says what it has of the leader's log by its own account.
    int hear(Sent message) throws Exception {
      List<Entry> sent = message.log.subList(message.from, message.to);
      int previous = sent.isEmpty() ? 0 : message.from;
      AppendEntriesRequest header =
          new AppendEntriesRequest(
              leader(message.term),
              message.term,
              previous,
              previous == 0 ? 0 : message.log.get(previous - 1).term,
              sent.isEmpty() ? message.term : sent.getFirst().term,
              message.committed);
      LogEntries entries = sent.isEmpty() ? null : entries(sent);
      follower.handleUpRequest(
          new ObjectMessage(null, entries).setSrc(leader(message.term)), header);
      AppendResult result = lone.answer();
      int has = (int) result.index();
      assertThat(log().subList(0, has)).as(name).isEqualTo(message.log.subList(0, has));
      assertThat(applied).as(name).isEqualTo(commands(others.subList(0, applied.size())));
      assertThat(applied.size()).as(name).isLessThanOrEqualTo(decided);
      return has;
    }

    /// A leader that sends what is missing by its answers is soon followed.
    void catchUp() throws Exception {
      othersLead();
      others.add(new Entry(term, "last"));
      decided = others.size();
      follower.currentTerm(term);
      int has = hear(new Sent(term, others, 0, 0, decided));
      hear(new Sent(term, others, has, others.size(), decided));
      assertThat(applied).as(name).isEqualTo(commands(others));
    }

    List<Entry> log() {
      List<Entry> entries = new ArrayList<>();
      for (long i = 1; i <= follower.lastAppended(); i++) {
        LogEntry entry = follower.log().get(i);
        entries.add(
            new Entry(
                entry.term(), new String(entry.command(), entry.offset(), entry.length(), UTF_8)));
      }
      return entries;
    }

    static LogEntries entries(List<Entry> entries) {
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
