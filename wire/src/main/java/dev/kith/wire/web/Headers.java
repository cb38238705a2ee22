package dev.kith.wire.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The header fields of a request or response, in alphabetical order; names ignore case.
///
/// **Threading.** Immutable. **Failure.** A name that is not a token, or a value with a control
/// character, is refused: no value can smuggle in a second header.
public final class Headers {
  private static final Headers NONE = new Headers(Collections.emptySortedMap());
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private final Map<String, List<String>> values;

  private Headers(Map<String, List<String>> values) {
    this.values = values;
  }

  /// No headers.
  public static Headers none() {
    return NONE;
  }

  /// One header.
  public static Headers of(String name, String value) {
    return NONE.with(name, value);
  }

  /// Headers as they came, names and values in pairs; a name may come again.
  public static Headers from(Iterable<Map.Entry<String, String>> pairs) {
    var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (var pair : pairs) {
      add(all, pair.getKey(), pair.getValue());
    }
    all.replaceAll((_, values) -> List.copyOf(values));
    return new Headers(all);
  }

  /// These headers and one more value; what the name already has stays.
  public Headers with(String name, String value) {
    var more = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    values.forEach((known, its) -> more.put(known, new ArrayList<>(its)));
    add(more, name, value);
    more.replaceAll((_, its) -> List.copyOf(its));
    return new Headers(more);
  }

  private static void add(Map<String, List<String>> all, String name, String value) {
    checkName(name);
    checkValue(name, value);
    all.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
  }

  /// The first value of that name.
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /// All values of that name, in the order given.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// Shows every name and value.
  public void forEach(BiConsumer<String, String> action) {
    values.forEach((name, all) -> all.forEach(value -> action.accept(name, value)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /// Names only: values may be secrets.
  @Override
  public String toString() {
    return "Headers" + values.keySet();
  }

  private static void checkName(String name) {
    if (name.isEmpty() || !name.chars().allMatch(Headers::isTokenCharacter)) {
      throw new IllegalArgumentException("header name '" + name + "' is not a token");
    }
  }

  private static void checkValue(String name, String value) {
    if (value.chars().anyMatch(Headers::isControlCharacter)) {
      throw new IllegalArgumentException("value of header " + name + " has a control character");
    }
  }

  private static boolean isTokenCharacter(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0);
  }

  private static boolean isControlCharacter(int c) {
    return c == 0x7f || (c < ' ' && c != '\t');
  }
}
