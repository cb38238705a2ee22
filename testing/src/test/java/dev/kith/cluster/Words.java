package dev.kith.cluster;

import dev.kith.process.ProcessRef;
import dev.kith.process.Request;

/// What processes of these tests say.
sealed interface Words {
  record Say(String text) implements Words {}

  record Numbered(int number) implements Words {}

  record Echo(String text) implements Words, Request<String> {}

  record Introduce(ProcessRef<Words> to) implements Words {}

  record Crash(String why) implements Words {}
}
