package dev.kith.bench.catalogue;

import static dev.kith.bench.catalogue.Aim.Verdict.MET;
import static dev.kith.bench.catalogue.Aim.Verdict.MISSED;
import static dev.kith.bench.catalogue.Aim.Verdict.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AimTest {
  private static final OptionalDouble NOBODY = OptionalDouble.empty();

  @Test
  void timesPekkoIsJudgedByTheRatio() {
    var aim = new Aim.TimesPekko(1.5);

    assertThat(aim.judge(1, OptionalDouble.of(1.5))).isEqualTo(MET);
    assertThat(aim.judge(1, OptionalDouble.of(1.4))).isEqualTo(MISSED);
    assertThat(aim.judge(1, NOBODY)).isEqualTo(OPEN);
    assertThat(aim).hasToString("at least 1.5 × the best of Pekko");
  }

  @Test
  void figuresAreJudgedByThemselves() {
    assertThat(new Aim.AtLeast(100).judge(100, NOBODY)).isEqualTo(MET);
    assertThat(new Aim.AtLeast(100).judge(99, NOBODY)).isEqualTo(MISSED);
    assertThat(new Aim.AtMost(100).judge(100, NOBODY)).isEqualTo(MET);
    assertThat(new Aim.AtMost(100).judge(101, NOBODY)).isEqualTo(MISSED);
    assertThat(new Aim.AtLeast(492_000)).hasToString("at least 492,000");
  }

  @Test
  void whatIsToBeSeenIsNotJudged() {
    assertThat(new Aim.Seen().judge(1, OptionalDouble.of(9))).isEqualTo(OPEN);
  }
}
