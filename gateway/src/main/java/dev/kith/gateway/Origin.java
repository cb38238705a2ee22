package dev.kith.gateway;

import java.util.Objects;

/// Which session a broadcast is made for, and which of its broadcasts it is: what makes it safe to
/// ask for the same one again, when the process that was asked died and nobody knows how far it
/// came.
///
/// @param session the session's id
/// @param number higher for each later broadcast of the session
public record Origin(String session, long number) {
  public Origin {
    Objects.requireNonNull(session);
  }
}
