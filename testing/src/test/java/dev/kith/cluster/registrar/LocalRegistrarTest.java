package dev.kith.cluster.registrar;

import dev.kith.testing.RegistrarContract;
import dev.kith.testing.World;
import dev.kith.testing.WorldExtension;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.ExtendWith;

/// D4: the registrar of one JVM is one, and cannot fail alone.
@ExtendWith(WorldExtension.class)
class LocalRegistrarTest extends RegistrarContract {
  private final World world;
  private final LocalRegistry registry;

  LocalRegistrarTest(World world) {
    this.world = world;
    this.registry = new LocalRegistry(world.node().clock(), SessionTiming.standard());
  }

  @Override
  protected Registrar open(String node) {
    return registry.registrar();
  }

  @Override
  protected void until(String what, BooleanSupplier holds) {
    world.until(holds, Duration.ofSeconds(30));
  }
}
