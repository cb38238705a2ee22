package dev.kith.bench.pekko.classic;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Ring;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.UntypedAbstractActor;

/// Many of them that each know the next one.
final class ClassicRing extends OnClassic implements Ring {
  record Token(long hops) {}

  /// Who comes next.
  record Join(ActorRef next) {}

  private final int size;
  private final ActorRef first;

  /// Where the token ends up. Replaced before each round, which begins with a message.
  private volatile CompletableFuture<Integer> holder = new CompletableFuture<>();

  ClassicRing(Dispatcher dispatcher, int size) {
    super(dispatcher);
    this.size = size;
    ActorRef last = member(size - 1);
    ActorRef next = last;
    for (int index = size - 2; index >= 0; index--) {
      ActorRef member = member(index);
      tell(member, new Join(next));
      next = member;
    }
    first = next;
    tell(last, new Join(first));
  }

  private ActorRef member(int index) {
    return spawn(Member.class, () -> new Member(index));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int pass(long hops) throws Exception {
    holder = new CompletableFuture<>();
    tell(first, new Token(hops));
    return Patience.await(holder);
  }

  private final class Member extends UntypedAbstractActor {
    private final int index;
    private ActorRef next = ActorRef.noSender();

    Member(int index) {
      this.index = index;
    }

    @Override
    public void onReceive(Object message) {
      switch (message) {
        case Token(long hops) when hops == 0 -> holder.complete(index);
        case Token(long hops) -> next.tell(new Token(hops - 1), getSelf());
        case Join join -> next = join.next();
        default -> unhandled(message);
      }
    }
  }
}
