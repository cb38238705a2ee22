/// What a node tells about itself: events as they happen, and a ledger of what was lost.
///
/// Read [SystemEvent][dev.kith.observe.SystemEvent] first, then [Events][dev.kith.observe.Events],
/// which hands them out, and [Drops][dev.kith.observe.Drops] with
/// [DropReason][dev.kith.observe.DropReason].
///
/// **The one invariant:** observing never slows what is observed. Publishing costs one read when
/// nobody listens; a process that listens does so through its bounded mailbox.
///
/// Not here: pictures of single processes, which belong to `dev.kith.process` (`ProcessSnapshot`),
/// and anything that keeps history.
package dev.kith.observe;
