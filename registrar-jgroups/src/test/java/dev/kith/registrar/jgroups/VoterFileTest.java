package dev.kith.registrar.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.kith.registrar.jgroups.Bootstrap.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// B7: who votes outlives a node.
class VoterFileTest {
  @TempDir private Path folder;

  @Test
  void nothingWasWritten() throws IOException {
    assertThat(VoterFile.of(folder, "a:1").read()).isEqualTo(new Note(false, List.of()));
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    VoterFile file = VoterFile.of(folder.resolve("new"), "[::1]:1");
    for (boolean isHeld : List.of(false, true)) {
      Note note = new Note(isHeld, List.of("[::1]:1", "b:2"));
      file.write(note);
      assertThat(VoterFile.of(folder.resolve("new"), "[::1]:1").read()).isEqualTo(note);
    }
    assertThat(VoterFile.of(folder.resolve("new"), "b:2").read().list()).isEmpty();
  }

  @Test
  void somethingElseIsSaid() throws IOException {
    VoterFile file = VoterFile.of(folder, "a:1");
    for (String text : List.of("", "held\n", "# words\nperhaps\na:1\n")) {
      Files.writeString(file.path(), text);
      assertThatIOException().isThrownBy(file::read).withMessageContaining("no list of voters");
    }
  }
}
