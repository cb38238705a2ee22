package dev.kith.cluster.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.Pid;
import dev.kith.process.Reference;
import dev.kith.wire.node.Codec;
import dev.kith.wire.node.Output;
import dev.kith.wire.node.Types;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.fory.Fory;
import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.logging.LoggerFactory;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.serializer.Serializer;

/*
 * Two instances for each thread, because an instance is not thread-safe and making one takes milliseconds:
 * one for nodes with the same types, which writes numbers in place of names and no shapes, and one for
 * others, which writes names and shapes. Threads of workers keep theirs; virtual threads, of which there are
 * millions, take one from a queue and put it back.
 *
 * What must be set and why (all seen): with registration required alone, an unknown class does not fail but
 * becomes an object of a class made for the purpose, hence `withDeserializeUnknownClass(false)`. Numbers are
 * given explicitly, because otherwise the order of registration decides, and two nodes that registered in
 * another order take one record for another without a word.
 */
/// Messages written by Apache Fory: the default, small and fast.
///
/// **Threading.** Any thread.
public final class ForyCodec implements Codec {
  /// Numbers below this are Fory's own.
  private static final int FIRST_NUMBER = 1_000;

  /// Graphs that are deeper are refused when they are read.
  private static final int DEPTH_MAX = 200;

  private static final byte[] NOTHING = {};

  private final Types types;
  private final Node node;
  private final Mode mode;
  private final ForyCodec tolerant;
  private final ThreadLocal<Tools> ofWorkers = ThreadLocal.withInitial(this::tools);

  /// Unbounded because there are at most as many as threads that wrote at one moment.
  private final Queue<Tools> free = new ConcurrentLinkedQueue<>();

  private enum Mode {
    EXACT,
    TOLERANT
  }

  /// What one thread at a time writes and reads with.
  private static final class Tools {
    final Fory fory;
    final MemoryBuffer buffer = MemoryBuffer.fromByteArray(NOTHING);

    Tools(Fory fory) {
      this.fory = fory;
    }
  }

  static {
    LoggerFactory.disableLogging();
  }

  /// A codec for these types, whose references are this node's.
  public ForyCodec(Types types, Node node) {
    this.types = types;
    this.node = node;
    this.mode = Mode.EXACT;
    this.tolerant = new ForyCodec(types, node, Mode.TOLERANT);
  }

  private ForyCodec(Types types, Node node, Mode mode) {
    this.types = types;
    this.node = node;
    this.mode = mode;
    this.tolerant = this;
  }

  @Override
  public String name() {
    return "fory-1";
  }

  @Override
  public Codec tolerant() {
    return tolerant;
  }

  @Override
  public void encode(Object message, Output out) {
    Tools tools = take();
    boolean sound = false;
    try {
      MemoryBuffer buffer = tools.buffer;
      buffer.pointTo(out.array(), 0, out.array().length);
      buffer.writerIndex(out.size());
      tools.fory.serialize(buffer, message);
      out.goOnWith(buffer.getHeapMemory(), buffer.writerIndex());
      sound = true;
    } catch (RuntimeException e) {
      tools.fory.reset();
      sound = true;
      throw new IllegalArgumentException(
          message.getClass().getName() + " cannot be encoded: " + e.getMessage(), e);
    } finally {
      tools.buffer.pointTo(NOTHING, 0, 0);
      giveBack(tools, sound);
    }
  }

  @Override
  public Object decode(Class<?> type, byte[] bytes, int from, int length) {
    Tools tools = take();
    boolean sound = false;
    try {
      Object message = tools.fory.deserialize(MemoryBuffer.fromByteArray(bytes, from, length));
      sound = true;
      return message;
    } catch (RuntimeException e) {
      tools.fory.reset();
      sound = true;
      throw e;
    } finally {
      giveBack(tools, sound);
    }
  }

  private Tools take() {
    if (!Thread.currentThread().isVirtual()) {
      return ofWorkers.get();
    }
    Tools tools = free.poll();
    return tools == null ? tools() : tools;
  }

  /// What an error has left in the middle of something is not used again.
  private void giveBack(Tools tools, boolean sound) {
    boolean shared = Thread.currentThread().isVirtual();
    if (sound && shared) {
      free.add(tools);
    } else if (!sound && !shared) {
      ofWorkers.remove();
    }
  }

  private Tools tools() {
    Fory fory =
        Fory.builder()
            .withXlang(false)
            .withCompatible(mode == Mode.TOLERANT)
            .requireClassRegistration(true)
            .withDeserializeUnknownClass(false)
            .withRefTracking(false)
            .withMaxDepth(DEPTH_MAX)
            .registerGuavaTypes(false) // or numbers would depend on what else is on the class path
            .suppressClassRegistrationWarnings(true)
            .build();
    int number = FIRST_NUMBER;
    for (Class<?> type : Reference.classes()) {
      register(fory, type, number++);
      fory.registerSerializer(type, serializer(fory.getConfig(), type));
    }
    for (Class<?> type : types.registered()) {
      register(fory, type, number++);
    }
    return new Tools(fory);
  }

  private void register(Fory fory, Class<?> type, int number) {
    switch (mode) {
      case EXACT -> fory.register(type, number);
      case TOLERANT -> {
        String place = type.getPackageName();
        fory.register(
            type, place, type.getName().substring(place.isEmpty() ? 0 : place.length() + 1));
      }
    }
  }

  private <T> Serializer<T> serializer(Config config, Class<T> type) {
    return new ReferenceSerializer<>(config, type, node);
  }

  /// A reference: its kind, a node and two numbers.
  private static final class ReferenceSerializer<T> extends Serializer<T> {
    private final Node node;

    ReferenceSerializer(Config config, Class<T> type, Node node) {
      super(config, type);
      this.node = node;
    }

    @Override
    public void write(WriteContext context, T value) {
      MemoryBuffer out = context.getBuffer();
      Reference reference = node.describe(value).orElseThrow();
      switch (reference) {
        case Reference.OfProcess(Pid pid) -> writePid(0, pid, out);
        case Reference.OfAlias(Pid pid, long id) -> {
          writePid(1, pid, out);
          out.writeVarUInt64(id);
        }
        case Reference.OfReply(NodeName asker, int incarnation, long id) ->
            writePid(2, new Pid(asker, id, incarnation), out);
      }
    }

    private void writePid(int kind, Pid pid, MemoryBuffer out) {
      byte[] name = pid.node().text().getBytes(US_ASCII);
      out.writeByte((byte) kind);
      out.writeByte((byte) name.length);
      out.writeBytes(name);
      out.writeInt32(pid.incarnation());
      out.writeVarUInt64(pid.serial());
    }

    @Override
    @SuppressWarnings("unchecked") // what it is declared as is looked at by the record it goes into
    public T read(ReadContext context) {
      MemoryBuffer in = context.getBuffer();
      int kind = in.readByte();
      byte[] name = in.readBytes(in.readByte() & 0xFF);
      int incarnation = in.readInt32();
      long serial = in.readVarUInt64();
      NodeName of = NodeName.of(new String(name, US_ASCII));
      Pid pid = new Pid(of, serial, incarnation);
      Reference reference =
          switch (kind) {
            case 0 -> new Reference.OfProcess(pid);
            case 1 -> new Reference.OfAlias(pid, in.readVarUInt64());
            case 2 -> new Reference.OfReply(of, incarnation, serial);
            default -> throw new IllegalArgumentException("a reference of kind " + kind);
          };
      return (T) node.resolve(reference);
    }
  }
}
