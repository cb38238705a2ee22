/// The gateway: how a browser becomes a process.
///
/// Read [Event][dev.kith.gateway.Event], a named event's typed key, then
/// [Handlers][dev.kith.gateway.Handlers], the table of what is done about each
/// ([EventHandler][dev.kith.gateway.EventHandler]), and [Session][dev.kith.gateway.Session], what a
/// handler can do. [Gateway][dev.kith.gateway.Gateway] makes a session of each connection.
/// [Rooms][dev.kith.gateway.Rooms] is where sessions meet, within
/// [RoomLimits][dev.kith.gateway.RoomLimits]; who joins is met with a
/// [Greeting][dev.kith.gateway.Greeting], and processes that subscribe hear
/// [RoomEvent][dev.kith.gateway.RoomEvent]s. An [Origin][dev.kith.gateway.Origin] makes a broadcast
/// safe to repeat.
///
/// **The one invariant:** writing to a client never passes its session's process. A broadcast is
/// encoded once and posted once to each event loop; the loop writes to its own clients, each within
/// its own bounds. So neither a slow client nor a slow session delays anybody else.
///
/// Rooms span the nodes that their scope spans: their members are a group's, what is said goes to
/// one process on each node, and each node writes to its own clients only.
///
/// Not here: sockets, which are `dev.kith.net`'s behind the pipes of `dev.kith.wire`; how nodes are
/// connected, which is `cluster`'s.
package dev.kith.gateway;
