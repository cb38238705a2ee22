package dev.kith.wire.web;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The map from paths to what is served there.
///
/// A pattern is a path, `/health`, or all paths below one, `/ws/chat/*`. An exact path wins over a
/// pattern with a star, a longer pattern over a shorter one.
///
/// **Threading.** Immutable.
public final class Site {
  private static final Site EMPTY = new Site(new TreeMap<>());

  private final NavigableMap<String, Place> places;

  private Site(NavigableMap<String, Place> places) {
    this.places = places;
  }

  /// What is at a path.
  public sealed interface Place {
    /// A route answers there.
    ///
    /// @param route who answers
    record Answering(Route route) implements Place {}

    /// A WebSocket may be opened there.
    ///
    /// @param endpoint who decides
    record Opening(Endpoint endpoint) implements Place {}
  }

  /// Nothing is served.
  public static Site empty() {
    return EMPTY;
  }

  /// This site with a route more.
  public Site withRoute(String pattern, Route route) {
    return with(pattern, new Place.Answering(route));
  }

  /// This site with an endpoint more.
  public Site withEndpoint(String pattern, Endpoint endpoint) {
    return with(pattern, new Place.Opening(endpoint));
  }

  /// What is at this path.
  public Optional<Place> at(String path) {
    var exact = Optional.ofNullable(places.get(path));
    return exact.or(() -> below(path));
  }

  private Optional<Place> below(String path) {
    return places.descendingMap().entrySet().stream()
        .filter(entry -> covers(entry.getKey(), path))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /// Patterns that cover one path are prefixes of each other, so in reverse order the longest comes
  /// first.
  private static boolean covers(String pattern, String path) {
    return pattern.endsWith("/*") && path.startsWith(pattern.substring(0, pattern.length() - 1));
  }

  private Site with(String pattern, Place place) {
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException("pattern '" + pattern + "' does not begin with a slash");
    }
    if (places.containsKey(pattern)) {
      throw new IllegalArgumentException("pattern '" + pattern + "' is taken");
    }
    var more = new TreeMap<>(places);
    more.put(pattern, place);
    return new Site(more);
  }
}
