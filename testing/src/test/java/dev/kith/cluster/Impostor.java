package dev.kith.cluster;

import dev.kith.process.NodeName;
import dev.kith.wire.node.Bits256;
import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.ByteStreamListener;
import dev.kith.wire.node.Frame;
import dev.kith.wire.node.FrameReader;
import dev.kith.wire.node.FrameWriter;
import dev.kith.wire.node.Handshake;
import dev.kith.wire.node.Hello;
import dev.kith.wire.node.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One end of a connection that says the name of another node and then nothing, for it cannot prove
/// anything; what it is told by frames, it keeps.
final class Impostor implements ByteStreamListener {
  private final Handshake handshake;
  private final ByteStream stream;
  private final FrameReader reader = new FrameReader();
  private final FrameWriter writer = new FrameWriter(Integer.MAX_VALUE);

  /// The kinds of frames that have come.
  final List<Frame.Kind> heard = new ArrayList<>();

  boolean closed;

  Impostor(Handshake.Side side, String name, ByteStream stream) {
    Hello hello =
        new Hello(
            1,
            1,
            0,
            NodeName.of(name),
            1,
            name + ":1",
            "fory-1",
            Nodes.TYPES.hash(),
            900,
            4,
            1 << 20,
            new Bits256(1, 2, 3, 4));
    this.handshake = new Handshake(side, hello, new byte[0], _ -> Optional.empty());
    this.stream = stream;
    send(handshake.begin());
  }

  /// What keeps a connection that this side makes.
  static Transport.Connecting connecting(Handshake.Side side, String name, List<Impostor> into) {
    return new Transport.Connecting() {
      @Override
      public Impostor connected(ByteStream stream) {
        Impostor one = new Impostor(side, name, stream);
        into.add(one);
        return one;
      }

      @Override
      public void failed(String why) {
        throw new AssertionError(why);
      }
    };
  }

  private void send(List<Frame> frames) {
    frames.forEach(frame -> stream.write(writer.frame(frame)));
  }

  @Override
  public void received(ByteBuffer bytes) {
    String _ = reader.read(bytes, this::received);
  }

  private void received(Frame frame) {
    heard.add(frame.kind());
    if (frame.kind() == Frame.Kind.HELLO
        && handshake.receive(frame) instanceof Handshake.Step.Go go) {
      go.frames().stream()
          .filter(answer -> answer.kind() == Frame.Kind.HELLO)
          .forEach(hello -> send(List.of(hello)));
    }
  }

  @Override
  public void writable() {}

  @Override
  public void closed(String why) {
    closed = true;
  }
}
