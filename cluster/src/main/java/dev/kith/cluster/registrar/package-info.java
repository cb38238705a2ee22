/// Who is a member and who holds what: engines that are right about that, behind one interface.
///
/// - [Registrar]: joining, leases, notes, seen from one node; [Registrar.Watcher] hears of changes.
/// - [Member], [Lease], [Change], [Attempt]: what it talks about; [View]: what changes add up to;
///   [RegistrarEvent]: what a node publishes of it. [Fence] refuses those who were replaced.
/// - [RegistrarEngine]: what makes registrars, and runs what they need.
/// - [Stay], [Assurance], [Deadline], [SessionTiming]: for those who write one.
/// - [ReplicatedRegistrar]: for engines that agree on an order of commands ([RegistryLog]) and
///   nothing else. [Registry] is what the commands do, [Keeper] has silent members removed,
///   [RegistryFormat] writes commands as bytes. [LocalRegistry] is the engine of a single JVM.
///
/// ZooKeeper and JGroups are modules of their own. Links say who can be reached, registrars who
/// exists; the two may disagree for a while, and each is right about its own.
@NullMarked
package dev.kith.cluster.registrar;

import org.jspecify.annotations.NullMarked;
