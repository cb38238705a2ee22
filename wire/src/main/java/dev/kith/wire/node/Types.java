package dev.kith.wire.node;

import dev.kith.process.ProcessRef;
import dev.kith.process.Reference;
import dev.kith.process.ReplyTo;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which classes of messages may pass between nodes: nothing else is encoded or decoded (B5, B6).
///
/// Registering a sealed type registers all that it permits, and registering a record the records,
/// enums and sealed types among its components. Text, numbers, the times of `java.time`, `UUID`,
/// lists, sets, maps, `Optional`, arrays of bytes and references to processes need no registration.
///
/// A type is known by its name. Records may differ between two nodes: a component that the sender
/// does not know comes as `null` or zero through the constructor, which must bear that; one that
/// the receiver does not know is left out.
///
/// **Threading.** Immutable.
public final class Types {
  private static final List<Class<?>> BUILT_IN =
      List.of(
          String.class,
          Boolean.class,
          Byte.class,
          Character.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          byte[].class,
          BigDecimal.class,
          BigInteger.class,
          UUID.class,
          Instant.class,
          Duration.class,
          LocalDate.class,
          LocalDateTime.class,
          ProcessRef.class,
          ReplyTo.class);

  /// In the order of their names, which is the same on every node that knows the same types.
  private final List<Class<?>> sorted;

  private final Map<Class<?>, Integer> tags = new HashMap<>();
  private final Map<String, Class<?>> byName = new TreeMap<>();
  private final List<Class<?>> sealedTypes;
  private final Bits256 hash;

  private Types(Collection<Class<?>> registered, List<Class<?>> sealedTypes) {
    this.sealedTypes = sealedTypes;
    Map<String, Class<?>> all = new TreeMap<>();
    BUILT_IN.forEach(type -> all.put(type.getName(), type));
    registered.forEach(type -> all.put(type.getName(), type));
    sorted = List.copyOf(all.values());
    for (int i = 0; i < sorted.size(); i++) {
      tags.put(sorted.get(i), i);
    }
    byName.putAll(all);
    hash = Bits256.sha256(describe());
  }

  /// The built-in types and these, with all that belongs to them.
  ///
  /// @throws IllegalArgumentException for a class that is neither a record, an enum nor sealed
  public static Types of(Class<?>... roots) {
    return of(List.of(roots));
  }

  /// The built-in types and these, with all that belongs to them.
  ///
  /// @throws IllegalArgumentException for a class that is neither a record, an enum nor sealed
  public static Types of(Collection<Class<?>> roots) {
    Map<String, Class<?>> found = new TreeMap<>();
    Deque<Class<?>> open = new ArrayDeque<>(roots);
    for (Class<?> root : roots) {
      if (!BUILT_IN.contains(root) && !isOurs(root)) {
        throw new IllegalArgumentException(
            root.getName() + " is no record, no enum and not sealed: it cannot be registered");
      }
    }
    while (!open.isEmpty()) {
      Class<?> type = open.poll();
      if (isOurs(type) && found.putIfAbsent(type.getName(), type) == null) {
        open.addAll(partsOf(type));
      }
    }
    return new Types(
        found.values().stream().filter(type -> type.isRecord() || type.isEnum()).toList(),
        found.values().stream().filter(Class::isSealed).toList());
  }

  /// These and some more, with all that belongs to them.
  ///
  /// @throws IllegalArgumentException for a class that is neither a record, an enum nor sealed
  public Types and(Class<?>... roots) {
    return of(Stream.of(registered(), sealedTypes, List.of(roots)).flatMap(List::stream).toList());
  }

  private static boolean isOurs(Class<?> type) {
    return Reference.kindOf(type).isEmpty()
        && (type.isRecord() || type.isEnum() || type.isSealed());
  }

  private static List<Class<?>> partsOf(Class<?> type) {
    if (type.isSealed()) {
      return List.of(type.getPermittedSubclasses());
    }
    if (type.isRecord()) {
      return Arrays.stream(type.getRecordComponents()).flatMap(Types::classesOf).toList();
    }
    return List.of();
  }

  /// The classes that the declared type of a component names, in its type arguments too.
  private static Stream<Class<?>> classesOf(RecordComponent component) {
    return classesIn(component.getGenericType());
  }

  private static Stream<Class<?>> classesIn(Type type) {
    return switch (type) {
      case Class<?> known when known.isArray() -> classesIn(known.getComponentType());
      case Class<?> known -> Stream.of(known);
      case ParameterizedType generic ->
          Stream.concat(
              classesIn(generic.getRawType()),
              Arrays.stream(generic.getActualTypeArguments()).flatMap(Types::classesIn));
      case WildcardType wild -> Arrays.stream(wild.getUpperBounds()).flatMap(Types::classesIn);
      default -> Stream.of();
    };
  }

  /// Everything that two nodes must agree on to leave names and shapes out of each message.
  private String describe() {
    StringBuilder text = new StringBuilder();
    for (Class<?> type : sorted) {
      text.append(type.getName());
      if (type.isRecord()) {
        for (RecordComponent component : type.getRecordComponents()) {
          text.append(' ')
              .append(component.getName())
              .append(':')
              .append(component.getGenericType().getTypeName());
        }
      } else if (type.isEnum()) {
        text.append(' ').append(Arrays.toString(type.getEnumConstants()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /// All of them, in the order of their tags.
  public List<Class<?>> all() {
    return sorted;
  }

  /// Those that were registered, in the order of their tags.
  public List<Class<?>> registered() {
    return sorted.stream().filter(type -> !BUILT_IN.contains(type)).toList();
  }

  /// What is equal on two nodes that know the same types with the same components.
  public Bits256 hash() {
    return hash;
  }

  /// The number of a class.
  ///
  /// @throws IllegalArgumentException if it is not registered
  int tagOf(Class<?> type) {
    Integer tag = tags.get(type);
    if (tag == null) {
      Class<?> common = commonType(type);
      if (common != null) {
        return tagOf(common);
      }
      throw new IllegalArgumentException(
          type.getName() + " is not registered: it cannot be sent to another node");
    }
    return tag;
  }

  /// What an enum constant with a body, or a reference, is registered as; null for all else.
  private static @Nullable Class<?> commonType(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    if (parent != null && parent.isEnum()) {
      return parent;
    }
    return Reference.kindOf(type).filter(kind -> kind != type).orElse(null);
  }

  /// The sealed types that were met while registering, in the order of their names.
  public List<Class<?>> sealed() {
    return sealedTypes;
  }

  /// The class with this name; null if it is not registered.
  @Nullable Class<?> named(String name) {
    return byName.get(name);
  }
}
