package dev.kith.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// Gives a test a [World] and closes it afterwards.
///
/// {@snippet lang=java :
/// @ExtendWith(WorldExtension.class)
/// class CounterTest {
///   @Test
///   void adds(World world) { … }
/// }
/// }
///
/// The world has the seed of the system property `kith.seed`, or 0. A test that should hold in any
/// order of events is better played in many worlds ([Exploration]).
///
/// **Failure.** A failing test's message begins with what replays it.
public final class WorldExtension implements ParameterResolver, TestExecutionExceptionHandler {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(WorldExtension.class);

  /// For JUnit.
  public WorldExtension() {}

  /// Closes the world when JUnit closes the test's store.
  private record Kept(World world) implements AutoCloseable {
    @Override
    public void close() {
      world.close();
    }
  }

  /// A world that a constructor asks for is the world of one test too.
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(World.class, _ -> new Kept(World.of(seed())), Kept.class)
        .world();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown) {
    throw new AssertionError(
        "replay with -Dkith.seed=%d -Dtest=%s#%s: %s"
            .formatted(
                seed(),
                context.getRequiredTestClass().getSimpleName(),
                context.getRequiredTestMethod().getName(),
                thrown.getMessage()),
        thrown);
  }

  private static long seed() {
    return Long.getLong("kith.seed", 0);
  }
}
