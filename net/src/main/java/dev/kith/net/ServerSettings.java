package dev.kith.net;

import java.net.InetSocketAddress;
import java.util.Objects;

/// Where a server listens, with how many loops, and within which limits.
///
/// @param address port 0 takes any free port
/// @param loops threads that own the connections
/// @param connections how many connections
/// @param http how large requests
/// @param messages how large inbound messages
/// @param rate how many inbound messages
/// @param outbound how much may wait for a slow client
/// @param outboundBudget how much may wait for all slow clients together
/// @param timing how long to wait for what
public record ServerSettings(
    InetSocketAddress address,
    int loops,
    ConnectionLimits connections,
    HttpLimits http,
    MessageLimits messages,
    RateLimit rate,
    OutboundLimits outbound,
    OutboundBudget outboundBudget,
    Timing timing) {
  /// The address must be resolved, and somebody must do the work.
  public ServerSettings {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("unknown host " + address.getHostString());
    }
    Limits.checkPositive("loops", loops);
    Objects.requireNonNull(connections, "connections");
    Objects.requireNonNull(http, "http");
    Objects.requireNonNull(messages, "messages");
    Objects.requireNonNull(rate, "rate");
    Objects.requireNonNull(outbound, "outbound");
    Objects.requireNonNull(outboundBudget, "outboundBudget");
    Objects.requireNonNull(timing, "timing");
  }

  /// The standard limits at this address, with a loop for each processor.
  public static ServerSettings at(InetSocketAddress address) {
    return new ServerSettings(
        address,
        Runtime.getRuntime().availableProcessors(),
        ConnectionLimits.standard(),
        HttpLimits.standard(),
        MessageLimits.standard(),
        RateLimit.standard(),
        OutboundLimits.standard(),
        OutboundBudget.standard(),
        Timing.standard());
  }

  /// The same with another number of loops.
  public ServerSettings withLoops(int loops) {
    return new ServerSettings(
        address, loops, connections, http, messages, rate, outbound, outboundBudget, timing);
  }

  /// The same with other connection limits.
  public ServerSettings withConnections(ConnectionLimits connections) {
    return new ServerSettings(
        address, loops, connections, http, messages, rate, outbound, outboundBudget, timing);
  }

  /// The same with other request limits.
  public ServerSettings withHttp(HttpLimits http) {
    return new ServerSettings(
        address, loops, connections, http, messages, rate, outbound, outboundBudget, timing);
  }

  /// The same with other message limits.
  public ServerSettings withMessages(MessageLimits messages) {
    return new ServerSettings(
        address, loops, connections, http, messages, rate, outbound, outboundBudget, timing);
  }

  /// The same with another rate.
  public ServerSettings withRate(RateLimit rate) {
    return new ServerSettings(
        address, loops, connections, http, messages, rate, outbound, outboundBudget, timing);
  }

  /// The same with other outbound limits.
  public ServerSettings withOutbound(OutboundLimits outbound) {
    return new ServerSettings(
        address, loops, connections, http, messages, rate, outbound, outboundBudget, timing);
  }

  /// The same with another outbound budget.
  public ServerSettings withOutboundBudget(OutboundBudget outboundBudget) {
    return new ServerSettings(
        address, loops, connections, http, messages, rate, outbound, outboundBudget, timing);
  }

  /// The same with other times.
  public ServerSettings withTiming(Timing timing) {
    return new ServerSettings(
        address, loops, connections, http, messages, rate, outbound, outboundBudget, timing);
  }
}
