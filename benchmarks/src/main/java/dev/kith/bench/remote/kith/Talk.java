package dev.kith.bench.remote.kith;

import dev.kith.process.ProcessRef;
import dev.kith.process.Request;

/// What the two sides say.
sealed interface Talk {

  /// To the receiver of what goes one way.
  sealed interface ToSink extends Talk {}

  /// A record of about a hundred bytes.
  record Order(long id, String customer, String item, int quantity, double price, String note)
      implements ToSink {
    static Order of(long id) {
      return new Order(
          id, "customer-0123456789", "item-0123456789", 3, 12.5, "as soon as it can be");
    }
  }

  /// So many bytes.
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Bytes(byte[] bytes) implements ToSink {}

  /// The last of a batch.
  record Last(ProcessRef<ToSource> source) implements ToSink {}

  /// To the sender of what goes one way.
  sealed interface ToSource extends Talk {}

  /// So many messages have come, since the beginning of time.
  record Counted(long messages) implements ToSource {}

  /// To who answers.
  record Question(int number) implements Talk, Request<Integer> {}

  /// To a process that is started and ends.
  record Child(int number) implements Talk {}

  /// To a process that is started and waits.
  record Idle(int number) implements Talk {}

  /// To members of a group.
  record Word(long number) implements Talk {}

  /// From a side whose members have all got it.
  record Heard(long number, long members) implements Talk {}
}
