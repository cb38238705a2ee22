package dev.kith.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.bench.catalogue.Benchmark;
import dev.kith.bench.catalogue.Contestant;
import dev.kith.bench.catalogue.Suite;
import dev.kith.bench.measure.Effort;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void withoutOptionsEverythingIsMeasuredAtLength() {
    var arguments = of("core");

    assertThat(arguments.format()).isEqualTo(Arguments.Format.TABLE);
    assertThat(arguments.effort()).isEqualTo(Effort.full());
    assertThat(arguments.benchmarks()).isEqualTo(Suite.CORE.benchmarks());
    assertThat(arguments.contestants()).isEqualTo(Suite.CORE.contestants());
  }

  @Test
  void takesAllOptions() {
    var arguments = of("core", "--json", "--quick", "--only", "ring-10k", "--subject", "fjp");

    assertThat(arguments.format()).isEqualTo(Arguments.Format.JSON);
    assertThat(arguments.effort()).isEqualTo(Effort.quick());
    assertThat(arguments.benchmarks()).containsExactly(Benchmark.RING_10K);
    assertThat(arguments.contestants()).containsExactly(Contestant.FJP);
  }

  @Test
  void namesComeInTheCataloguesOrder() {
    var arguments = of("core", "--only", "ask-1,call-1,ping-pong");

    assertThat(arguments.benchmarks())
        .containsExactly(Benchmark.PING_PONG, Benchmark.CALL_1, Benchmark.ASK_1);
  }

  @Test
  void refusesWhatItDoesNotKnowWithOneLine() {
    assertWrong("there are two suites: ./kith bench core and remote");
    assertWrong("there are two suites: ./kith bench core and remote", "net");
    assertWrong("what is --fast?", "core", "--fast");
    assertWrong("--only needs names", "core", "--only");
    assertThatThrownBy(() -> of("core", "--subject", "kith,otp"))
        .isInstanceOf(Arguments.Wrong.class)
        .hasMessageStartingWith("there is no otp among kith, pekko-typed");
    assertThatThrownBy(() -> of("remote", "--subject", "fjp"))
        .isInstanceOf(Arguments.Wrong.class)
        .hasMessage("there is no fjp among kith, kith-tls, pekko-artery, netty");
  }

  @Test
  void theUsageNamesEverything() {
    for (var benchmark : Benchmark.values()) {
      assertThat(Arguments.USAGE).contains(benchmark.toString());
    }
    for (var contestant : Contestant.values()) {
      assertThat(Arguments.USAGE).contains(contestant.toString());
    }
  }

  private static Arguments of(String... words) {
    return Arguments.of(List.of(words));
  }

  private static void assertWrong(String why, String... words) {
    assertThatThrownBy(() -> of(words)).isInstanceOf(Arguments.Wrong.class).hasMessage(why);
  }
}
