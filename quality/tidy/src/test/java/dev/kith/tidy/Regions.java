package dev.kith.tidy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What documents may show: whole files, and regions between `// @start region=name` and `// @end`.
final class Regions {
  private static final Pattern START =
      Pattern.compile("^\\s*// @start\\b.*\\bregion\\s*=\\s*\"?([\\w.-]+)\"?.*");
  private static final Pattern END = Pattern.compile("^\\s*// @end\\b.*");

  private Regions() {}

  /// The code of a file, whole and in regions.
  static Stream<String> codeOf(String text) {
    return Stream.concat(Stream.of(withoutMarks(text)), regions(text).values().stream());
  }

  /// The regions of one file, moved to the left margin.
  static Map<String, String> regions(String text) {
    var regions = new HashMap<String, String>();
    Deque<Open> open = new ArrayDeque<>();
    for (var line : text.lines().toList()) {
      var start = START.matcher(line);
      if (start.matches()) {
        open.push(new Open(start.group(1), new ArrayList<>()));
      } else if (END.matcher(line).matches() && !open.isEmpty()) {
        var done = open.pop();
        regions.put(done.name, normal(String.join("\n", done.lines)));
      } else {
        open.forEach(region -> region.lines.add(line));
      }
    }
    return regions;
  }

  /// The same code, however far to the right it stands and whatever empty lines surround it.
  static String normal(String code) {
    // an empty last line would count as one that is not indented
    return code.replaceAll("(?m)[ \t]+$", "").replaceAll("^\n+|\n+$", "").stripIndent();
  }

  private static String withoutMarks(String text) {
    return normal(
        String.join(
            "\n",
            text.lines()
                .filter(line -> !START.matcher(line).matches() && !END.matcher(line).matches())
                .toList()));
  }

  private record Open(String name, List<String> lines) {}
}
