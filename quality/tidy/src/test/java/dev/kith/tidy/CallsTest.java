package dev.kith.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Time, chance and the network come in through constructors, or no simulation could stand in for
/// them. So each is touched in one class only.
class CallsTest {
  private static final String CLOCK = "take a Clock";
  private static final String ENTROPY = "take an Entropy";
  private static final String NETWORK = "take a pipe from dev.kith.net";

  /// What is not called, and what to do in its place.
  private static final Map<String, String> BANNED =
      Map.ofEntries(
          Map.entry("System.nanoTime", CLOCK),
          Map.entry("System.currentTimeMillis", CLOCK),
          Map.entry("Instant.now", CLOCK),
          Map.entry("LocalDateTime.now", CLOCK),
          Map.entry("ThreadLocalRandom.current", ENTROPY),
          Map.entry("Math.random", ENTROPY),
          Map.entry("UUID.randomUUID", ENTROPY),
          Map.entry("new Random", ENTROPY),
          Map.entry("new SecureRandom", ENTROPY),
          Map.entry("Thread.sleep", "wait for a message, or set a timer"),
          Map.entry("new Socket", NETWORK),
          Map.entry("new ServerSocket", NETWORK),
          Map.entry("SocketChannel.open", NETWORK),
          Map.entry("ServerSocketChannel.open", NETWORK));

  @Test
  void onlyNamedClassesTouchTimeChanceAndTheNetwork() {
    var allowances = new Allowances(Allowances.CALLS);

    assertThat(banned(Project.sources(), allowances)).isEmpty();
    assertThat(allowances.unused()).isEmpty();
  }

  @Test
  void findsCallsReferencesAndCreations() {
    var source =
        Source.of(
            "A.java",
            """
            class A {
              long a = java.lang.System.nanoTime();
              java.util.function.LongSupplier b = System::nanoTime;
              Object c = new java.net.Socket();
            }
            """);

    assertThat(banned(List.of(source), new Allowances(List.of())))
        .containsExactly(
            "A.java:2: System.nanoTime: take a Clock",
            "A.java:3: System.nanoTime: take a Clock",
            "A.java:4: new Socket: take a pipe from dev.kith.net");
  }

  @Test
  void anAllowanceNamesTheFileAndIsNeeded() {
    var source = Source.of("a/Wall.java", "class Wall { Object now = java.time.Instant.now(); }");
    var allowances =
        new Allowances(
            List.of(
                new Allowances.Allowance("Wall", "Instant.now", "it is the clock"),
                new Allowances.Allowance("Gone", "Instant.now", "it was the clock")));

    assertThat(banned(List.of(source), allowances)).isEmpty();
    assertThat(allowances.unused()).singleElement().asString().contains("Gone");
  }

  private static List<String> banned(List<Source> sources, Allowances allowances) {
    var violations = new ArrayList<String>();
    for (var source : sources) {
      for (var call : source.calls()) {
        bannedAs(call.name())
            .filter(banned -> !allowances.allow(source, banned))
            .ifPresent(banned -> violations.add(call.at(banned + ": " + BANNED.get(banned))));
      }
    }
    return violations;
  }

  /// Also when the type is written with its package.
  private static Optional<String> bannedAs(String call) {
    var creation = call.startsWith("new ");
    var words = call.replace("new ", "").split("\\.");
    var tail = creation ? 1 : 2;
    if (words.length < tail) {
      return Optional.empty();
    }
    var simple =
        (creation ? "new " : "")
            + String.join(".", List.of(words).subList(words.length - tail, words.length));
    return Optional.of(simple).filter(BANNED::containsKey);
  }
}
