package dev.kith.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A method fits on a screen, and a long file says why it is one.
class LengthsTest {
  private static final int METHOD_MAX = 60;
  private static final int FILE_MAX = 500;

  /// A long file holds these words in a comment, followed by the reason.
  private static final String REASON = "Long because";

  @Test
  void methodsFitOnAScreen() {
    var allowances = new Allowances(Allowances.LENGTHS);

    assertThat(longMethods(Project.sources(), allowances)).isEmpty();
    assertThat(allowances.unused()).isEmpty();
  }

  @Test
  void longFilesSayWhy() {
    assertThat(longFiles(Project.sources())).isEmpty();
  }

  @Test
  void findsALongMethodAndAnAllowedOneThatGrew() {
    var source = Source.of("A.java", "class A {\n  void a() {" + "\n".repeat(70) + "  }\n}");
    var allowance = new Allowances.Allowance("A", "A.a", "65 lines: a table");

    assertThat(longMethods(List.of(source), new Allowances(List.of())))
        .containsExactly("A.java:2: A.a has 71 lines, at most 60");
    assertThat(longMethods(List.of(source), new Allowances(List.of(allowance))))
        .containsExactly("A.java:2: A.a has 71 lines, at most 65");
  }

  @Test
  void findsALongFileWithoutReason() {
    var lines = "\n".repeat(600);

    assertThat(longFiles(List.of(Source.of("A.java", "class A {}" + lines))))
        .containsExactly("A.java: 600 lines, and no sentence \"Long because …\"");
    assertThat(longFiles(List.of(Source.of("A.java", "// Long because.\nclass A {}" + lines))))
        .isEmpty();
  }

  private static List<String> longMethods(List<Source> sources, Allowances allowances) {
    var violations = new ArrayList<String>();
    for (var source : sources) {
      for (var method : source.methods()) {
        if (method.length() <= METHOD_MAX) {
          continue;
        }
        var most = Math.max(METHOD_MAX, allowances.lengthAllowed(source, method.name()));
        if (method.length() > most) {
          violations.add(
              method.at(
                  "%s has %d lines, at most %d".formatted(method.name(), method.length(), most)));
        }
      }
    }
    return violations;
  }

  private static List<String> longFiles(List<Source> sources) {
    return sources.stream()
        .filter(source -> source.lines().size() > FILE_MAX && !source.text().contains(REASON))
        .map(source ->
            "%s: %d lines, and no sentence \"%s …\""
                .formatted(source, source.lines().size(), REASON))
        .toList();
  }
}
