package dev.kith.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.bench.workload.Figures;
import org.junit.jupiter.api.Test;

class ForkedTest {
  @Test
  void figuresAreReadAsTheyWereWrittenAmongOtherLines() {
    var one = Figures.of(1.5, 2.25e9);
    var other = Figures.of(0.1, 3);

    var output = "noise\n" + Forked.line(one) + "\nmore noise\n" + Forked.line(other) + "\n";

    assertThat(Forked.figures(output)).containsExactly(one, other);
  }
}
