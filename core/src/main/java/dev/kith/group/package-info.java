/// Groups: sets of processes under a name, to broadcast to or to pick one of.
///
/// Read [Group][dev.kith.group.Group], the typed key, then [Scope][dev.kith.group.Scope], which
/// knows who is in which group and sends to them. [Pick][dev.kith.group.Pick] says how one member
/// is chosen; [Membership][dev.kith.group.Membership] is what a watcher is told.
///
/// **The one invariant:** a process that has ended is in no group by the time anybody hears of its
/// end.
///
/// The model is OTP's `pg`: overlay networks (scopes) of groups that exist while they have members.
///
/// A scope can span nodes: [SpanningScope][dev.kith.group.SpanningScope] is what connects them sees
/// of it, [Row][dev.kith.group.Row]s of members to be told to others through a
/// [Journal][dev.kith.group.Journal], copies of theirs, and broadcasts from there, which
/// [FanOut][dev.kith.group.FanOut] spreads.
///
/// Not here: how rows travel, which is `cluster`'s, and rooms of sockets, which are `gateway`'s.
package dev.kith.group;
