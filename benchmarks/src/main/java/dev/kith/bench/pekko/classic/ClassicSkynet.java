package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Skynet;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.UntypedAbstractActor;

/// A tree of them.
final class ClassicSkynet extends OnClassic implements Skynet {
  record Sum(long value) {}

  ClassicSkynet(Dispatcher dispatcher) {
    super(dispatcher);
  }

  @Override
  public long grow(long leaves) throws Exception {
    CompletableFuture<Long> sum = new CompletableFuture<>();
    ActorRef root = spawn(Root.class, () -> new Root(sum));
    system.actorOf(Member.props(root, 0, leaves));
    return Patience.await(sum);
  }

  private static final class Root extends UntypedAbstractActor {
    private final CompletableFuture<Long> sum;

    Root(CompletableFuture<Long> sum) {
      this.sum = sum;
    }

    @Override
    public void onReceive(Object message) {
      if (message instanceof Sum(long value)) {
        sum.complete(value);
        getContext().stop(getSelf());
      }
    }
  }

  /// Stands for so many leaves, numbered from the first.
  private static final class Member extends UntypedAbstractActor {
    private final ActorRef parent;
    private final long first;
    private final long leaves;
    private int heard;
    private long total;

    private Member(ActorRef parent, long first, long leaves) {
      this.parent = parent;
      this.first = first;
      this.leaves = leaves;
    }

    static Props props(ActorRef parent, long first, long leaves) {
      return OnClassic.props(Member.class, () -> new Member(parent, first, leaves));
    }

    @Override
    public void preStart() {
      if (leaves == 1) {
        tellParent(first);
        return;
      }
      long each = leaves / BRANCHES;
      for (int i = 0; i < BRANCHES; i++) {
        getContext().actorOf(props(getSelf(), first + i * each, each));
      }
    }

    @Override
    public void onReceive(Object message) {
      if (message instanceof Sum(long value)) {
        total += value;
        if (++heard == BRANCHES) {
          tellParent(total);
        }
      }
    }

    private void tellParent(long sum) {
      parent.tell(new Sum(sum), getSelf());
      getContext().stop(getSelf());
    }
  }
}
