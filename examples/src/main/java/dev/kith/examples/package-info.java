/// Small whole programs.
///
/// [Hello][dev.kith.examples.Hello] has one process that counts.
/// [Supervision][dev.kith.examples.Supervision] kills a process and sees it come back.
/// [RoomsOfProcesses][dev.kith.examples.RoomsOfProcesses] uses groups: broadcast, picks and
/// watching. [Watching][dev.kith.examples.Watching] has links and monitors,
/// [Turnstile][dev.kith.examples.Turnstile] a state machine and tasks.
///
/// Over several nodes, each in a JVM of its own: [EchoAndCompute][dev.kith.examples.EchoAndCompute]
/// has processes that ask each other, [TerminalChat][dev.kith.examples.TerminalChat] a group.
package dev.kith.examples;
