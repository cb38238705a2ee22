package dev.kith.wire.node;

import dev.kith.process.NodeSignal;
import dev.kith.process.TraceContext;
import org.jspecify.annotations.Nullable;

/// Signals from bytes: the other half of [SignalWriter].
final class SignalReader {
  private static final int NAME_MAX = NodeSignal.NAME_BYTES_MAX;

  private SignalReader() {}

  /// Reads one signal, which must be all there is.
  ///
  /// @throws Malformed if it is none
  static NodeSignal read(Input in, Payloads payloads) {
    int head = in.u8();
    int kind = head & ~SignalWriter.TRACED;
    long from = in.var();
    TraceContext trace = (head & SignalWriter.TRACED) == 0 ? null : trace(in);
    NodeSignal signal = read(kind, from, trace, in, payloads);
    in.end();
    return signal;
  }

  private static NodeSignal read(
      int kind, long from, @Nullable TraceContext trace, Input in, Payloads payloads) {
    return switch (kind) {
      case SignalWriter.MESSAGE ->
          new NodeSignal.Message(from, target(in), payloads.read(in), trace);
      case SignalWriter.REQUEST ->
          new NodeSignal.Request(from, target(in), in.var(), payloads.read(in), trace);
      case SignalWriter.REPLY -> new NodeSignal.Reply(from, in.var(), payloads.read(in));
      case SignalWriter.FAILURE -> new NodeSignal.Failure(from, in.var(), Reasons.read(in));
      case SignalWriter.SPAWN -> spawn(from, in, payloads);
      case SignalWriter.SPAWNED -> new NodeSignal.Spawned(from, in.var());
      case SignalWriter.LINK -> new NodeSignal.Link(from, in.var());
      case SignalWriter.UNLINK -> new NodeSignal.Unlink(from, in.var(), in.var());
      case SignalWriter.UNLINKED -> new NodeSignal.Unlinked(from, in.var(), in.var());
      case SignalWriter.LINK_EXIT -> new NodeSignal.LinkExit(from, in.var(), Reasons.read(in));
      case SignalWriter.EXIT -> new NodeSignal.Exit(from, in.var(), Reasons.read(in));
      case SignalWriter.MONITOR -> new NodeSignal.Monitor(from, target(in), in.var());
      case SignalWriter.DEMONITOR -> new NodeSignal.Demonitor(from, in.var());
      case SignalWriter.DOWN -> new NodeSignal.Down(from, in.var(), Reasons.read(in));
      case SignalWriter.BROADCAST ->
          new NodeSignal.Broadcast(
              from, in.text(NAME_MAX), in.text(NAME_MAX), payloads.read(in), trace);
      default -> throw new Malformed("a signal of kind " + kind);
    };
  }

  private static NodeSignal spawn(long from, Input in, Payloads payloads) {
    long id = in.var();
    String blueprint = in.text(NAME_MAX);
    boolean linked = in.var(1) == 1;
    return new NodeSignal.Spawn(from, id, blueprint, payloads.read(in), linked);
  }

  private static TraceContext trace(Input in) {
    return new TraceContext(in.u64(), in.u64(), in.u64(), (byte) in.u8());
  }

  private static NodeSignal.Target target(Input in) {
    int kind = in.u8();
    return switch (kind) {
      case SignalWriter.TO_PROCESS -> new NodeSignal.Target.ToProcess(in.var());
      case SignalWriter.TO_ALIAS -> new NodeSignal.Target.ToAlias(in.var(), in.var());
      case SignalWriter.TO_NAME -> new NodeSignal.Target.ToName(in.text(NAME_MAX));
      default -> throw new Malformed("a target of kind " + kind);
    };
  }
}
