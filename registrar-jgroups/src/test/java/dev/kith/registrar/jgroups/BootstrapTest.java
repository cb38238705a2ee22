package dev.kith.registrar.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.registrar.jgroups.Bootstrap.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// B7: nodes that know nothing but a number agree on who votes, or say why not; in a world where
/// beacons are lost, networks are torn and nodes end at any moment, from seeds.
class BootstrapTest {
  private static final int SCHEDULES = 2_000;
  private static final long PERIOD = Bootstrap.PERIOD.toNanos();

  /// What the nodes of one schedule can do to each other.
  private static final class World {
    final SplittableRandom random;
    final int voters;
    final List<Peer> peers = new ArrayList<>();
    final Set<List<String>> held = new HashSet<>();
    long now;
    boolean hostile;

    World(long seed, int voters, int nodes) {
      this.random = new SplittableRandom(seed);
      this.voters = voters;
      for (int i = 0; i < nodes; i++) {
        peers.add(new Peer(this, "n" + i + ":1"));
      }
    }

    boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    /// For so many periods.
    void pass(int periods) {
      for (int i = 0; i < periods; i++) {
        now += PERIOD;
        for (Peer peer : peers) {
          if (hostile) {
            peer.suffer();
          }
          peer.speak();
        }
      }
    }

    void everybodyIsBack() {
      hostile = false;
      peers.forEach(Peer::recover);
    }

    List<Peer> onItsSide(Peer from) {
      return peers.stream().filter(peer -> peer != from && peer.side == from.side).toList();
    }
  }

  /// One node, and its disk.
  private static final class Peer implements Bootstrap.Notebook {
    final World world;
    final String address;
    int side;
    Note note = new Note(false, List.of());
    boolean fullDisk;
    Optional<Bootstrap> life = Optional.empty();

    Peer(World world, String address) {
      this.world = world;
      this.address = address;
    }

    @Override
    public Note read() {
      return note;
    }

    @Override
    public void write(Note next) throws IOException {
      if (fullDisk) {
        throw new IOException("the disk is full");
      }
      boolean follows = next.isHeld() && !next.list().contains(address);
      assertThat(note.list().isEmpty() || note.list().equals(next.list()) || follows)
          .as("%s accepts one list in its life: %s, %s", address, note, next)
          .isTrue();
      note = next;
    }

    void suffer() {
      if (world.chance(10)) {
        life = Optional.empty();
      }
      if (life.isEmpty() && world.chance(30)) {
        start();
      }
      side = world.chance(5) ? 1 - side : side;
      fullDisk = world.chance(10);
    }

    void recover() {
      side = 0;
      fullDisk = false;
      if (life.isEmpty()) {
        start();
      }
    }

    private void start() {
      try {
        life = Optional.of(new Bootstrap(world.voters, address, this));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    void speak() {
      if (life.isPresent() && life.get().speaks(world.now)) {
        Beacon beacon = life.get().beacon(world.now);
        world.onItsSide(this).forEach(peer -> peer.hear(beacon));
      }
    }

    private void hear(Beacon beacon) {
      if (life.isEmpty() || (world.hostile && world.chance(30))) {
        return;
      }
      try {
        life.get().heard(beacon, world.now);
      } catch (IOException _) {
        assertThat(fullDisk).isTrue();
      }
      life.get().held().ifPresent(world.held::add);
    }

    Optional<List<String>> held() {
      return life.flatMap(Bootstrap::held);
    }

    String holdup() {
      return life.map(one -> one.holdup(world.now)).orElse("");
    }
  }

  private static World calm(int voters, int nodes) {
    World world = new World(1, voters, nodes);
    world.everybodyIsBack();
    return world;
  }

  @Test
  void threeOfThree() {
    World world = calm(3, 3);
    world.pass(4);
    assertThat(world.held).containsExactly(List.of("n0:1", "n1:1", "n2:1"));
    assertThat(world.peers).allMatch(peer -> peer.held().isPresent());
  }

  @Test
  void theOthersLearnOfThemAndAreSilent() {
    World world = calm(3, 7);
    world.pass(14);
    assertThat(world.held).hasSize(1);
    assertThat(world.peers).allMatch(peer -> peer.held().isPresent());
    assertThat(world.peers.stream().filter(peer -> peer.life.orElseThrow().speaks(world.now)))
        .hasSize(3);
  }

  @Test
  void tooFewWaitAndSayForWhom() {
    World world = calm(3, 2);
    world.pass(100);
    assertThat(world.held).isEmpty();
    assertThat(world.peers.getFirst().holdup()).contains("2 of 3").contains("n0:1, n1:1");
  }

  @Test
  void whoIsSilentIsNoCandidate() {
    World world = calm(3, 2);
    world.pass(3);
    world.peers.getLast().life = Optional.empty();
    world.pass(10);
    assertThat(world.peers.getFirst().holdup()).contains("1 of 3");
  }

  /// After a restart nobody waits for all again.
  @Test
  void aListIsKept() {
    World world = calm(3, 4);
    world.pass(6);
    world.peers.forEach(peer -> peer.life = Optional.empty());
    world.peers.get(3).recover();
    assertThat(world.peers.get(3).held()).isPresent();
  }

  /// A voter that has lost its disk is told which list it is on.
  @Test
  void whoForgotIsTold() {
    World world = calm(3, 4);
    world.pass(6);
    Peer forgetful = world.peers.getFirst();
    forgetful.note = new Note(false, List.of());
    forgetful.life = Optional.empty();
    forgetful.recover();
    world.pass(1);
    assertThat(forgetful.held()).isEqualTo(world.peers.getLast().held());
  }

  /// Those who do not vote tell newcomers of those who do, should none of them be there.
  @Test
  void newcomersMakeNoOtherList() {
    World world = calm(3, 8);
    List<Peer> late = world.peers.subList(4, 8);
    late.forEach(peer -> peer.life = Optional.empty());
    world.pass(14);
    assertThat(world.held).hasSize(1);
    world.peers.subList(0, 3).forEach(peer -> peer.life = Optional.empty());
    world.pass(14);
    late.forEach(Peer::recover);
    world.pass(14);
    assertThat(world.held).hasSize(1);
    assertThat(late).allMatch(peer -> peer.held().isPresent());
  }

  @Test
  void otherNumbersAreNotHeardButNamed() throws IOException {
    Peer peer = calm(3, 1).peers.getFirst();
    Bootstrap life = peer.life.orElseThrow();
    Beacon other = new Beacon(5, "other:1", Beacon.Stage.HELD, List.of("other:1"));
    life.heard(other, 0);
    assertThat(life.held()).isEmpty();
    assertThat(life.oddity(other))
        .hasValueSatisfying(words -> assertThat(words).contains("5 vote"));
  }

  @Test
  void aListOfAnotherLengthIsNone() throws IOException {
    Bootstrap life = calm(3, 1).peers.getFirst().life.orElseThrow();
    life.heard(new Beacon(3, "x:1", Beacon.Stage.HELD, List.of("x:1", "y:1")), 0);
    assertThat(life.held()).isEmpty();
  }

  @Test
  void anotherClusterIsNamed() throws IOException {
    World world = calm(2, 2);
    world.pass(4);
    Bootstrap life = world.peers.getFirst().life.orElseThrow();
    Beacon other = new Beacon(2, "n2:1", Beacon.Stage.HELD, List.of("n2:1", "n3:1"));
    life.heard(other, world.now);
    assertThat(life.held()).contains(List.of("n0:1", "n1:1"));
    assertThat(life.oddity(other)).hasValueSatisfying(words -> assertThat(words).contains("group"));
  }

  /// Two lists that are held have nobody in common; with fewer than twice as many nodes as voters
  /// there is one. When all is well again, all know it, or those that cannot say why.
  @Test
  void neverTwoLists() {
    int agreed = 0;
    for (long seed = 0; seed < SCHEDULES; seed++) {
      SplittableRandom shape = new SplittableRandom(seed);
      int voters = 2 + shape.nextInt(4);
      int nodes = voters + shape.nextInt(voters);
      boolean isShort = shape.nextInt(2) == 0;
      World world = new World(seed, voters, nodes);
      world.hostile = true;
      world.pass((isShort ? 1 : 10) + shape.nextInt(isShort ? 6 : 40));
      world.everybodyIsBack();
      world.pass(10);
      assertThat(world.held).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
      boolean all = world.peers.stream().allMatch(peer -> peer.held().isPresent());
      agreed += all ? 1 : 0;
      assertThat(all || tornApart(world))
          .as("seed %d: %s", seed, world.peers.stream().map(Peer::holdup).toList())
          .isTrue();
    }
    assertThat(agreed).isGreaterThan(SCHEDULES * 9 / 10);
  }

  private static boolean tornApart(World world) {
    return world.peers.stream().anyMatch(peer -> peer.holdup().contains("torn apart"));
  }
}
