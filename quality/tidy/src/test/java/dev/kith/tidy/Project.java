package dev.kith.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The checkout that the rules are asked of.
final class Project {
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules");

  private static final List<Source> SOURCES = parse();

  private Project() {}

  static Path root() {
    var given = System.getProperty("kith.root");
    return Path.of(given == null ? "../.." : given).toAbsolutePath().normalize();
  }

  /// Every Java file, in the order of their paths.
  static List<Source> sources() {
    return SOURCES;
  }

  /// Every text file that people write, from the root.
  static List<Path> files() {
    var files = new ArrayList<Path>();
    try {
      Files.walkFileTree(root(), new OwnFiles(files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.stream().sorted().toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(root().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Source> parse() {
    return Source.parse(
        files().stream()
            .filter(file -> file.toString().endsWith(".java"))
            .map(file -> new Source.Text(slashed(file), read(file)))
            .toList());
  }

  private static String slashed(Path file) {
    return file.toString().replace('\\', '/');
  }

  private static final class OwnFiles extends SimpleFileVisitor<Path> {
    private final List<Path> files;

    OwnFiles(List<Path> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      var name = folder.getFileName().toString();
      var hidden = name.startsWith(".") && !folder.equals(root());
      return hidden || NOT_OURS.contains(name)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      files.add(root().relativize(file));
      return FileVisitResult.CONTINUE;
    }
  }
}
