package dev.kith.app;

/// Where a program is in its life, for those who ask whether to send it work.
enum Phase {
  STARTING,
  READY,
  DRAINING
}
