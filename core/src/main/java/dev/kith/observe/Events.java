package dev.kith.observe;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/// Hands a node's system events to those who listen.
///
/// **Ordering.** Events of one process or service reach a listener in the order they happened.
/// **Threading.** Any thread publishes; a listener is called on the publisher's thread, in the
/// middle of the runtime, and must return at once; what it throws is logged. Processes listen
/// through their mailboxes (`Self.subscribe`), which is what makes a slow listener harmless.
/// **Limits.** Who guards an event with [#isObserved] pays one read when nobody wants it.
public final class Events {
  private static final Logger LOG = System.getLogger("dev.kith.observe");
  private static final Subscription[] NOBODY = {};

  /// Copied on each change, under this object's lock.
  private volatile Subscription[] subscriptions = NOBODY;

  /// Events of a node that has just started.
  public Events() {}

  /// Called for each event.
  ///
  /// @param <E> the type of event it wants
  @FunctionalInterface
  public interface Listener<E extends SystemEvent> {
    /// Takes one event, at once.
    void happened(E event);
  }

  /// A listener that can be taken away.
  public final class Subscription {
    private final Class<? extends SystemEvent> type;
    private final Listener<SystemEvent> listener;

    private Subscription(Class<? extends SystemEvent> type, Listener<SystemEvent> listener) {
      this.type = type;
      this.listener = listener;
    }

    /// Whoever publishes is in the middle of a process's life or end, which must go on.
    private void tell(SystemEvent event) {
      try {
        listener.happened(event);
      } catch (Throwable thrown) {
        LOG.log(Level.ERROR, "a listener for " + type.getName() + " threw", thrown);
      }
    }

    /// Takes the listener away. An event that is being published may still reach it.
    public void end() {
      remove(this);
    }
  }

  /// Whether anybody wants events of this type: ask before making one.
  public boolean isObserved(Class<? extends SystemEvent> type) {
    for (Subscription subscription : subscriptions) {
      if (subscription.type.isAssignableFrom(type)) {
        return true;
      }
    }
    return false;
  }

  /// Tells everybody who wants it.
  public void publish(SystemEvent event) {
    for (Subscription subscription : subscriptions) {
      if (subscription.type.isInstance(event)) {
        subscription.tell(event);
      }
    }
  }

  /// Calls a listener for each event of a type that is published from now on.
  public synchronized <E extends SystemEvent> Subscription add(
      Class<E> type, Listener<? super E> listener) {
    Subscription added = new Subscription(type, event -> listener.happened(type.cast(event)));
    Subscription[] before = subscriptions;
    Subscription[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = added;
    subscriptions = after;
    return added;
  }

  private synchronized void remove(Subscription gone) {
    subscriptions =
        Arrays.stream(subscriptions).filter(one -> one != gone).toArray(Subscription[]::new);
  }
}
