package dev.kith.process;

/// A message that wants an answer, and names its type.
///
/// {@snippet lang=java :
/// record Add(int amount) implements Message, Request<Integer> {}
/// }
///
/// Sent with [Self#call] or [Self#ask] it is answered with [Self#reply] or through a [ReplyTo].
/// Sent with a plain `send` it wants no answer, and a reply to it goes nowhere.
///
/// @param <R> the answer
public interface Request<R> {}
