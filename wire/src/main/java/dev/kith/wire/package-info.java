/// Pipes: how bytes reach a client and come back, whatever carries them.
///
/// Read in this order:
///
/// - [Payload]: one message, text or binary, encoded once and shared by everybody it goes to.
/// - [Loop]: the single thread that owns some thousands of pipes. To touch a pipe, be on its loop.
/// - [Pipe]: a two-way carrier of whole messages with a bounded outbound queue.
/// - [PipeListener]: what a pipe tells its owner, the end exactly once.
/// - [Closure]: how it ended: who ended it ([Cause]), with which [CloseCode], in which words.
///
/// The invariant to remember: **a pipe is plain fields of its loop.** Nothing here is locked,
/// nothing blocks, and no process stands between a room and the sockets of its members: a room
/// posts one task to each loop, and the task writes to the pipes that live there.
///
/// HTTP is next door, in [dev.kith.wire.web]. Byte streams between nodes are not here yet; they
/// will be a second kind of carrier beside [Pipe], on the same loops.
package dev.kith.wire;
