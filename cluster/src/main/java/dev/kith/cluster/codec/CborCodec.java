package dev.kith.cluster.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.Reference;
import dev.kith.process.ReplyTo;
import dev.kith.wire.node.Codec;
import dev.kith.wire.node.Output;
import dev.kith.wire.node.Types;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.impl.DefaultTypeResolverBuilder;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.cbor.CBORMapper;

/// Messages written as CBOR (RFC 8949): larger and slower, and readable by every language.
///
/// A record is a map of its components by name. A value whose declared type is sealed has one entry
/// more, `@type`, with the name of its class, and so has a record in a component declared as
/// `Object`; otherwise the declared type decides. A component that the sender does not know is null
/// or zero, one that the receiver does not know is passed over.
///
/// **Threading.** Any thread.
public final class CborCodec implements Codec {
  private static final String TYPE = "@type";

  private final ObjectMapper mapper;

  /// A codec for these types, whose references are this node's.
  public CborCodec(Types types, Node node) {
    SimpleModule references = new SimpleModule("kith");
    references.addSerializer(ProcessRef.class, new ReferenceWriter<>(node));
    references.addSerializer(ReplyTo.class, new ReferenceWriter<>(node));
    references.addDeserializer(ProcessRef.class, new ReferenceReader<>(node, ProcessRef.class));
    references.addDeserializer(ReplyTo.class, new ReferenceReader<>(node, ReplyTo.class));
    var builder =
        CBORMapper.builder()
            .addModule(references)
            .setDefaultTyping(anything())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    types.sealed().forEach(type -> builder.addMixIn(type, Named.class));
    types
        .registered()
        .forEach(type -> builder.registerSubtypes(new NamedType(type, type.getName())));
    mapper = builder.build();
  }

  /// How components declared as `Object` are told apart: by the names of registered types alone.
  private static DefaultTypeResolverBuilder anything() {
    return new DefaultTypeResolverBuilder(
        BasicPolymorphicTypeValidator.builder().build(),
        DefaultTyping.JAVA_LANG_OBJECT,
        JsonTypeInfo.As.PROPERTY,
        JsonTypeInfo.Id.NAME,
        TYPE);
  }

  /// How values of sealed types are told apart.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = TYPE)
  private interface Named {}

  @Override
  public String name() {
    return "cbor-1";
  }

  @Override
  public Codec tolerant() {
    return this;
  }

  @Override
  public void encode(Object message, Output out) {
    try {
      byte[] bytes = mapper.writeValueAsBytes(message);
      out.raw(bytes, 0, bytes.length);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          message.getClass().getName() + " cannot be encoded: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public Object decode(Class<?> type, byte[] bytes, int from, int length) {
    return mapper.readValue(bytes, from, length, type);
  }

  /// A reference: a list of its kind, a node's name, a life of it and one or two numbers.
  private static final class ReferenceWriter<T> extends ValueSerializer<T> {
    private final Node node;

    ReferenceWriter(Node node) {
      this.node = node;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializationContext context) {
      Reference reference = node.describe(value).orElseThrow();
      out.writeStartArray();
      switch (reference) {
        case Reference.OfProcess(Pid pid) -> write(0, pid, out);
        case Reference.OfAlias(Pid pid, long id) -> {
          write(1, pid, out);
          out.writeNumber(id);
        }
        case Reference.OfReply(NodeName asker, int incarnation, long id) ->
            write(2, new Pid(asker, id, incarnation), out);
      }
      out.writeEndArray();
    }

    private static void write(int kind, Pid pid, JsonGenerator out) {
      out.writeNumber(kind);
      out.writeString(pid.node().text());
      out.writeNumber(pid.incarnation());
      out.writeNumber(pid.serial());
    }
  }

  /// The other half.
  private static final class ReferenceReader<T> extends ValueDeserializer<T> {
    private final Node node;
    private final Class<T> type;

    ReferenceReader(Node node, Class<T> type) {
      this.node = node;
      this.type = type;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) {
      JsonNode parts = in.readValueAsTree();
      NodeName of = NodeName.of(parts.path(1).asString());
      int incarnation = parts.path(2).asInt();
      long number = parts.path(3).asLong();
      Pid pid = new Pid(of, number, incarnation);
      Reference reference =
          switch (parts.path(0).asInt(-1)) {
            case 0 -> new Reference.OfProcess(pid);
            case 1 -> new Reference.OfAlias(pid, parts.path(4).asLong());
            case 2 -> new Reference.OfReply(of, incarnation, number);
            default -> throw new IllegalArgumentException("a reference that is none: " + parts);
          };
      return type.cast(node.resolve(reference));
    }
  }
}
