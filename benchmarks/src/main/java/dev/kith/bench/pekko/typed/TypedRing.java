package dev.kith.bench.pekko.typed;

import static java.util.Objects.requireNonNull;

import dev.kith.bench.pekko.Dispatcher;
import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Ring;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Behaviors that each know the next one.
final class TypedRing extends OnTyped implements Ring {
  sealed interface Message {}

  record Token(long hops) implements Message {}

  /// Who comes next.
  record Join(ActorRef<Message> next) implements Message {}

  private final List<ActorRef<Message>> members;

  /// Where the token ends up. Replaced before each round, which begins with a message.
  private volatile CompletableFuture<Integer> holder = new CompletableFuture<>();

  TypedRing(Dispatcher dispatcher, int size) throws Exception {
    super(dispatcher);
    members = spawn(size, this::member);
    for (int i = 0; i < size; i++) {
      members.get(i).tell(new Join(members.get((i + 1) % size)));
    }
  }

  private Behavior<Message> member(int index) {
    return Behaviors.setup(_ -> Behaviors.receiveMessage(new Member(index)::handle));
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public int pass(long hops) throws Exception {
    holder = new CompletableFuture<>();
    members.getFirst().tell(new Token(hops));
    return Patience.await(holder);
  }

  private final class Member {
    private final int index;
    private @Nullable ActorRef<Message> next;

    Member(int index) {
      this.index = index;
    }

    private Behavior<Message> handle(Message message) {
      switch (message) {
        case Token(long hops) when hops == 0 -> holder.complete(index);
        case Token(long hops) -> requireNonNull(next).tell(new Token(hops - 1));
        case Join join -> next = join.next();
      }
      return Behaviors.same();
    }
  }
}
