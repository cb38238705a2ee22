/// Behaviours: shapes of processes that occur again and again, made from what every process can do.
///
/// - [StateMachine][dev.kith.server.StateMachine]: one state at a time, with timeouts and messages
///   put off for later; each move is a [Step][dev.kith.server.Step].
/// - [Task][dev.kith.server.Task]: a computation beside the process that wants its result.
///
/// The plainest shape, [Server][dev.kith.process.Server], is with the processes themselves, because
/// they speak of it (decision 0009). Supervisors have a package of their own.
package dev.kith.server;
