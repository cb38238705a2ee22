/// Nodes: how they meet, stay in touch and part.
///
/// Read in this order:
///
/// - [Cluster]: a node among others, started with a [ClusterSpec]; its groups span nodes, and its
///   [AddressBook] knows who has which name, and its [Confirmed] sends end in an [Arrived].
/// - [Secret]: who may take part; [Access]: under which names, and with which [Permission] for each
///   [Deed]; a [LinkEvent] tells what was refused. [Heartbeat]: how silence is noticed; [Backoff]:
///   how patiently it tries again; [LinkLimits]: what may wait on the way, and at the door.
/// - [Enrolment]: who is a member, who leads and who holds a lease, by a registrar
///   (`dev.kith.cluster.registrar`) that a [RegistrarProvider] makes, [LocalProvider] if nothing is
///   said; [ExclusiveNames]: names that one process of all nodes has.
///
/// For those who work on it: `Dialer` is the process that connects, `NodeLink` one connection,
/// `Roster` decides which connections stand, `Mesh` is what they share. `Porch` counts strangers,
/// `Refusals` those that were sent away, `Sentry` looks at what the others do. `Replicator` hears
/// of other nodes' groups, one `Teller` for each of them tells of this node's, `SharedScopes` is
/// what they share. `Post` takes in what is confirmed, and has a `Courier` for each other node.
/// `Steward` speaks with the registrar, `Campaign` wants to lead, `Notary` keeps exclusive names,
/// `Arbiter` ends all but one who have a name of which one is kept. The signals themselves are
/// `dev.kith.process`'s (`Peer`), their bytes `dev.kith.wire.node`'s.
///
/// The invariant to remember: **a connection lives once.** Whatever was tied to it is told of its
/// loss, and nothing of it appears on the next.
package dev.kith.cluster;
