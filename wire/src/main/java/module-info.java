import org.jspecify.annotations.NullMarked;

/// Bytes to signals: pipes, frames and codecs. Opens no socket.
@NullMarked
module dev.kith.wire {
  requires static transitive org.jspecify;
}
