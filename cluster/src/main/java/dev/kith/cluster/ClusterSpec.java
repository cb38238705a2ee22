package dev.kith.cluster;

import dev.kith.cluster.codec.ForyCodec;
import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.process.Node;
import dev.kith.wire.node.Codec;
import dev.kith.wire.node.Types;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/// How a node meets others.
///
/// @param listen where it listens, as its transport reads it
/// @param advertised where others reach it, with port 0 for the one that it found to listen on;
///   empty if that is where it listens
/// @param join nodes to begin with: one is enough, from which it learns of all others
/// @param secret what all nodes of the cluster know; may be empty, on one machine
/// @param types which messages may pass
/// @param codec how they are written
/// @param heartbeat how silence is noticed
/// @param backoff how long to wait between attempts to connect
/// @param limits what may wait, and how long it may be
/// @param registrar makes the one that says who is a member and who holds a lease
/// @param access which nodes may connect, and what they may do
public record ClusterSpec(
    String listen,
    String advertised,
    List<String> join,
    Secret secret,
    Types types,
    BiFunction<Types, Node, Codec> codec,
    Heartbeat heartbeat,
    Backoff backoff,
    LinkLimits limits,
    RegistrarEngine registrar,
    Access access) {

  /// All parts are there.
  public ClusterSpec {
    Objects.requireNonNull(listen);
    Objects.requireNonNull(advertised);
    join = List.copyOf(join);
    Objects.requireNonNull(secret);
    Objects.requireNonNull(types);
    Objects.requireNonNull(codec);
    Objects.requireNonNull(heartbeat);
    Objects.requireNonNull(backoff);
    Objects.requireNonNull(limits);
    Objects.requireNonNull(registrar);
    Objects.requireNonNull(access);
  }

  /// A node that listens here, joins nobody, has no secret and takes these messages.
  public static ClusterSpec listening(String address, Types types) {
    return new ClusterSpec(
        address,
        "",
        List.of(),
        Secret.none(),
        types,
        ForyCodec::new,
        Heartbeat.standard(),
        Backoff.standard(),
        LinkLimits.standard(),
        LocalProvider.alone(),
        Access.everybody());
  }

  /// The same, reached from elsewhere under another address.
  public ClusterSpec withAdvertised(String address) {
    return new ClusterSpec(
        listen, address, join, secret, types, codec, heartbeat, backoff, limits, registrar, access);
  }

  /// The same with these nodes to begin with.
  public ClusterSpec withJoin(String... addresses) {
    return withJoin(List.of(addresses));
  }

  /// The same with these nodes to begin with.
  public ClusterSpec withJoin(List<String> addresses) {
    return new ClusterSpec(
        listen,
        advertised,
        addresses,
        secret,
        types,
        codec,
        heartbeat,
        backoff,
        limits,
        registrar,
        access);
  }

  /// The same with a secret.
  public ClusterSpec withSecret(Secret shared) {
    return new ClusterSpec(
        listen,
        advertised,
        join,
        shared,
        types,
        codec,
        heartbeat,
        backoff,
        limits,
        registrar,
        access);
  }

  /// The same with another codec.
  public ClusterSpec withCodec(BiFunction<Types, Node, Codec> other) {
    return new ClusterSpec(
        listen,
        advertised,
        join,
        secret,
        types,
        other,
        heartbeat,
        backoff,
        limits,
        registrar,
        access);
  }

  /// The same with other signs of life.
  public ClusterSpec withHeartbeat(Heartbeat other) {
    return new ClusterSpec(
        listen, advertised, join, secret, types, codec, other, backoff, limits, registrar, access);
  }

  /// The same with another wait between attempts.
  public ClusterSpec withBackoff(Backoff other) {
    return new ClusterSpec(
        listen,
        advertised,
        join,
        secret,
        types,
        codec,
        heartbeat,
        other,
        limits,
        registrar,
        access);
  }

  /// The same with other limits.
  public ClusterSpec withLimits(LinkLimits other) {
    return new ClusterSpec(
        listen,
        advertised,
        join,
        secret,
        types,
        codec,
        heartbeat,
        backoff,
        other,
        registrar,
        access);
  }

  /// The same with another registrar; whoever made the engine closes it, after the cluster. Without
  /// one a node is the only member it knows.
  public ClusterSpec withRegistrar(RegistrarEngine other) {
    return new ClusterSpec(
        listen, advertised, join, secret, types, codec, heartbeat, backoff, limits, other, access);
  }

  /// The same for other nodes, or with another permission for them.
  public ClusterSpec withAccess(Access other) {
    return new ClusterSpec(
        listen,
        advertised,
        join,
        secret,
        types,
        codec,
        heartbeat,
        backoff,
        limits,
        registrar,
        other);
  }
}
