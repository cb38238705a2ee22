package dev.kith.cluster;

import dev.kith.process.NodeName;
import dev.kith.process.ProcessSpec;
import dev.kith.testing.Probe;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the digests in heartbeats find.
@ExtendWith(WorldExtension.class)
class SharedScopesTest {
  private static final NodeName OTHER = NodeName.of("other");
  private static final Replication BEHIND = new Replication.Behind(OTHER, 1);

  private final SharedScopes scopes;
  private final Probe<Replication> told;

  SharedScopesTest(World world) {
    told = world.probe(Replication.class);
    world
        .node()
        .spawn(
            ProcessSpec.server(
                    Replication.class, () -> (self, message) -> self.send(told.ref(), message))
                .named(Replicator.NAME));
    scopes = new SharedScopes(world.node());
    scopes.open("test");
    told.expect(new Replication.Opened());
  }

  /// Changes travel behind heartbeats: what came since the last one may still be on its way.
  @Test
  void nobodyIsBehindByWhatHasJustHappened() {
    scopes.compare(OTHER, 1, 1);
    scopes.compare(OTHER, 1, 8);
    told.expectNothingFor(Duration.ofSeconds(1));
  }

  @Test
  void whatIsMissingAtTheNextHeartbeatIsMissed() {
    scopes.compare(OTHER, 1, 8);
    scopes.compare(OTHER, 1, 8);
    told.expect(BEHIND);
  }

  /// The other node does not know that this one has the scope.
  @Test
  void aScopeThatWasNeverAskedForIsMissed() {
    scopes.compare(OTHER, 1, 0);
    told.expect(BEHIND);
  }
}
