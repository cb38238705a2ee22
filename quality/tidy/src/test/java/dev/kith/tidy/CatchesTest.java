package dev.kith.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A wrong step ends its process. So only named boundaries catch whatever comes, and only those
/// that park a thread catch the interrupt that kills it.
class CatchesTest {
  private static final Set<String> BOUNDARIES_ONLY =
      Set.of("Throwable", "Exception", "RuntimeException", "Error", "InterruptedException");

  @Test
  void onlyNamedBoundariesCatchWhateverComes() {
    var allowances = new Allowances(Allowances.CATCHES);
    var shipped = Project.sources().stream().filter(Source::isShipped).toList();

    assertThat(catchAlls(shipped, allowances)).isEmpty();
    assertThat(allowances.unused()).isEmpty();
  }

  @Test
  void findsThemAmongOthers() {
    var source =
        Source.of(
            "A.java",
            """
            class A {
              void a() {
                try {
                  a();
                } catch (IllegalStateException | Error e) {
                }
              }
            }
            """);

    assertThat(catchAlls(List.of(source), new Allowances(List.of())))
        .containsExactly("A.java:5: catches Error and is no named boundary");
  }

  private static List<String> catchAlls(List<Source> sources, Allowances allowances) {
    var violations = new ArrayList<String>();
    for (var source : sources) {
      source.catches().stream()
          .filter(caught -> BOUNDARIES_ONLY.contains(caught.name()))
          .filter(caught -> !allowances.allow(source, caught.name()))
          .map(caught -> caught.at("catches " + caught.name() + " and is no named boundary"))
          .forEach(violations::add);
    }
    return violations;
  }
}
