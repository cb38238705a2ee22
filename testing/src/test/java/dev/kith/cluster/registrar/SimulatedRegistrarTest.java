package dev.kith.cluster.registrar;

import dev.kith.testing.RegistrarFaultContract;
import dev.kith.testing.SimulatedRegistry;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ExtendWith;

/// D4: the registrar of the simulated world is one.
@ExtendWith(WorldExtension.class)
class SimulatedRegistrarTest extends RegistrarFaultContract {
  private final World world;

  SimulatedRegistrarTest(World world) {
    this.world = world;
  }

  @Override
  protected Registrar open(String node) {
    world.registry().heal(node);
    return world.registry().registrar(node);
  }

  @Override
  protected void inflict(Fault fault, String node) {
    switch (fault) {
      case KILL, CUT -> world.registry().cut(node);
      case STOP_ENGINE -> world.registry().stop();
    }
  }

  @Override
  protected void mend(Fault fault, String node) {
    switch (fault) {
      case KILL -> throw new IllegalArgumentException("nobody rises again");
      case CUT -> world.registry().heal(node);
      case STOP_ENGINE -> world.registry().resume();
    }
  }

  @Override
  protected Holder holder(String node) {
    SimulatedRegistry registry = world.registry();
    return holder(node, () -> registry.suspend(node), () -> registry.resume(node));
  }

  @Override
  protected void until(String what, BooleanSupplier holds) {
    for (int i = 0; i < 30_000 && !holds.getAsBoolean(); i++) {
      world.advance(Duration.ofMillis(1));
    }
    world.until(holds, Duration.ofSeconds(1));
  }

  @Override
  protected void pass(Duration time) {
    world.advance(time);
  }
}
