package dev.kith.process;

import org.jspecify.annotations.Nullable;

/// Where an address leads: a process, perhaps through one of its aliases.
record Route(LocalProcess<?> process, @Nullable AliasRef<?> alias) {}
