/// The `kith` command: wires nodes, gateway and sockets together.
///
/// [Main][dev.kith.app.Main] reads the command line; each command is a class beside it. `Page`
/// serves the chat's page, `Farewell` ends the program in good order.
///
/// `LinkOptions` are those of a node that is one of many, and make it a `LinkedNode`, which keeps
/// what must outlive it in a `DataFolder` and has engines' logs quietened by `EngineLogs`. Several
/// nodes of one command are `ChatNodes`, with an `Ensemble` of ZooKeeper servers; a `Claimant`
/// stands in line for a name.
///
/// **The one invariant:** standard output has what programs read and nothing else, the `ready` line
/// first, then what a `Claimant` says; everything that is meant for people goes to standard error.
package dev.kith.app;
