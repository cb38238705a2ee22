package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Random programs of ten processes that send, link, unlink, monitor, demonitor, exit, kill and
/// trap, against what must hold whatever the order was.
class SignalModelTest {
  private static final int PROGRAMS = 600;

  @Test
  void holdsInRandomPrograms() {
    Stage.explore(PROGRAMS, stage -> new Program(stage).run());
  }

  /// One monitor of the program.
  private static final class Watch {
    final Member owner;
    final Member target;
    Cancel cancel;
    boolean cancelledInTime;
    int downs;

    Watch(Member owner, Member target) {
      this.owner = owner;
      this.target = target;
    }
  }

  /// A number that one member sent to another.
  private record Note(Member from, int number) {}

  /// One process of the program, and what it has done.
  private static final class Member {
    final Puppet puppet;
    final boolean traps;
    final Set<Member> linkedEver = new HashSet<>();
    final Set<Member> unlinkedEver = new HashSet<>();

    Member(Puppet puppet, boolean traps) {
      this.puppet = puppet;
      this.traps = traps;
    }

    /// Whether there was a link between the two and neither ever took it away.
    boolean staysLinkedWith(Member other) {
      return (linkedEver.contains(other) || other.linkedEver.contains(this))
          && !unlinkedEver.contains(other)
          && !other.unlinkedEver.contains(this);
    }

    @Override
    public String toString() {
      return puppet.pid().toString();
    }
  }

  private static final class Program {
    private static final int MEMBERS = 10;
    private static final int STEPS = 60;

    private final Stage stage;
    private final List<Member> members = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final Set<ExitReason> reasons =
        new HashSet<>(List.of(ExitReason.normal(), ExitReason.killed(), ExitReason.noProcess()));
    private int numbers;

    Program(Stage stage) {
      this.stage = stage;
    }

    void run() {
      for (int i = 0; i < MEMBERS; i++) {
        boolean traps = stage.world.below(3) == 0;
        members.add(new Member(traps ? stage.puppet().trapping() : stage.puppet(), traps));
      }
      stage.run();
      for (int i = 0; i < STEPS; i++) {
        step(any(), any());
        if (stage.world.below(6) == 0) {
          stage.run();
        }
      }
      stage.run();
      checkEnds();
      checkOrder();
      checkMonitors();
      checkLinks();
      checkSharedFates();
      checkNothingIsLeft();
    }

    private Member any() {
      return members.get(stage.world.below(MEMBERS));
    }

    /// One thing that one member does, perhaps to another.
    private void step(Member one, Member other) {
      ProcessRef<Object> peer = other.puppet.ref();
      switch (stage.world.below(16)) {
        case 0, 1, 2 -> {
          int number = numbers++;
          one.puppet.does(self -> self.send(peer, new Note(one, number)));
        }
        case 3, 4, 5, 6 ->
            one.puppet.does(self -> {
              one.linkedEver.add(other);
              self.link(peer);
            });
        case 7 ->
            one.puppet.does(self -> {
              one.unlinkedEver.add(other);
              self.unlink(peer);
            });
        case 8, 9, 10 -> monitor(new Watch(one, other));
        case 11 -> demonitor();
        case 12 -> one.puppet.does(self -> self.exit(peer, reason("asked")));
        case 13 -> one.puppet.does(self -> self.exit(reason("own")));
        case 14 -> one.puppet.does(self -> self.exit(ExitReason.normal()));
        default -> stage.node.exit(peer, ExitReason.kill());
      }
    }

    private ExitReason reason(String why) {
      ExitReason reason = new ExitReason.Custom(why + " " + numbers++);
      reasons.add(reason);
      return reason;
    }

    private void monitor(Watch watch) {
      watches.add(watch);
      watch.owner.puppet.does(self ->
          watch.cancel =
              self.monitor(watch.target.puppet.ref(), _ -> (Puppet.Act) _ -> watch.downs++));
    }

    private void demonitor() {
      if (!watches.isEmpty()) {
        Watch watch = watches.get(stage.world.below(watches.size()));
        watch.owner.puppet.does(_ -> {
          if (watch.cancel != null && watch.cancel.cancel()) {
            watch.cancelledInTime = true;
          }
        });
      }
    }

    private boolean isAlive(Member member) {
      return stage.node.isAlive(member.puppet.ref());
    }

    private ExitReason endOf(Member member) {
      return stage.reasonsOf(member.puppet.ref()).getFirst();
    }

    /// Each dead one ended once, for a reason that somebody gave.
    private void checkEnds() {
      for (Member member : members) {
        List<ExitReason> ends = stage.reasonsOf(member.puppet.ref());
        assertThat(ends).hasSize(isAlive(member) ? 0 : 1);
        assertThat(reasons).containsAll(ends);
      }
    }

    /// SIG-2 for every pair.
    private void checkOrder() {
      for (Member member : members) {
        Map<Member, Integer> last = new HashMap<>();
        for (Object heard : member.puppet.heard) {
          if (heard instanceof Note(Member from, int number)) {
            Integer before = last.put(from, number);
            assertThat(before == null || before < number).as("order of %s", heard).isTrue();
          }
        }
      }
    }

    /// MON-1, MON-4: exactly one `Down` for each monitor that was not cancelled in time.
    private void checkMonitors() {
      for (Watch watch : watches) {
        if (watch.cancel == null || !isAlive(watch.owner)) {
          assertThat(watch.downs).isLessThanOrEqualTo(1);
          continue;
        }
        boolean tells =
            watch.owner != watch.target && !isAlive(watch.target) && !watch.cancelledInTime;
        assertThat(watch.downs).as("downs of %s", watch.target).isEqualTo(tells ? 1 : 0);
      }
    }

    /// LNK-1, LNK-2: at rest links are symmetric and among the living.
    private void checkLinks() {
      Map<Pid, Set<Pid>> links = new HashMap<>();
      for (Member member : members) {
        if (isAlive(member)) {
          List<Pid> peers =
              stage.node.inspect(member.puppet.ref(), Duration.ofSeconds(1)).orElseThrow().links();
          assertThat(peers).doesNotHaveDuplicates().doesNotContain(member.puppet.pid());
          links.put(member.puppet.pid(), Set.copyOf(peers));
        }
      }
      links.forEach((pid, peers) -> {
        for (Pid peer : peers) {
          assertThat(links.getOrDefault(peer, Set.of())).as("links of %s", peer).contains(pid);
        }
      });
      for (Member one : members) {
        for (Member other : members) {
          if (one != other && isAlive(one) && isAlive(other) && one.staysLinkedWith(other)) {
            assertThat(links.get(one.puppet.pid())).contains(other.puppet.pid());
          }
        }
      }
    }

    /// Section 3: who stayed linked to one that ended abnormally is dead too, or was told once.
    private void checkSharedFates() {
      for (Member one : members) {
        for (Member other : members) {
          if (one == other || !one.staysLinkedWith(other) || !isAlive(one) || isAlive(other)) {
            continue;
          }
          if (one.traps) {
            assertThat(exitsOf(one, other)).as("exits of %s at %s", other, one).isPositive();
          } else {
            assertThat(endOf(other))
                .as("end of %s, linked with %s", other, one)
                .isEqualTo(ExitReason.normal());
          }
        }
      }
    }

    private long exitsOf(Member one, Member other) {
      Pid pid = other.puppet.pid();
      return one.puppet.heard.stream()
          .filter(heard ->
              heard.equals(new Exit(pid, endOf(other)))
                  || heard.equals(new Exit(pid, ExitReason.noProcess())))
          .count();
    }

    private void checkNothingIsLeft() {
      members.forEach(member -> stage.node.exit(member.puppet.ref(), ExitReason.kill()));
      stage.run();
      assertThat(stage.node.processCount()).isZero();
      assertThat(stage.node.processes()).isEmpty();
      assertThat(stage.node.zombieCount()).isZero();
    }
  }
}
