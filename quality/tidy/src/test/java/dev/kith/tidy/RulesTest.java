package dev.kith.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A test that is named beside a rule of `docs/semantics.md` has the rule's id in it.
class RulesTest {
  /// `| ID | rule | tests |`.
  private static final Pattern ROW =
      Pattern.compile("^\\| ([A-Z]+-\\d+) \\|.*\\|(.*)\\|$", Pattern.MULTILINE);

  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract)|e2e/[\\w.]+)`");

  @Test
  void testsCarryTheIdsOfTheirRules() {
    assertThat(violations(Project.read(Path.of("docs/semantics.md")))).isEmpty();
  }

  @Test
  void findsATestThatIsNotThereAndOneWithoutTheId() {
    String rows =
        """
        | XYZ-1 | Something. | `NowhereTest` |
        | XYZ-2 | Something else. | `TourTest`, `e2e/kith.mjs` |
        """;
    assertThat(violations(rows))
        .containsExactly(
            "XYZ-1: there is no NowhereTest",
            "XYZ-2: not in TourTest",
            "XYZ-2: not in e2e/kith.mjs");
  }

  private static List<String> violations(String document) {
    return ROW.matcher(document)
        .results()
        .flatMap(row ->
            TEST.matcher(row.group(2))
                .results()
                .flatMap(test -> violation(row.group(1), test).stream()))
        .toList();
  }

  private static Optional<String> violation(String id, MatchResult test) {
    String name = test.group(1);
    List<String> texts = files(name).map(Project::read).toList();
    if (texts.isEmpty()) {
      return Optional.of(id + ": there is no " + name);
    }
    Pattern whole = Pattern.compile("\\b" + id + "\\b");
    return texts.stream().anyMatch(text -> whole.matcher(text).find())
        ? Optional.empty()
        : Optional.of(id + ": not in " + name);
  }

  private static Stream<Path> files(String name) {
    return name.startsWith("e2e/")
        ? Project.files().stream().filter(file -> file.equals(Path.of(name)))
        : Project.files().stream().filter(file -> file.endsWith(name + ".java"));
  }
}
