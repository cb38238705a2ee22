package dev.kith.cluster.registrar;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.cluster.registrar.Registry.Command;
import dev.kith.process.NodeName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/*
 * A kind and its parts, one after the other, as `DataOutput` writes them; texts are behind their length, since
 * `writeUTF` ends at 64 KiB.
 */
/// Commands as bytes: for engines that carry bytes.
///
/// **Failure.** What makes no sense is an [IOException]. **Threading.** Any thread.
public final class RegistryFormat {
  private RegistryFormat() {}

  /// Something that is written.
  private interface Writing {
    void to(DataOutput out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes whatever comes", e);
    }
    return bytes.toByteArray();
  }

  private static DataInput input(byte[] bytes, int from, int length) {
    return new DataInputStream(new ByteArrayInputStream(bytes, from, length));
  }

  // Commands

  /// A command as bytes.
  public static byte[] bytes(Command command) {
    return bytes(out -> write(command, out));
  }

  /// A command of bytes.
  public static Command command(byte[] bytes, int from, int length) throws IOException {
    return command(input(bytes, from, length));
  }

  private static void write(Command command, DataOutput out) throws IOException {
    switch (command) {
      case Command.Join(NodeName node, int incarnation, String address) -> {
        out.writeByte(0);
        text(node.text(), out);
        out.writeInt(incarnation);
        text(address, out);
      }
      case Command.Renew(long stay, long number) -> {
        out.writeByte(1);
        out.writeLong(stay);
        out.writeLong(number);
      }
      case Command.Expire(long stay, long renewed) -> {
        out.writeByte(2);
        out.writeLong(stay);
        out.writeLong(renewed);
      }
      case Command.Leave(long stay) -> {
        out.writeByte(3);
        out.writeLong(stay);
      }
      case Command.Acquire(long stay, String lease, String value) -> {
        out.writeByte(4);
        out.writeLong(stay);
        text(lease, out);
        text(value, out);
      }
      case Command.Release(long stay, String lease, long token) -> {
        out.writeByte(5);
        out.writeLong(stay);
        text(lease, out);
        out.writeLong(token);
      }
      case Command.Write(String lease, long token, String note, String value) -> {
        out.writeByte(6);
        text(lease, out);
        out.writeLong(token);
        text(note, out);
        text(value, out);
      }
      case Command.Read(String note) -> {
        out.writeByte(7);
        text(note, out);
      }
    }
  }

  private static Command command(DataInput in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case 0 -> new Command.Join(node(in), in.readInt(), text(in));
      case 1 -> new Command.Renew(in.readLong(), in.readLong());
      case 2 -> new Command.Expire(in.readLong(), in.readLong());
      case 3 -> new Command.Leave(in.readLong());
      case 4 -> new Command.Acquire(in.readLong(), text(in), text(in));
      case 5 -> new Command.Release(in.readLong(), text(in), in.readLong());
      case 6 -> new Command.Write(text(in), in.readLong(), text(in), text(in));
      case 7 -> new Command.Read(text(in));
      default -> throw new IOException("a command of kind " + kind);
    };
  }

  // Parts

  static void write(Member member, DataOutput out) throws IOException {
    text(member.node().text(), out);
    out.writeInt(member.incarnation());
    text(member.address(), out);
    out.writeLong(member.stay());
  }

  static Member member(DataInput in) throws IOException {
    return new Member(node(in), in.readInt(), text(in), in.readLong());
  }

  static void write(Lease lease, DataOutput out) throws IOException {
    text(lease.name(), out);
    text(lease.holder().text(), out);
    out.writeLong(lease.stay());
    out.writeLong(lease.token());
    text(lease.value(), out);
  }

  static Lease lease(DataInput in) throws IOException {
    return new Lease(text(in), node(in), in.readLong(), in.readLong(), text(in));
  }

  static void text(String text, DataOutput out) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String text(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > 8 * Registrar.VALUE_MAX) {
      throw new IOException("a text of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, UTF_8);
  }

  private static NodeName node(DataInput in) throws IOException {
    try {
      return NodeName.of(text(in));
    } catch (IllegalArgumentException e) {
      throw new IOException(e);
    }
  }
}
