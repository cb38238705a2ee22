package dev.kith.wire.node;

import dev.kith.process.NodeSignal;
import dev.kith.process.TraceContext;
import org.jspecify.annotations.Nullable;

/// Signals as bytes: a kind, who it is from, and what the kind says. [SignalReader] is the other
/// half, `docs/protocol.md` the description for others.
///
/// **Threading.** Any thread, each with an [Output] of its own.
public final class SignalWriter {
  static final int MESSAGE = 1;
  static final int REQUEST = 2;
  static final int REPLY = 3;
  static final int FAILURE = 4;
  static final int SPAWN = 5;
  static final int SPAWNED = 6;
  static final int LINK = 7;
  static final int UNLINK = 8;
  static final int UNLINKED = 9;
  static final int LINK_EXIT = 10;
  static final int EXIT = 11;
  static final int MONITOR = 12;
  static final int DEMONITOR = 13;
  static final int DOWN = 14;
  static final int BROADCAST = 15;

  /// Set in the kind when a trace context follows.
  static final int TRACED = 0x80;

  static final int TO_PROCESS = 0;
  static final int TO_ALIAS = 1;
  static final int TO_NAME = 2;

  private SignalWriter() {}

  /// Writes a signal behind what was written.
  ///
  /// @throws IllegalArgumentException if a message in it cannot be encoded
  public static void write(NodeSignal signal, Payloads payloads, Output out) {
    switch (signal) {
      case NodeSignal.Message(long from, var to, Object value, TraceContext trace) -> {
        begin(MESSAGE, from, trace, out);
        target(to, out);
        payloads.write(value, out);
      }
      case NodeSignal.Request(long from, var to, long id, Object value, TraceContext trace) -> {
        begin(REQUEST, from, trace, out);
        target(to, out);
        out.var(id);
        payloads.write(value, out);
      }
      case NodeSignal.Reply(long from, long id, Object value) -> {
        begin(REPLY, from, null, out);
        out.var(id);
        payloads.write(value, out);
      }
      case NodeSignal.Failure(long from, long id, var reason) -> {
        pair(FAILURE, from, id, out);
        Reasons.write(reason, out);
      }
      case NodeSignal.Spawn spawn -> spawn(spawn, payloads, out);
      case NodeSignal.Spawned(long from, long id) -> pair(SPAWNED, from, id, out);
      case NodeSignal.Link(long from, long to) -> pair(LINK, from, to, out);
      case NodeSignal.Unlink(long from, long to, long id) -> triple(UNLINK, from, to, id, out);
      case NodeSignal.Unlinked(long from, long to, long id) -> triple(UNLINKED, from, to, id, out);
      case NodeSignal.LinkExit(long from, long to, var reason) -> {
        pair(LINK_EXIT, from, to, out);
        Reasons.write(reason, out);
      }
      case NodeSignal.Exit(long from, long to, var reason) -> {
        pair(EXIT, from, to, out);
        Reasons.write(reason, out);
      }
      case NodeSignal.Monitor(long from, var to, long id) -> {
        begin(MONITOR, from, null, out);
        target(to, out);
        out.var(id);
      }
      case NodeSignal.Demonitor(long from, long id) -> pair(DEMONITOR, from, id, out);
      case NodeSignal.Down(long from, long id, var reason) -> {
        pair(DOWN, from, id, out);
        Reasons.write(reason, out);
      }
      case NodeSignal.Broadcast(
              long from,
              String scope,
              String group,
              Object value,
              TraceContext trace) -> {
        begin(BROADCAST, from, trace, out);
        out.text(scope);
        out.text(group);
        payloads.write(value, out);
      }
    }
  }

  private static void spawn(NodeSignal.Spawn spawn, Payloads payloads, Output out) {
    pair(SPAWN, spawn.from(), spawn.id(), out);
    out.text(spawn.blueprint());
    out.u8(spawn.linked() ? 1 : 0);
    payloads.write(spawn.argument(), out);
  }

  private static void begin(int kind, long from, @Nullable TraceContext trace, Output out) {
    out.u8(trace == null ? kind : kind | TRACED);
    out.var(from);
    if (trace != null) {
      out.u64(trace.traceHigh());
      out.u64(trace.traceLow());
      out.u64(trace.span());
      out.u8(trace.flags());
    }
  }

  private static void pair(int kind, long from, long second, Output out) {
    begin(kind, from, null, out);
    out.var(second);
  }

  private static void triple(int kind, long from, long second, long third, Output out) {
    pair(kind, from, second, out);
    out.var(third);
  }

  private static void target(NodeSignal.Target to, Output out) {
    switch (to) {
      case NodeSignal.Target.ToProcess(long serial) -> {
        out.u8(TO_PROCESS);
        out.var(serial);
      }
      case NodeSignal.Target.ToAlias(long serial, long id) -> {
        out.u8(TO_ALIAS);
        out.var(serial);
        out.var(id);
      }
      case NodeSignal.Target.ToName(String name) -> {
        out.u8(TO_NAME);
        out.text(name);
      }
    }
  }
}
