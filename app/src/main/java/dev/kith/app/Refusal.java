package dev.kith.app;

/// What was asked for cannot be done, in one line for whoever asked.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final String why;

  Refusal(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
