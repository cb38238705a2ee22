package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {
  private static final long SECOND = 1_000_000_000L;

  private final Pulse pulse = new Pulse(Timing.standard(), 0);

  @Test
  void aSilentPeerIsPingedOnce() {
    assertThat(pulse.at(24 * SECOND)).isEqualTo(Pulse.Verdict.FINE);
    assertThat(pulse.at(25 * SECOND)).isEqualTo(Pulse.Verdict.PING);
    assertThat(pulse.at(26 * SECOND)).isEqualTo(Pulse.Verdict.FINE);
  }

  @Test
  void onePingUnansweredIsDeath() {
    pulse.at(25 * SECOND);
    assertThat(pulse.at(45 * SECOND)).isEqualTo(Pulse.Verdict.DEAD);
  }

  @Test
  void anythingHeardIsLife() {
    pulse.at(25 * SECOND);
    pulse.heard(44 * SECOND);
    assertThat(pulse.at(68 * SECOND)).isEqualTo(Pulse.Verdict.FINE);
    assertThat(pulse.at(69 * SECOND)).isEqualTo(Pulse.Verdict.PING);
  }
}
