package dev.kith.registrar.jgroups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// B7: what a datagram says is what was said, or it is nothing.
class BeaconTest {
  private static final Optional<SecretKey> NONE = Optional.empty();
  private static final Optional<SecretKey> KEY = Optional.of(key("one"));

  private static SecretKey key(String text) {
    return new SecretKeySpec(text.getBytes(UTF_8), "HmacSHA256");
  }

  private static Beacon beacon(Beacon.Stage stage) {
    return new Beacon(3, "one:1", stage, List.of("one:1", "zwö:2", "[::1]:3"));
  }

  @ParameterizedTest
  @EnumSource
  void isReadAsItWasWritten(Beacon.Stage stage) throws IOException {
    Beacon beacon = beacon(stage);
    assertThat(Beacon.of(beacon.bytes(NONE), NONE)).contains(beacon);
    assertThat(Beacon.of(beacon.bytes(KEY), KEY)).contains(beacon);
  }

  @Test
  void whoKnowsAnotherSecretIsNotHeard() throws IOException {
    Beacon beacon = beacon(Beacon.Stage.HELD);
    assertThat(Beacon.of(beacon.bytes(Optional.of(key("two"))), KEY)).isEmpty();
    assertThat(Beacon.of(beacon.bytes(NONE), KEY)).isEmpty();
    assertThat(Beacon.of(beacon.bytes(KEY), NONE)).isEmpty();
  }

  @Test
  void aChangedByteIsNotHeard() throws IOException {
    byte[] bytes = beacon(Beacon.Stage.ACCEPTED).bytes(KEY);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThat(Beacon.of(changed, KEY)).isEmpty();
    }
  }

  @Test
  void somethingElseIsNothing() throws IOException {
    byte[] bytes = beacon(Beacon.Stage.ACCEPTED).bytes(NONE);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      byte[] changed = Arrays.copyOf(bytes, random.nextInt(bytes.length + 10));
      for (int j = random.nextInt(4); j > 0 && changed.length > 0; j--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      assertThat(Beacon.of(changed, NONE)).isNotNull();
      assertThat(Beacon.of(changed, KEY)).isEmpty();
    }
  }

  @Test
  void whatIsNoAddressIsNotHeard() throws IOException {
    Beacon beacon = new Beacon(3, "one:1", Beacon.Stage.HELD, List.of("one:1", "two"));
    assertThat(Beacon.of(beacon.bytes(KEY), KEY)).isEmpty();
  }

  @Test
  void tooMuchForADatagramIsSaid() {
    List<String> list = Collections.nCopies(9, "a".repeat(200) + ":1");
    Beacon beacon = new Beacon(9, "one:1", Beacon.Stage.GATHERING, list);
    assertThatIOException().isThrownBy(() -> beacon.bytes(NONE)).withMessageContaining("datagram");
  }
}
