/// The simulated world: for testing everything that is built of processes, without sleeping.
///
/// A [World][dev.kith.testing.World] is made from a seed; nodes in it run one turn at a time, in an
/// order that the seed decides, and time jumps when nothing can run. A
/// [Probe][dev.kith.testing.Probe] records what it is sent, for a test to look at.
/// [Exploration][dev.kith.testing.Exploration] plays a scenario in many worlds and says how to
/// replay the one that fails; [WorldExtension][dev.kith.testing.WorldExtension] gives a JUnit test
/// its world; a [Trace][dev.kith.testing.Trace] tells whether two runs were the same. A
/// [SimulatedClient][dev.kith.testing.SimulatedClient] talks to an endpoint over a
/// [SimulatedLoop][dev.kith.testing.SimulatedLoop] instead of a socket.
///
/// **The one invariant:** one thread runs at a time, and the seed decides which. Code that blocks
/// outside of the runtime breaks it and fails the run.
///
/// Nodes talk over a [SimulatedNetwork][dev.kith.testing.SimulatedNetwork], which delays, cuts and
/// breaks what is between them, and nodes in a world always encode what they send. Whoever writes
/// another transport extends [TransportContract][dev.kith.testing.TransportContract]. Who is a
/// member and who holds a lease says a [SimulatedRegistry][dev.kith.testing.SimulatedRegistry];
/// whoever writes another registrar extends [RegistrarContract][dev.kith.testing.RegistrarContract]
/// and, if it can fail, [RegistrarFaultContract][dev.kith.testing.RegistrarFaultContract]. Tests
/// with real sockets find ports and wait by [Loopback][dev.kith.testing.Loopback], and have
/// certificates signed by an [Authority][dev.kith.testing.Authority];
/// [DiscoveryContract][dev.kith.testing.DiscoveryContract] is for engines that nodes find each
/// other by. A program in an [OtherJvm][dev.kith.testing.OtherJvm] can be killed and suspended, as
/// a [HolderJvm][dev.kith.testing.HolderJvm] is by the registrars' contract.
/// [LogLines][dev.kith.testing.LogLines] are what was logged.
package dev.kith.testing;
