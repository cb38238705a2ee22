/// JGroups as a registrar: no server, but nodes that agree among themselves.
///
/// - [JGroupsRegistrar]: makes one; [JGroupsSpec] says who votes, by [Discovery], and where the log
///   is kept. [JGroupsProvider] makes them of what people write.
///
/// For those who work on it: `Voters` is who they are and where, `ServiceRecords` asks the name
/// service for them, `Stack` the protocols of a channel (over `TlsSockets`, if there are
/// certificates), `RaftLog` one node's way to the log, `Replica` its copy of the state, and
/// `Askers` what keeps it from applying a command twice.
///
/// `MatchingRaft` is JGroups' raft with what it lacks of raft: `MatchingFollower` and
/// `MatchingLeader` are its roles, `Election` its terms and votes, `StableLog` what is on disk.
///
/// Voters that find each other: `Bootstrap` is what a node says and hears until all know who votes,
/// `Beacon` one such saying, `VoterFile` what it must not forget, `MulticastDiscovery` the socket.
@NullMarked
package dev.kith.registrar.jgroups;

import org.jspecify.annotations.NullMarked;
