/// Supervision: processes that start other processes and decide what happens when these end.
///
/// Read in this order: [Supervisor][dev.kith.supervision.Supervisor], which is what most programs
/// are built of, and its [SupervisorSpec][dev.kith.supervision.SupervisorSpec]; then
/// [ChildSpec][dev.kith.supervision.ChildSpec], what it must know of a child. For children that
/// come and go there is [DynamicSupervisor][dev.kith.supervision.DynamicSupervisor] with its
/// [DynamicSupervisorSpec][dev.kith.supervision.DynamicSupervisorSpec].
///
/// - Whether a child restarts, and who with it: [Restart][dev.kith.supervision.Restart],
///   [RestartStrategy][dev.kith.supervision.RestartStrategy].
/// - When a supervisor gives up, and how long it waits before it tries again:
///   [RestartIntensity][dev.kith.supervision.RestartIntensity],
///   [RestartBackoff][dev.kith.supervision.RestartBackoff].
/// - How a child is stopped: [Shutdown][dev.kith.supervision.Shutdown]. Whether a supervisor ends
///   when its work is done: [AutoShutdown][dev.kith.supervision.AutoShutdown].
/// - What requests to a supervisor come to: [ChildStart][dev.kith.supervision.ChildStart],
///   [ChildRestart][dev.kith.supervision.ChildRestart],
///   [ChildTermination][dev.kith.supervision.ChildTermination],
///   [ChildDeletion][dev.kith.supervision.ChildDeletion],
///   [ChildCounts][dev.kith.supervision.ChildCounts],
///   [ChildReport][dev.kith.supervision.ChildReport] with
///   [ChildType][dev.kith.supervision.ChildType].
///
/// **The one invariant:** a supervisor ends only after all its children have, and stops them in the
/// reverse of the order in which it started them. (It may be killed; then the links end them.)
///
/// Inside, `SupervisorState` and `DynamicState` decide and touch no process; `Brood` does what they
/// say.
///
/// Not here: anything with privileges. A supervisor is a server that starts, links, monitors and
/// stops with what [Self][dev.kith.process.Self] gives to everybody. Restart numbers multiply over
/// the levels of a tree (SUP-13): three levels of 1 in 5 s start a hopeless leaf eight times.
package dev.kith.supervision;
