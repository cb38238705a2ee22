package dev.kith.wire.web;

import dev.kith.wire.Pipe;
import dev.kith.wire.PipeListener;
import java.util.Objects;
import java.util.function.Function;

/// An endpoint's verdict on a request for a WebSocket.
public sealed interface Admission {
  /// The upgrade goes ahead.
  ///
  /// @param opening called once on the pipe's loop as soon as the pipe is open, and may write to it
  ///   at once; what it returns owns the pipe
  record Accepted(Function<Pipe, PipeListener> opening) implements Admission {
    /// There must be an owner.
    public Accepted {
      Objects.requireNonNull(opening, "opening");
    }
  }

  /// The client gets this response instead.
  ///
  /// @param response any but a success
  record Refused(WebResponse response) implements Admission {
    /// A refusal that looks like a success would mislead clients.
    public Refused {
      if (response.status().code() < 300) {
        throw new IllegalArgumentException("refused with status " + response.status().code());
      }
    }
  }

  /// The upgrade goes ahead.
  static Admission accept(Function<Pipe, PipeListener> opening) {
    return new Accepted(opening);
  }

  /// The client gets this response instead.
  static Admission refuse(WebResponse response) {
    return new Refused(response);
  }
}
