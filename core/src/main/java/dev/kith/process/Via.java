package dev.kith.process;

/// What a request is sent through on its way: an alias of its receiver, or the connection to the
/// receiver's node.
sealed interface Via permits AliasRef, Crossing {}
