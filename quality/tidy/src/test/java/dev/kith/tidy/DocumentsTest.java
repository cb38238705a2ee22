package dev.kith.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the README, the guide and the Javadoc show is code that was compiled and commands that
/// exist.
class DocumentsTest {
  private static final Set<String> OF_THE_SHELL = Set.of("cd", "export");
  private static final Pattern SNIPPET =
      Pattern.compile("\\{@snippet\\s+class=\"?([\\w.]+)\"?\\s+region=\"?([\\w.-]+)\"?\\s*}");

  @Test
  void javaBlocksAreExamples() {
    var examples = examples().flatMap(source -> Regions.codeOf(source.text())).toList();

    assertThat(javaBlocksThatAreNot(examples, blocksOfDocuments())).isEmpty();
  }

  @Test
  void shellBlocksCallWhatExists() {
    assertThat(commandsThatAreNot(blocksOfDocuments())).isEmpty();
  }

  @Test
  void snippetsOfTheJavadocExist() {
    var shipped = Project.sources().stream().filter(Source::isShipped);

    assertThat(shipped.flatMap(source -> snippetsThatAreNot(source.text()))).isEmpty();
  }

  @Test
  void aRegionMayStandFurtherToTheRightAndHoldAnother() {
    var regions =
        Regions.regions(
            """
            class A {
              // @start region="outer"
              int a;
              // @start region=inner
              int b;
              // @end
              // @end region=outer
            }
            """);

    assertThat(regions).containsEntry("inner", "int b;").containsEntry("outer", "int a;\nint b;");
  }

  @Test
  void findsAJavaBlockThatDiffers() {
    var blocks = Markdown.blocks("a.md", "Text.\n```java\nint a;\n```\n```java\nint b;\n```\n");

    assertThat(javaBlocksThatAreNot(List.of("int a;"), blocks))
        .containsExactly("a.md:5: no example and no region of one is: int b;");
  }

  @Test
  void findsACommandThatIsNotThere() {
    var blocks = Markdown.blocks("a.md", "```sh\n# run it\n./kith chat\n./kiht chat\n```");

    assertThat(commandsThatAreNot(blocks)).containsExactly("a.md:1: no such command: ./kiht");
  }

  @Test
  void findsASnippetThatIsNotThere() {
    var comment = "/// {@snippet class=examples.Nowhere region=nothing}";

    assertThat(snippetsThatAreNot(comment))
        .containsExactly("no region nothing in an example examples.Nowhere");
  }

  private static Stream<Source> examples() {
    return Project.sources().stream().filter(source -> source.path().startsWith("examples/"));
  }

  /// Of the README and the guide.
  private static List<Markdown.Block> blocksOfDocuments() {
    return Project.files().stream()
        .filter(file -> file.equals(Path.of("README.md")) || file.startsWith("docs/guide"))
        .filter(file -> file.toString().endsWith(".md"))
        .flatMap(file -> Markdown.blocks(file.toString(), Project.read(file)).stream())
        .toList();
  }

  private static List<String> javaBlocksThatAreNot(
      List<String> examples, List<Markdown.Block> blocks) {
    return blocks.stream()
        .filter(block -> block.language().equals("java"))
        .filter(block -> !examples.contains(Regions.normal(block.code())))
        .map(block -> block.at("no example and no region of one is: " + firstLine(block)))
        .toList();
  }

  private static String firstLine(Markdown.Block block) {
    return block.code().lines().findFirst().orElse("");
  }

  private static List<String> commandsThatAreNot(List<Markdown.Block> blocks) {
    var violations = new ArrayList<String>();
    for (var block : blocks) {
      if (block.language().equals("sh")) {
        commands(block.code())
            .filter(command -> !exists(command))
            .forEach(command -> violations.add(block.at("no such command: " + command)));
      }
    }
    return violations;
  }

  private static Stream<String> commands(String code) {
    return code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split("\\s+", 2)[0]);
  }

  private static boolean exists(String command) {
    if (command.startsWith("./")) {
      return Files.isExecutable(Project.root().resolve(command));
    }
    return OF_THE_SHELL.contains(command)
        || Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  private static Stream<String> snippetsThatAreNot(String text) {
    return SNIPPET
        .matcher(text)
        .results()
        .filter(snippet -> !isRegion(simple(snippet.group(1)), snippet.group(2)))
        .map(snippet -> "no region " + snippet.group(2) + " in an example " + snippet.group(1));
  }

  private static boolean isRegion(String example, String region) {
    return examples()
        .filter(source -> source.name().equals(example))
        .anyMatch(source -> Regions.regions(source.text()).containsKey(region));
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }
}
