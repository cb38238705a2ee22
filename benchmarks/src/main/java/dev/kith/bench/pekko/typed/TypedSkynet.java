package dev.kith.bench.pekko.typed;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Skynet;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// A tree of behaviors.
final class TypedSkynet extends OnTyped implements Skynet {
  record Sum(long value) {}

  TypedSkynet(Dispatcher dispatcher) {
    super(dispatcher);
  }

  @Override
  public long grow(long leaves) throws Exception {
    CompletableFuture<Long> sum = new CompletableFuture<>();
    ActorRef<Sum> root = spawn(root(sum));
    spawn(Member.growing(root, 0, leaves));
    return Patience.await(sum);
  }

  private static Behavior<Sum> root(CompletableFuture<Long> sum) {
    return Behaviors.receiveMessage(total -> {
      sum.complete(total.value());
      return Behaviors.stopped();
    });
  }

  /// Stands for many leaves.
  private static final class Member {
    private final ActorRef<Sum> parent;
    private int heard;
    private long total;

    private Member(ActorRef<Sum> parent) {
      this.parent = parent;
    }

    /// Stands for so many leaves, numbered from the first.
    static Behavior<Sum> growing(ActorRef<Sum> parent, long first, long leaves) {
      return Behaviors.setup(context -> {
        if (leaves == 1) {
          parent.tell(new Sum(first));
          return Behaviors.stopped();
        }
        growBranches(context, first, leaves / BRANCHES);
        return Behaviors.receiveMessage(new Member(parent)::handle);
      });
    }

    private static void growBranches(ActorContext<Sum> context, long first, long each) {
      for (int i = 0; i < BRANCHES; i++) {
        context.spawnAnonymous(growing(context.getSelf(), first + i * each, each));
      }
    }

    private Behavior<Sum> handle(Sum sum) {
      total += sum.value();
      if (++heard < BRANCHES) {
        return Behaviors.same();
      }
      parent.tell(new Sum(total));
      return Behaviors.stopped();
    }
  }
}
