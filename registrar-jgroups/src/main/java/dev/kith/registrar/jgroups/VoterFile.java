package dev.kith.registrar.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/*
 *   # a line for people
 *   accepted | held
 *   HOST:PORT
 *   …
 */
/// Who votes, as a node has last gone by, in a file that people can read.
record VoterFile(Path path) implements Bootstrap.Notebook {
  private static final String HEAD =
      "# Who votes. With another list this node would be of another cluster.";

  private static final String HELD = "held";
  private static final String ACCEPTED = "accepted";

  /// That of the node with this link address.
  static VoterFile of(Path folder, String address) {
    return new VoterFile(folder.resolve("voters-" + address.replaceAll("[^\\w.-]", "_")));
  }

  @Override
  public Bootstrap.Note read() throws IOException {
    if (!Files.exists(path)) {
      return new Bootstrap.Note(false, List.of());
    }
    List<String> lines = Files.readAllLines(path);
    if (lines.size() < 3 || !List.of(HELD, ACCEPTED).contains(lines.get(1))) {
      throw new IOException(path + " is no list of voters");
    }
    return new Bootstrap.Note(lines.get(1).equals(HELD), lines.subList(2, lines.size()));
  }

  @Override
  public void write(Bootstrap.Note note) throws IOException {
    String stage = note.isHeld() ? HELD : ACCEPTED;
    String text = String.join("\n", HEAD, stage, String.join("\n", note.list())) + "\n";
    Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
    Path next = path.resolveSibling(path.getFileName() + ".next");
    Files.createDirectories(folder);
    try (FileChannel file =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        int _ = file.write(bytes);
      }
      file.force(true);
    }
    Path _ = Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
