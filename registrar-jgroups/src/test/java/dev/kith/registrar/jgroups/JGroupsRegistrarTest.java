package dev.kith.registrar.jgroups;

import dev.kith.cluster.Secret;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.ReplicatedRegistrar;
import dev.kith.cluster.registrar.SessionTiming;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.NodeSpec;
import dev.kith.testing.HolderJvm;
import dev.kith.testing.Loopback;
import dev.kith.testing.RegistrarFaultContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jgroups.JChannel;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// D4: three real voters, over real sockets, are a registrar for those who do not vote.
@Tag("slow")
class JGroupsRegistrarTest extends RegistrarFaultContract {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration SESSION = Duration.ofSeconds(4);
  private static final SessionTiming TIMING = SessionTiming.of(SESSION);
  private static final String KNOWN = "what all of them know";

  private final Node node = Node.start(NodeSpec.of(NodeName.of("clock")));
  private final List<RaftLog> voters = new ArrayList<>();
  private final Map<String, RaftLog> logs = new HashMap<>();
  private final List<String> addresses = Ports.free(3);
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    startVoters();
    until("a leader", () -> voters.stream().allMatch(voter -> voter.holdup().contains("answer")));
  }

  private void startVoters() {
    for (String address : addresses) {
      voters.add(new RaftLog(node.clock(), node.entropy(), spec(), address));
    }
  }

  private JGroupsSpec spec() {
    return JGroupsSpec.of(addresses, folder).withSecret(Secret.of(KNOWN)).withTiming(TIMING);
  }

  @AfterEach
  void stop() {
    closeAll();
    stopVoters();
    node.close();
  }

  private void stopVoters() {
    voters.forEach(RaftLog::close);
    voters.clear();
  }

  @Override
  protected Registrar open(String name) {
    RaftLog log = new RaftLog(node.clock(), node.entropy(), spec(), Ports.free(1).getFirst());
    logs.put(name, log);
    return new ReplicatedRegistrar(node.clock(), log, TIMING);
  }

  @Override
  protected Holder holder(String name) throws IOException, InterruptedException {
    return HolderJvm.start(
        JGroupsHolder.class,
        name,
        Ports.free(1).getFirst(),
        String.join(",", addresses),
        folder.toString(),
        KNOWN,
        String.valueOf(SESSION.toMillis()));
  }

  @Override
  protected void inflict(Fault fault, String name) {
    switch (fault) {
      case KILL, CUT -> {
        ProtocolStack stack = stack(name);
        stack.insertProtocolInStack(
            new DISCARD().discardAll(true),
            stack.findProtocol(TP.class),
            ProtocolStack.Position.ABOVE);
      }
      case STOP_ENGINE -> stopVoters();
    }
  }

  @Override
  protected void mend(Fault fault, String name) {
    switch (fault) {
      case KILL -> throw new IllegalArgumentException("nobody rises again");
      case CUT -> stack(name).removeProtocol(DISCARD.class);
      case STOP_ENGINE -> startVoters();
    }
  }

  private ProtocolStack stack(String name) {
    JChannel channel = Objects.requireNonNull(logs.get(name)).channel();
    return Objects.requireNonNull(channel).getProtocolStack();
  }

  @Override
  protected void until(String what, BooleanSupplier holds) {
    Loopback.until(what, PATIENCE, holds);
  }

  @Override
  protected void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
