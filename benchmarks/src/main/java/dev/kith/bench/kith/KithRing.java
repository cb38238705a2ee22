package dev.kith.bench.kith;

import static java.util.Objects.requireNonNull;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Ring;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Servers that each know the next one.
final class KithRing extends OnNode implements Ring {
  sealed interface Message {}

  record Token(long hops) implements Message {}

  /// Who comes next.
  record Join(ProcessRef<Message> next) implements Message {}

  private final int size;
  private final ProcessRef<Message> first;

  /// Where the token ends up. Replaced before each round, which begins with a message.
  private volatile CompletableFuture<Integer> holder = new CompletableFuture<>();

  KithRing(int size) {
    this.size = size;
    ProcessRef<Message> last = member(size - 1);
    ProcessRef<Message> next = last;
    for (int index = size - 2; index >= 0; index--) {
      ProcessRef<Message> member = member(index);
      member.send(new Join(next));
      next = member;
    }
    first = next;
    last.send(new Join(first));
  }

  private ProcessRef<Message> member(int index) {
    return node.spawn(Message.class, () -> new Member(index));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int pass(long hops) throws Exception {
    holder = new CompletableFuture<>();
    first.send(new Token(hops));
    return Patience.await(holder);
  }

  private final class Member implements Server<Message> {
    private final int index;
    private @Nullable ProcessRef<Message> next;

    Member(int index) {
      this.index = index;
    }

    @Override
    public void handle(Self<Message> self, Message message) {
      switch (message) {
        case Token(long hops) when hops == 0 -> holder.complete(index);
        case Token(long hops) -> requireNonNull(next).send(new Token(hops - 1));
        case Join join -> next = join.next();
      }
    }
  }
}
