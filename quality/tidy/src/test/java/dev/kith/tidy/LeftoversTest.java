package dev.kith.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is left to do is an issue, not a note in the tree.
class LeftoversTest {
  private static final Pattern LEFTOVER = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
  private static final Set<String> TEXTS =
      Set.of("java", "md", "mjs", "js", "css", "html", "xml", "sh", "kith", "check");

  @Test
  void nothingIsLeftToDo() {
    var violations = new ArrayList<String>();
    for (var file : Project.files()) {
      if (isText(file) && !file.endsWith("LeftoversTest.java")) {
        violations.addAll(leftovers(file, Project.read(file)));
      }
    }

    assertThat(violations).isEmpty();
  }

  @Test
  void findsANoteInAnyLine() {
    assertThat(leftovers(Path.of("a.md"), "fine\nTODO: more\nTODOS are words"))
        .containsExactly("a.md:2: TODO: more");
  }

  private static List<String> leftovers(Path file, String text) {
    var lines = text.lines().toList();
    var violations = new ArrayList<String>();
    for (int line = 0; line < lines.size(); line++) {
      if (LEFTOVER.matcher(lines.get(line)).find()) {
        violations.add("%s:%d: %s".formatted(file, line + 1, lines.get(line).strip()));
      }
    }
    return violations;
  }

  private static boolean isText(Path file) {
    var name = file.getFileName().toString();
    return TEXTS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
