package dev.kith.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Every example runs and prints what the documentation says.
class ExamplesTest {

  @Test
  void hello() throws Exception {
    assertThat(outputOf(() -> Hello.main(new String[0]))).isEqualTo("total 42\n");
  }

  @Test
  void supervision() throws Exception {
    assertThat(outputOf(() -> Supervision.main(new String[0])))
        .isEqualTo(
            """
            a new process holds the name: true
            and the other did not notice: true
            """);
  }

  @Test
  void roomsOfProcesses() throws Exception {
    assertThat(outputOf(() -> RoomsOfProcesses.main(new String[0])))
        .isEqualTo(
            """
            3 heard it
            2 are left
            """);
  }

  @Test
  void watching() throws Exception {
    assertThat(outputOf(() -> Watching.main(new String[0])))
        .isEqualTo(
            """
            monitor: broken
            trapped: broken too
            linked: and me with it
            """);
  }

  @Test
  void turnstile() throws Exception {
    assertThat(outputOf(() -> Turnstile.main(new String[0])))
        .isEqualTo(
            """
            Ann is in
            [1, 4, 9, 16]
            """);
  }

  @Test
  void oneOfMany() throws Exception {
    assertThat(outputOf(() -> OneOfMany.main(new String[0])))
        .isEqualTo(
            """
            saved: 42 sold
            the king is here
            """);
  }

  private interface Program {
    void run() throws Exception;
  }

  private static String outputOf(Program program) throws Exception {
    PrintStream usual = System.out;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(caught, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      program.run();
    } finally {
      System.setOut(usual);
    }
    return caught.toString(StandardCharsets.UTF_8);
  }
}
