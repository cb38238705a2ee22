package dev.kith.registrar.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// D4: what comes twice is applied once, also by a copy that was not there the first time.
class AskersTest {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private final Askers askers = new Askers();

  @Test
  void aQuestionIsAdmittedOnce() {
    assertThat(askers.admit(ONE, 2, 1)).isTrue();
    assertThat(askers.admit(ONE, 1, 1)).isTrue();
    assertThat(askers.admit(OTHER, 2, 2)).isTrue();
    assertThat(askers.admit(ONE, 2, 1)).isFalse();
    assertThat(askers.admit(ONE, 1, 1)).isFalse();
  }

  /// It has its answer, or nobody waits for one.
  @Test
  void whatIsNotWaitedForIsNotAdmitted() {
    assertThat(askers.admit(ONE, 5, 4)).isTrue();
    assertThat(askers.admit(ONE, 3, 1)).isFalse();
    assertThat(askers.admit(ONE, 4, 4)).isTrue();
    assertThat(askers.admit(ONE, 5, 1)).isFalse();
  }

  @Test
  void aNewcomerIsToldWhatWasApplied() throws IOException {
    askers.admit(ONE, 5, 4);
    askers.admit(OTHER, 1, 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    askers.writeTo(new DataOutputStream(bytes));
    Askers newcomer = new Askers();
    newcomer.admit(OTHER, 7, 7);
    newcomer.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(newcomer.admit(ONE, 3, 3)).isFalse();
    assertThat(newcomer.admit(ONE, 4, 4)).isTrue();
    assertThat(newcomer.admit(ONE, 5, 5)).isFalse();
    assertThat(newcomer.admit(OTHER, 1, 1)).isFalse();
    assertThat(newcomer.admit(OTHER, 7, 7)).isTrue();
  }
}
