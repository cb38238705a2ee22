/// The `kith` command: wires nodes, gateway and sockets together.
///
/// [Main][dev.kith.app.Main] reads the command line; each command is a class beside it. `Page`
/// serves the chat's page, `Farewell` ends the program in good order.
///
/// **The one invariant:** standard output has the `ready` line and nothing else; everything that is
/// meant for people goes to standard error.
package dev.kith.app;
