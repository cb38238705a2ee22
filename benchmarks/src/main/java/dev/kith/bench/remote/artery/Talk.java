package dev.kith.bench.remote.artery;

/// What the two sides say; written by Pekko's Jackson serializer, as CBOR.
public interface Talk {

  /// A record of about a hundred bytes.
  record Order(long id, String customer, String item, int quantity, double price, String note)
      implements Talk {
    static Order of(long id) {
      return new Order(
          id, "customer-0123456789", "item-0123456789", 3, 12.5, "as soon as it can be");
    }
  }

  /// The last of a batch.
  record Last(long number) implements Talk {}

  /// So many messages have come, since the beginning of time.
  record Counted(long messages) implements Talk {}

  /// To who answers.
  record Question(int number) implements Talk {}

  /// The answer.
  record Reply(int number) implements Talk {}
}
