package dev.kith.tidy;

import java.util.ArrayList;
import java.util.List;

/// The code blocks of a Markdown text.
final class Markdown {
  /// A fenced block: where it begins, its language, and what is between the fences.
  record Block(String file, int line, String language, String code) {
    String at(String problem) {
      return "%s:%d: %s".formatted(file, line, problem);
    }
  }

  private Markdown() {}

  static List<Block> blocks(String file, String text) {
    var blocks = new ArrayList<Block>();
    var lines = text.lines().toList();
    for (int line = 0; line < lines.size(); line++) {
      if (lines.get(line).startsWith("```")) {
        int end = endOfBlock(lines, line + 1);
        var language = lines.get(line).substring(3).strip();
        var code = String.join("\n", lines.subList(line + 1, end));
        blocks.add(new Block(file, line + 1, language, code));
        line = end;
      }
    }
    return blocks;
  }

  private static int endOfBlock(List<String> lines, int from) {
    int end = from;
    while (end < lines.size() && !lines.get(end).startsWith("```")) {
      end++;
    }
    return end;
  }
}
