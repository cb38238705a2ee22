package dev.kith.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// B13: the examples of several nodes, each in a JVM of its own.
@Tag("slow")
class NodesTest {
  @Test
  void everybodyWorksForEverybody() throws Exception {
    try (Program a = Program.start(EchoAndCompute.class, "A")) {
      String atA = a.address();
      try (Program b = Program.start(EchoAndCompute.class, "B", atA);
          Program c = Program.start(EchoAndCompute.class, "C", atA)) {
        b.address();
        c.address();
        askUntil(c, "B answers: Hello from C, 42 + 58 = 100");
        askUntil(c, "A answers: Hello from C, 42 + 58 = 100");
        askUntil(b, "C answers: Hello from B, 42 + 58 = 100");
        askUntil(a, "A answers: Hello from A, 42 + 58 = 100");
        assertThat(c.end()).isZero();
        assertThat(b.end()).isZero();
        assertThat(a.end()).isZero();
      }
    }
  }

  /// Nodes meet in their own time; until then, those who are there answer.
  private static void askUntil(Program asking, String answer) throws InterruptedException {
    do {
      asking.type("");
    } while (!asking.says(answer));
  }

  /// The third is told of the second only.
  @Test
  void everybodySeesEverybody() throws Exception {
    try (Program ann = Program.start(TerminalChat.class, "ann");
        Program bob = Program.start(TerminalChat.class, "bob", ann.address());
        Program cid = Program.start(TerminalChat.class, "cid", bob.address())) {
      cid.next("cid is at");
      cid.next("* ann is here");
      ann.next("* cid is here");
      bob.next("* cid is here");
      ann.type("hello");
      for (Program each : new Program[] {ann, bob, cid}) {
        assertThat(each.next("ann: ")).isEqualTo("ann: hello");
      }
      cid.type("hello to you");
      assertThat(ann.next("cid: ")).isEqualTo("cid: hello to you");
      bob.kill();
      ann.next("* bob has gone");
      cid.next("* bob has gone");
      assertThat(cid.end()).isZero();
      ann.next("* cid has gone");
      assertThat(ann.end()).isZero();
    }
  }
}
