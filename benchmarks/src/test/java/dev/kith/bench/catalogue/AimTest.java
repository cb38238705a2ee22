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
  void othersThanPekkoAreNamed() {
    var share = new Aim.Times(Contestant.NETTY, 0.3);
    assertThat(share.rival()).contains(Contestant.NETTY);
    assertThat(share.judge(1, OptionalDouble.of(0.3))).isEqualTo(MET);
    assertThat(share.judge(1, OptionalDouble.of(0.2))).isEqualTo(MISSED);
    assertThat(share).hasToString("at least 0.3 × netty");
    var lead = new Aim.NoMoreThan(Contestant.KITH_TLS, 2);
    assertThat(lead.judge(1, OptionalDouble.of(2))).isEqualTo(MET);
    assertThat(lead.judge(1, OptionalDouble.of(2.1))).isEqualTo(MISSED);
    assertThat(lead.judge(1, NOBODY)).isEqualTo(OPEN);
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
