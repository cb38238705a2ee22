package dev.kith.registrar.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.testing.Loopback;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jgroups.JChannel;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.raft.RAFT;
import org.jgroups.raft.RaftHandle;
import org.jgroups.raft.StateMachine;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// D4: real channels over real sockets: all copies apply the same commands in one order, whatever a
/// leader that was cut off had in its log.
@Tag("slow")
class CopiesTest {
  private static final SessionTiming TIMING = SessionTiming.of(Duration.ofSeconds(3));
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration SILENCE = Duration.ofMillis(500);
  private static final long LOG_BYTES = 1_000_000;

  private final List<Copy> copies = new ArrayList<>();
  private Duration passed = Duration.ZERO;
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    copies.forEach(copy -> copy.channel.close());
  }

  /// With a small log, who was away gets a snapshot.
  @ParameterizedTest
  @ValueSource(longs = {LOG_BYTES, 200})
  void whatALeaderKeptToItselfIsForgotten(long logBytes) throws Exception {
    open(logBytes);
    sayUntilAllHave("start");
    Copy cutOff = leader(copies).orElseThrow();
    List<Copy> others = copies.stream().filter(copy -> copy != cutOff).toList();
    cutOff.cut();
    for (int i = 0; i < 10; i++) {
      cutOff.say("of one alone");
    }
    Loopback.until("another leader", () -> leader(others).isPresent());
    for (int i = 0; i < 20; i++) {
      leader(others).orElseThrow().say("of the others");
    }
    cutOff.heal();
    sayUntilAllHave("end");
    assertThat(copies).extracting(Copy::untilTheEnd).containsOnly(cutOff.untilTheEnd());
  }

  /// As one that collected votes while it was cut off.
  @Test
  void whoWasInALaterTermIsHeardAgain() throws Exception {
    open(LOG_BYTES);
    sayUntilAllHave("start");
    Copy ahead = copies.stream().filter(copy -> !copy.raft.isLeader()).findFirst().orElseThrow();
    ahead.protocol(RAFT.class).currentTerm(100);
    sayUntilAllHave("end");
  }

  private void open(long logBytes) throws Exception {
    List<String> addresses = Ports.free(3);
    JGroupsSpec spec = JGroupsSpec.of(addresses, folder).withTiming(TIMING);
    for (String address : addresses) {
      JChannel channel = Stack.channel(spec, new Voters(addresses), address);
      Copy copy = new Copy(channel);
      copies.add(copy);
      copy.protocol(RAFT.class).maxLogSize(logBytes);
      channel.connect("copies");
    }
  }

  /// Again and again, for what a leader is told that steps down is lost.
  private void sayUntilAllHave(String command) {
    Loopback.until(
        command,
        () -> {
          leader(copies).ifPresent(leader -> leader.say(command));
          LockSupport.parkNanos(PACE.toNanos());
          passed = passed.plus(PACE);
          copies.forEach(copy -> copy.endSilence(passed));
          return copies.stream().allMatch(copy -> copy.applied().contains(command));
        });
  }

  private static Optional<Copy> leader(List<Copy> some) {
    return some.stream().filter(copy -> copy.raft.isLeader()).findFirst();
  }

  /// One node's copy of what was said.
  private static final class Copy implements StateMachine {
    private final List<String> applied = new ArrayList<>();
    private final JChannel channel;
    private final RaftHandle raft;

    Copy(JChannel channel) {
      this.channel = channel;
      this.raft = new RaftHandle(channel, this);
    }

    <T extends Protocol> T protocol(Class<T> type) {
      return channel.getProtocolStack().findProtocol(type);
    }

    void endSilence(Duration now) {
      protocol(Election.class).endSilence(now.toNanos(), SILENCE.toNanos());
    }

    void say(String command) {
      byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
      try {
        var _ = raft.setAsync(bytes, 0, bytes.length);
      } catch (Exception e) {
        // it leads no more
      }
    }

    void cut() throws Exception {
      channel
          .getProtocolStack()
          .insertProtocol(new DISCARD().discardAll(true), ProtocolStack.Position.ABOVE, TP.class);
    }

    void heal() {
      channel.getProtocolStack().removeProtocol(DISCARD.class);
    }

    synchronized List<String> applied() {
      return List.copyOf(applied);
    }

    synchronized List<String> untilTheEnd() {
      return List.copyOf(applied.subList(0, applied.indexOf("end")));
    }

    @Override
    public synchronized byte[] apply(byte[] data, int offset, int length, boolean wantsAnswer) {
      applied.add(new String(data, offset, length, StandardCharsets.UTF_8));
      return new byte[0];
    }

    @Override
    public synchronized void writeContentTo(DataOutput out) throws IOException {
      out.writeInt(applied.size());
      for (String command : applied) {
        out.writeUTF(command);
      }
    }

    @Override
    public synchronized void readContentFrom(DataInput in) throws IOException {
      applied.clear();
      for (int left = in.readInt(); left > 0; left--) {
        applied.add(in.readUTF());
      }
    }
  }
}
