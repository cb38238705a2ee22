package dev.kith.process;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;

/*
 * The JDK runs virtual threads on as many carriers as there are processors and does not take a carrier away
 * from a thread that never waits: two bodies that spin stop all others on two processors (and JVM-5 says that
 * they must not). Since JDK 24 the number of carriers can be changed while it runs. So the monitor thread sends
 * out a canary, a virtual thread that does nothing but come back; when it does not come back in time, there is
 * a carrier more, up to SPARES_MAX. When carriers stand idle for long, they are taken back one by one.
 *
 * A pool starts a new carrier only when work arrives in one of its submission queues that is empty, and a
 * thread always submits to the same one. So a canary that follows a missed one is sent by a thread of its own.
 *
 * The bean is in the module jdk.management, which `core` does not insist on: without it spinning bodies can
 * starve others, and servers, which run on threads of our own, still cannot.
 */
/// Sees that virtual threads that spin do not stop the others.
///
/// **Threading.** The monitor thread, but for [#isOut].
final class Carriers {
  /// Carriers beyond the JDK's own number.
  private static final int SPARES_MAX = 64;

  /// Ticks between two canaries.
  private static final int EVERY_TICKS = 8;

  /// Ticks after which a canary is missed.
  private static final int MISSED_TICKS = 8;

  /// Ticks without a missed canary after which a carrier is taken back.
  private static final int CALM_TICKS = 2_000;

  private final @Nullable Lever lever = Lever.find();

  /// Set when a canary is sent, cleared by the canary.
  private volatile boolean out;

  private int sentAt;
  private int missedAt;

  /// The JDK's knob, apart so that its module is touched only where it is.
  private static final class Lever {
    private final VirtualThreadSchedulerMXBean bean =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    private final int usual = bean.getParallelism();

    static @Nullable Lever find() {
      return ModuleLayer.boot().findModule("jdk.management").isPresent() ? new Lever() : null;
    }

    void more() {
      int now = bean.getParallelism();
      if (now < usual + SPARES_MAX) {
        bean.setParallelism(now + 1);
      }
    }

    void fewer() {
      int now = bean.getParallelism();
      if (now > usual && bean.getMountedVirtualThreadCount() < now - 1) {
        bean.setParallelism(now - 1);
      }
    }
  }

  /// Whether a canary is on its way.
  boolean isOut() {
    return out;
  }

  private void send(int now) {
    sentAt = now;
    Thread.startVirtualThread(() -> out = false);
  }

  private void sendFromElsewhere(int now) {
    sentAt = now;
    Thread sender =
        new Thread(null, () -> Thread.startVirtualThread(() -> out = false), "kith-canary");
    sender.setDaemon(true);
    sender.start();
  }

  /// A tick has passed.
  void tick(int now) {
    if (lever == null) {
      return;
    }
    if (out && now - sentAt >= MISSED_TICKS) {
      lever.more();
      missedAt = now;
      sendFromElsewhere(now);
    } else if (!out && now - sentAt >= EVERY_TICKS) {
      out = true;
      send(now);
    }
    if (now - missedAt >= CALM_TICKS) {
      lever.fewer();
      missedAt = now;
    }
  }
}
