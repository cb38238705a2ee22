package dev.kith.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testing.OtherJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// B13: the examples of several nodes, each in a JVM of its own.
@Tag("slow")
class NodesTest {
  @Test
  void everybodyWorksForEverybody() throws Exception {
    try (OtherJvm a = OtherJvm.start(EchoAndCompute.class, "A")) {
      String atA = addressOf(a);
      try (OtherJvm b = OtherJvm.start(EchoAndCompute.class, "B", atA);
          OtherJvm c = OtherJvm.start(EchoAndCompute.class, "C", atA)) {
        addressOf(b);
        addressOf(c);
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

  /// Where a program says that it is, which it does first.
  private static String addressOf(OtherJvm program) throws InterruptedException {
    return program.next("").replaceFirst(".* is at ", "");
  }

  /// Nodes meet in their own time; until then, those who are there answer.
  private static void askUntil(OtherJvm asking, String answer) throws InterruptedException {
    do {
      asking.type("");
    } while (!asking.says(answer));
  }

  /// The third is told of the second only.
  @Test
  void everybodySeesEverybody() throws Exception {
    try (OtherJvm ann = OtherJvm.start(TerminalChat.class, "ann");
        OtherJvm bob = OtherJvm.start(TerminalChat.class, "bob", addressOf(ann));
        OtherJvm cid = OtherJvm.start(TerminalChat.class, "cid", addressOf(bob))) {
      cid.next("cid is at");
      cid.next("* ann is here");
      ann.next("* cid is here");
      bob.next("* cid is here");
      ann.type("hello");
      for (OtherJvm each : new OtherJvm[] {ann, bob, cid}) {
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
