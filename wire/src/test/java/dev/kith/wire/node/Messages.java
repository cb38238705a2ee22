package dev.kith.wire.node;

import dev.kith.process.Request;
import java.util.List;
import java.util.Optional;

/// What is sent in these tests.
sealed interface Messages {
  record Text(String text) implements Messages {}

  record Nested(int number, Optional<Messages> inner, List<Color> colors) implements Messages {}

  record Ask(String what) implements Messages, Request<String> {}

  enum Color {
    RED,
    GREEN
  }
}
