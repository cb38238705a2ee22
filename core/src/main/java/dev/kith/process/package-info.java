/// Processes: what they are, what can be done to them, and the node they live on.
///
/// # What to read, in order
///
/// 1. [Server][dev.kith.process.Server] and [Body][dev.kith.process.Body] with its
///    [Inbox][dev.kith.process.Inbox]: the two kinds of code.
///    [ProcessSpec][dev.kith.process.ProcessSpec] says how to run it; a
///    [Blueprint][dev.kith.process.Blueprint] makes servers from arguments.
/// 2. [Self][dev.kith.process.Self]: everything a process can do. A start is a
///    [Launch][dev.kith.process.Launch] with a [StartResult][dev.kith.process.StartResult]; what it
///    can take back is a [Cancel][dev.kith.process.Cancel].
/// 3. [Node][dev.kith.process.Node], started from a [NodeSpec][dev.kith.process.NodeSpec]: the same
///    from outside. A [NodeName][dev.kith.process.NodeName] tells nodes apart.
/// 4. [ProcessRef][dev.kith.process.ProcessRef] and [Name][dev.kith.process.Name], the two
///    [Address][dev.kith.process.Address]es that take messages, [Alias][dev.kith.process.Alias], a
///    revocable one, and [Pid][dev.kith.process.Pid], mere identity.
/// 5. [Request][dev.kith.process.Request], [ReplyTo][dev.kith.process.ReplyTo] and
///    [Answer][dev.kith.process.Answer]: asking. A call that fails throws an
///    [ExitException][dev.kith.process.ExitException].
/// 6. [ExitReason][dev.kith.process.ExitReason], [Exit][dev.kith.process.Exit] and
///    [Down][dev.kith.process.Down]: how processes hear of each other's ends. What belongs to a
///    process and goes with it is an [Attachment][dev.kith.process.Attachment].
///
/// Around them: [MailboxLimit][dev.kith.process.MailboxLimit] and
/// [Overflow][dev.kith.process.Overflow] bound what may wait;
/// [ProcessEvent][dev.kith.process.ProcessEvent],
/// [SchedulerEvent][dev.kith.process.SchedulerEvent],
/// [ProcessSnapshot][dev.kith.process.ProcessSnapshot] and
/// [Inspection][dev.kith.process.Inspection] are for those who watch, as is a
/// [Tracer][dev.kith.process.Tracer]; [TraceContext][dev.kith.process.TraceContext] rides along.
/// [Environment][dev.kith.process.Environment] is the world a node lives in:
/// [Clock][dev.kith.process.Clock], [Entropy][dev.kith.process.Entropy] and
/// [Scheduler][dev.kith.process.Scheduler], which runs [Turn][dev.kith.process.Turn]s for a
/// [Slice][dev.kith.process.Slice] and lets threads wait at a [Waiter][dev.kith.process.Waiter].
///
/// Other nodes: a [RemoteName][dev.kith.process.RemoteName] is a name on one of them,
/// [NodeUp][dev.kith.process.NodeUp] and [NodeDown][dev.kith.process.NodeDown] say who can be
/// reached. What connects nodes makes a [Peer][dev.kith.process.Peer] for each and gives it a
/// [Carrier][dev.kith.process.Carrier] of [NodeSignal][dev.kith.process.NodeSignal]s; messages come
/// back as [Letter][dev.kith.process.Letter]s, and what they refer to travels as
/// [Reference][dev.kith.process.Reference]s.
///
/// For those who work on it: a message's way is `LocalProcess.send`, `Mailbox.push`,
/// `Worker.publish`, `RunQueues.work`, `ServerProcess.run`, `Mailbox.poll`. The hard parts explain
/// themselves at the top of `Mailbox`, `Guarded`, `LocalProcess`, `Ask`, `Worker`, `RunQueues`,
/// `MonitorThread` and `Peer`.
///
/// # What happens before what
///
/// - A send happens before the handling of what was sent. So does everything the sender did before.
/// - One turn of a process happens before its next, whatever threads they run on: a process needs
///   no `volatile` and no lock for what is its own.
/// - Everything a process did happens before anybody handles its end: an
///   [Exit][dev.kith.process.Exit], a [Down][dev.kith.process.Down] or a failed
///   [Answer][dev.kith.process.Answer].
/// - A process's names and groups are free before anybody is told of its end (SIG-6).
/// - A registration happens before `spawn` returns; `started` happens before `start` returns.
///
/// # The one invariant
///
/// A process is touched by signals only, and they act in the order in which each sender sent them
/// (SIG-2).
///
/// # Not here
///
/// Restarting (`dev.kith.supervision`), groups (`dev.kith.group`), how nodes meet
/// (`dev.kith.cluster`), and priorities of messages, which are refused (decision 0005).
package dev.kith.process;
