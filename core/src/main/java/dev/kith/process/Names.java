package dev.kith.process;

import dev.kith.observe.Events;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The names of one node, and who holds them.
///
/// **Threading.** Any thread.
final class Names {
  private final Map<String, LocalProcess<?>> holders = new ConcurrentHashMap<>();

  /// Who waits for a name to be taken. Guarded by itself.
  private final Map<String, List<Waiting>> waiting = new HashMap<>();

  private final Scheduler scheduler;
  private final Events events;

  Names(Scheduler scheduler, Events events) {
    this.scheduler = scheduler;
    this.events = events;
  }

  /// A thread that waits for a name.
  static final class Waiting {
    final Waiter waiter = new Waiter();
  }

  /// Gives a name to a process that has none; false if it is taken.
  boolean register(Name<?> name, LocalProcess<?> process) {
    Checks.check(
        name.protocol() == process.protocol,
        "%s is a name for %s, not for %s",
        name,
        name.protocol().getName(),
        process.protocol.getName());
    if (holders.putIfAbsent(name.text(), process) != null) {
      return false;
    }
    process.extras().name = name;
    wake(name.text());
    return true;
  }

  /// Who wants to know hears of it first, and so before the next holder's news.
  void release(Name<?> name, LocalProcess<?> process) {
    if (holders.get(name.text()) == process && events.isObserved(ProcessEvent.Unnamed.class)) {
      events.publish(new ProcessEvent.Unnamed(process.pid(), name));
    }
    holders.remove(name.text(), process);
  }

  /// Tells who wants to know that a process has a name.
  void announce(Name<?> name, LocalProcess<?> process) {
    if (events.isObserved(ProcessEvent.Named.class)) {
      events.publish(new ProcessEvent.Named(process.pid(), name));
    }
  }

  @Nullable LocalProcess<?> holder(Name<?> name) {
    return holder(name.text());
  }

  @Nullable LocalProcess<?> holder(String name) {
    LocalProcess<?> holder = holders.get(name);
    return holder == null || !holder.isAlive() ? null : holder;
  }

  /// Begins to wait: register first, look afterwards, so that no registration falls between.
  Waiting await(Name<?> name) {
    Waiting entry = new Waiting();
    synchronized (waiting) {
      waiting.computeIfAbsent(name.text(), _ -> new ArrayList<>()).add(entry);
    }
    return entry;
  }

  void stopWaiting(Name<?> name, Waiting entry) {
    synchronized (waiting) {
      List<Waiting> entries = waiting.get(name.text());
      if (entries != null && entries.remove(entry) && entries.isEmpty()) {
        waiting.remove(name.text());
      }
    }
  }

  private void wake(String name) {
    List<Waiting> entries;
    synchronized (waiting) {
      entries = waiting.remove(name);
    }
    if (entries != null) {
      entries.forEach(entry -> scheduler.resume(entry.waiter));
    }
  }
}
