package dev.kith.bench.fjp;

import static java.util.Objects.requireNonNull;

import dev.kith.bench.workload.Patience;
import dev.kith.bench.workload.Ring;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Cells that each know the next one.
final class PoolRing extends OnPool implements Ring {
  sealed interface Message {}

  record Token(long hops) implements Message {}

  /// Who comes next.
  record Join(Cell<Message> next) implements Message {}

  private final int size;
  private final Cell<Message> first;

  /// Where the token ends up. Replaced before each round, which begins with a message.
  private volatile CompletableFuture<Integer> holder = new CompletableFuture<>();

  PoolRing(int size) {
    this.size = size;
    Cell<Message> last = new Member(size - 1);
    Cell<Message> next = last;
    for (int index = size - 2; index >= 0; index--) {
      Cell<Message> member = new Member(index);
      member.send(new Join(next));
      next = member;
    }
    first = next;
    last.send(new Join(first));
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

  @SuppressWarnings("serial")
  private final class Member extends Cell<Message> {
    private final int index;
    private @Nullable Cell<Message> next;

    Member(int index) {
      super(pool);
      this.index = index;
    }

    @Override
    void handle(Message message) {
      switch (message) {
        case Token(long hops) when hops == 0 -> holder.complete(index);
        case Token(long hops) -> requireNonNull(next).send(new Token(hops - 1));
        case Join join -> next = join.next();
      }
    }
  }
}
