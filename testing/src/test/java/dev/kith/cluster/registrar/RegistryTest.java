package dev.kith.cluster.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kith.cluster.registrar.Registry.Applied;
import dev.kith.cluster.registrar.Registry.Command;
import dev.kith.process.NodeName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// D4: the same commands make the same state everywhere, as bytes too, and also for whoever begins
/// with a snapshot in the middle.
class RegistryTest {
  private static final int STEPS = 3_000;

  private final List<Long> stays = new ArrayList<>(List.of(0L));
  private final List<Lease> leases =
      new ArrayList<>(List.of(new Lease("none", NodeName.of("x"), 0, 0, "")));
  private final Set<Long> tokens = new HashSet<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void allCopiesAreTheSame(long seed) throws IOException {
    SplittableRandom chance = new SplittableRandom(seed);
    Registry first = new Registry();
    Registry second = new Registry();
    Registry third = new Registry();
    View view = new View();
    View late = new View();
    for (int step = 0; step < STEPS; step++) {
      Command command = command(chance);
      Applied applied = first.apply(command);
      byte[] bytes = RegistryFormat.bytes(command);
      Command read = RegistryFormat.command(bytes, 0, bytes.length);
      assertThat(read).isEqualTo(command);
      assertThat(second.apply(read)).isEqualTo(applied);
      if (step == STEPS / 2) {
        third.readFrom(new DataInputStream(new ByteArrayInputStream(whole(first))));
      } else if (step > STEPS / 2) {
        assertThat(third.apply(read)).isEqualTo(applied);
      }
      applied.changes().forEach(view::apply);
      if (step % 100 == 0) {
        late.differences(View.of(first)).forEach(late::apply);
        assertThat(late.members()).isEqualTo(first.members());
        assertThat(late.leases()).isEqualTo(first.leases());
      }
      remember(applied);
    }
    assertThat(whole(second)).isEqualTo(whole(first));
    assertThat(whole(third)).isEqualTo(whole(first));
    assertThat(view.members()).isEqualTo(first.members());
    assertThat(view.leases()).isEqualTo(first.leases());
    assertThat(view.differences(View.of(first))).isEmpty();
    assertThat(tokens).hasSizeGreaterThan(50);
  }

  private void remember(Applied applied) {
    for (Change change : applied.changes()) {
      switch (change) {
        case Change.Joined(Member member) -> stays.add(member.stay());
        case Change.Held(Lease lease) -> {
          assertThat(lease.token()).isGreaterThan(leases.getLast().token());
          assertThat(tokens.add(lease.token())).isTrue();
          leases.add(lease);
        }
        case Change.Removed _, Change.Freed _ -> {
          // seen by the view
        }
      }
    }
  }

  private Command command(SplittableRandom chance) {
    long stay = recent(stays, chance);
    Lease lease = recent(leases, chance);
    String name = "lease " + chance.nextInt(4);
    return switch (chance.nextInt(9)) {
      case 0 ->
          new Command.Join(NodeName.of("n" + chance.nextInt(3)), 1 + chance.nextInt(2), "h:1");
      case 1 -> new Command.Renew(stay, chance.nextInt(100));
      case 2 -> new Command.Expire(stay, chance.nextInt(100));
      case 3 -> new Command.Leave(stay);
      case 4, 5 -> new Command.Acquire(stay, name, "wert ä " + chance.nextInt());
      case 6 -> new Command.Release(lease.stay(), lease.name(), lease.token());
      case 7 -> new Command.Write(lease.name(), lease.token(), "note", "x".repeat(70_000));
      default -> new Command.Read(chance.nextBoolean() ? "note" : "none");
    };
  }

  private static <T> T recent(List<T> all, SplittableRandom chance) {
    return all.get(Math.max(0, all.size() - 1 - chance.nextInt(5)));
  }

  private static byte[] whole(Registry registry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      registry.writeTo(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// What makes no sense is refused.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatMakesNoSenseIsAnError(int seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    byte[] sound = RegistryFormat.bytes(new Command.Join(NodeName.of("n"), 1, "host:1"));
    for (int i = 0; i < sound.length; i++) {
      int length = i;
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> RegistryFormat.command(sound, 0, length));
    }
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = sound.clone();
      bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt();
      try {
        assertThat(RegistryFormat.command(bytes, 0, bytes.length)).isNotNull();
      } catch (IOException _) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 19_000);
  }
}
