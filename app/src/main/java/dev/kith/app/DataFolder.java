package dev.kith.app;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Where a node keeps what must outlive it.
///
/// A node with a port of its own is the same one when it starts again, and finds its folder again.
/// One that listens on any port is another one each time: what it kept would be in the way.
record DataFolder(Path path, boolean isTemporary) implements AutoCloseable {
  /// The one that was named, or the usual one.
  ///
  /// @param returns whether the node is the same one when it starts again
  static DataFolder of(@Nullable Path named, boolean returns) throws Refusal {
    try {
      if (named != null) {
        return new DataFolder(Files.createDirectories(named).toAbsolutePath(), false);
      }
      if (returns) {
        return new DataFolder(Files.createDirectories(usual()), false);
      }
      return new DataFolder(Files.createTempDirectory("kith"), true);
    } catch (IOException e) {
      throw new Refusal("no folder for what outlives a node (--data): " + e);
    }
  }

  /// Where programs keep state (XDG Base Directory Specification).
  private static Path usual() {
    String state = System.getenv("XDG_STATE_HOME");
    return state == null || state.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".local", "state", "kith")
        : Path.of(state, "kith");
  }

  /// Deletes what nobody will look for.
  @Override
  public void close() {
    if (!isTemporary) {
      return;
    }
    try {
      Path _ = Files.walkFileTree(path, new Deletion());
    } catch (IOException e) {
      System.err.println("kith: " + path + " cannot be deleted: " + e);
    }
  }

  /// Files first, then the folders that they were in.
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
