package dev.kith.registrar.jgroups;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Keeper;
import dev.kith.cluster.registrar.Registry;
import dev.kith.cluster.registrar.Registry.Applied;
import dev.kith.cluster.registrar.Registry.Command;
import dev.kith.cluster.registrar.RegistryFormat;
import dev.kith.cluster.registrar.View;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jgroups.raft.StateMachine;
import org.jspecify.annotations.Nullable;

/*
 * What a command comes to is the same at all copies, so whoever asked takes it from its own, behind the changes.
 * For that each command says who asked, which of its questions it is, and the least that it waits for:
 *
 *   origin, 16 bytes │ number, 8 bytes │ least, 8 bytes │ the command as RegistryFormat writes it
 */
/// One node's copy of the registry, which raft keeps up to date.
///
/// **Threading.** Any thread; one lock, which is held while the follower and those who wait are
/// told.
final class Replica implements StateMachine {
  private static final System.Logger LOG = System.getLogger(Replica.class.getName());
  private static final byte[] NOTHING = {};
  private static final int HEAD_BYTES = 32;

  private final UUID origin;
  private final NavigableMap<Long, Consumer<? super Attempt<?>>> waiting = new TreeMap<>();
  private Registry registry = new Registry();
  private Askers askers = new Askers();
  private @Nullable Consumer<? super Change> follower;
  private CompletableFuture<Void> answered = new CompletableFuture<>();
  private long numbers;

  /// @param origin nobody else's
  Replica(UUID origin) {
    this.origin = origin;
  }

  /// A question that waits for its answer.
  record Question(long number, Command command) {}

  // Asking

  synchronized Question ask(Command command, Consumer<? super Attempt<?>> then) {
    long number = ++numbers;
    waiting.put(number, then);
    return new Question(number, command);
  }

  /// What is to be put into the log, once or more often.
  synchronized byte[] bytes(Question question) {
    byte[] command = RegistryFormat.bytes(question.command);
    return ByteBuffer.allocate(HEAD_BYTES + command.length)
        .putLong(origin.getMostSignificantBits())
        .putLong(origin.getLeastSignificantBits())
        .putLong(question.number)
        .putLong(waiting.isEmpty() ? question.number : waiting.firstKey())
        .put(command)
        .array();
  }

  synchronized boolean waits(Question question) {
    return waiting.containsKey(question.number);
  }

  /// Nobody waits for the answer any more.
  synchronized void forget(Question question) {
    waiting.remove(question.number);
    look();
  }

  /// Is complete when all questions are answered or forgotten.
  synchronized CompletableFuture<Void> answered() {
    look();
    return answered;
  }

  private void look() {
    if (waiting.isEmpty()) {
      answered.complete(null);
    } else if (answered.isDone()) {
      answered = new CompletableFuture<>();
    }
  }

  synchronized void follow(Consumer<? super Change> each) {
    follower = each;
    registry.replay(each);
  }

  synchronized void followNoMore() {
    follower = null;
  }

  /// What the keeper finds to be done.
  synchronized List<Command> look(Keeper keeper, long now) {
    List<Command> found = new ArrayList<>();
    keeper.look(registry, now, found::add);
    return found;
  }

  // The state machine

  /// Forgets what was applied, because raft is about to apply its log from the beginning. It does
  /// so whenever a channel is connected, and has done so too where connecting then fails.
  synchronized void beginAnew() {
    registry = new Registry();
    askers = new Askers();
  }

  @Override
  public synchronized byte[] apply(byte[] data, int offset, int length, boolean wantsAnswer) {
    ByteBuffer head = ByteBuffer.wrap(data, offset, length);
    Command command;
    try {
      command = RegistryFormat.command(data, offset + HEAD_BYTES, length - HEAD_BYTES);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "something else is in the log of registrars", e);
      return NOTHING;
    }
    UUID from = new UUID(head.getLong(), head.getLong());
    long number = head.getLong();
    if (!askers.admit(from, number, head.getLong())) {
      return NOTHING;
    }
    Applied applied = registry.apply(command);
    applied.changes().forEach(this::tell);
    Consumer<? super Attempt<?>> asked = from.equals(origin) ? waiting.remove(number) : null;
    if (asked != null) {
      asked.accept(applied.result());
      look();
    }
    return NOTHING;
  }

  private void tell(Change change) {
    Consumer<? super Change> to = follower;
    if (to != null) {
      to.accept(change);
    }
  }

  @Override
  public synchronized void writeContentTo(DataOutput out) throws IOException {
    registry.writeTo(out);
    askers.writeTo(out);
  }

  @Override
  public synchronized void readContentFrom(DataInput in) throws IOException {
    Registry whole = new Registry();
    whole.readFrom(in);
    askers.readFrom(in);
    View before = View.of(registry);
    registry = whole;
    before.differences(View.of(whole)).forEach(this::tell);
  }
}
