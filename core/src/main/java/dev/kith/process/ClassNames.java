package dev.kith.process;

/// How types are named in reports.
final class ClassNames {
  private ClassNames() {}

  /// The name without its package: `Counter.Add`.
  static String brief(Class<?> type) {
    String name = type.getName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }
}
