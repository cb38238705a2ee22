package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Everything at once, for a second or two, and for minutes in a long check: servers, blocking
/// servers and bodies send, call, ask, link, monitor, crash, kill, spin and sleep, and those that
/// die are replaced.
///
/// Then they stop, and the books are compared. Between any two that live, what one has sent is what
/// the other has got, in order (A2, SIG-2); each monitor has told once or still watches somebody
/// who lives (MON-1); each request was answered once (CALL-1); who has mail has run, or it would
/// not answer; and when all are gone, nothing is left of them.
class CrowdTest {
  private static final int SIZE = 40;

  private final Machine machine = new Machine(2);
  private Node node;

  @BeforeEach
  void start() {
    node = machine.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void keepsItsBooks() {
    Crowd crowd = new Crowd(node, SIZE);
    crowd.begin();
    Stress.pass(Stress.crowdSpan());
    crowd.stop();
    Stress.await(
        () -> "books that agree: " + Books.disagreements(crowd.books()),
        () -> Books.disagreements(crowd.books()).isEmpty());
    assertThat(crowd.complaints()).isEmpty();
    assertThat(crowd.lives()).as("some died and were replaced").isGreaterThan(SIZE);
    assertThat(words(crowd.books())).as("words that came to those that live").isPositive();
    crowd.end();
    Stress.await(() -> node.processCount() + " processes to end", () -> node.processCount() == 0);
    Stress.await(() -> "zombies to end: " + node.zombieCount(), () -> node.zombieCount() == 0);
    machine.awaitRest();
  }

  private static long words(List<Books> all) {
    return all.stream().flatMap(books -> books.got().values().stream()).mapToLong(n -> n).sum();
  }
}
