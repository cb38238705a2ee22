package dev.kith.cluster;

import dev.kith.testing.TransportContract;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import dev.kith.wire.node.Transport;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ExtendWith;

/// B3: the simulated network is a transport.
@ExtendWith(WorldExtension.class)
class SimulatedTransportTest extends TransportContract {
  private final World world;
  private final Transport here;
  private final Transport there;

  SimulatedTransportTest(World world) {
    this.world = world;
    this.here = world.network().transport(world.node("a"));
    this.there = world.network().transport(world.node("b"));
  }

  @Override
  protected Transport there() {
    return there;
  }

  @Override
  protected Transport here() {
    return here;
  }

  @Override
  protected String anywhere() {
    return "b:0";
  }

  @Override
  protected void until(String what, BooleanSupplier holds) {
    for (int i = 0; i < 10_000 && !holds.getAsBoolean(); i++) {
      world.advance(Duration.ofMillis(1));
    }
    world.until(holds, Duration.ofSeconds(1));
  }
}
