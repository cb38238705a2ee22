package dev.kith.net;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What a server has seen, as of some moment. Counts since the start, except the first three.
///
/// @param connections open now
/// @param pipes open now
/// @param outboundBytes kept for clients that have not taken them yet, as [OutboundBudget] counts,
///   at the end of each loop's last burst
/// @param requests answered, refusals included
/// @param messagesReceived whole messages handed to listeners
/// @param messagesWritten messages taken into outbound queues
/// @param refusals how often for each reason; every reason has an entry
public record ServerCounts(
    long connections,
    long pipes,
    long outboundBytes,
    long requests,
    long messagesReceived,
    long messagesWritten,
    Map<Refusal, Long> refusals) {
  /// The map is copied and filled up with zeros.
  public ServerCounts {
    var copy = new EnumMap<Refusal, Long>(Refusal.class);
    for (var refusal : Refusal.values()) {
      copy.put(refusal, refusals.getOrDefault(refusal, 0L));
    }
    refusals = Collections.unmodifiableMap(copy);
  }

  /// How often something was refused for this reason.
  public long refused(Refusal why) {
    return refusals.getOrDefault(why, 0L);
  }
}
