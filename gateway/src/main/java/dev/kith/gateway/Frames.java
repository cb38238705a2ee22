package dev.kith.gateway;

import dev.kith.wire.Payload;
import java.nio.ByteBuffer;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// The wire form of named events: one JSON object a message.
///
/// **Limits.** Nesting of at most [#DEPTH_MAX]; the size is the pipe's to limit.
final class Frames {
  private static final int DEPTH_MAX = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private Frames() {}

  /// An event as it goes out.
  private record Frame(String event, Object data) {}

  /// An event as it came in: its name, and its data not yet read.
  record Received(String event, JsonNode data) {}

  /// A message that is no event, in words for whoever sent it.
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    Malformed(String why) {
      super(why, null, false, false);
      this.why = why;
    }

    /// What was wrong, for whoever sent it.
    String why() {
      return why;
    }
  }

  static <T> Payload encode(Event<T> event, T data) {
    return encode(event.name(), data);
  }

  static Payload encode(String event, Object data) {
    return Payload.owning(Payload.Kind.TEXT, JSON.writeValueAsBytes(new Frame(event, data)));
  }

  static Received decode(Payload message) throws Malformed {
    if (message.kind() != Payload.Kind.TEXT) {
      throw new Malformed("events are text, this message is binary");
    }
    JsonNode root = tree(message);
    JsonNode event = root.path("event");
    if (!root.isObject() || !event.isString()) {
      throw new Malformed("an event looks like {\"event\": \"name\", \"data\": …}");
    }
    return new Received(event.asString(), root.path("data"));
  }

  private static JsonNode tree(Payload message) throws Malformed {
    ByteBuffer buffer = message.bytes();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException thrown) {
      throw new Malformed("not JSON: " + thrown.getOriginalMessage());
    }
  }

  /// The data of a received event as its type.
  static <T> T data(Event<T> event, JsonNode data) throws Malformed {
    if (data.isMissingNode() || data.isNull()) {
      throw new Malformed("'" + event.name() + "' needs data");
    }
    try {
      return Objects.requireNonNull(JSON.treeToValue(data, event.type()));
    } catch (JacksonException thrown) {
      throw new Malformed("the data of '" + event.name() + "' is wrong: " + reason(thrown));
    }
  }

  /// What a record's constructor said, or what Jackson did.
  private static String reason(JacksonException thrown) {
    Throwable cause = thrown.getCause();
    return String.valueOf(
        cause instanceof IllegalArgumentException
            ? cause.getMessage()
            : thrown.getOriginalMessage());
  }
}
