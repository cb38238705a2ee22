package dev.kith.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kith.wire.node.ByteStream;
import dev.kith.wire.node.ByteStreamListener;
import dev.kith.wire.node.Transport;
import dev.kith.wire.node.Transport.Listening;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every [Transport] does: a test to be extended by that of each.
///
/// **Threading.** The test's thread; what streams tell comes on their loops.
public abstract class TransportContract {
  private static final int LONG = 1 << 20;
  private static final int PIECE = 10_000;

  /// In a row, for a writer to be held up.
  private static final int REFUSALS = 20;

  /// Each on its loop, and when it is true.
  private static final Set<String> EVENTS = Set.of("received", "writable", "closed");

  /// For the subclass.
  protected TransportContract() {}

  /// The side that listens.
  protected abstract Transport there();

  /// The side that connects; may be the same.
  protected abstract Transport here();

  /// Where to listen: at any port.
  protected abstract String anywhere();

  /// Lets things happen until this holds, and fails if it does not in good time.
  protected abstract void until(String what, BooleanSupplier holds);

  /// One end of a connection, and what it was told.
  private static final class End implements ByteStreamListener {
    final ByteStream stream;
    final List<String> events = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    End(ByteStream stream) {
      this.stream = stream;
    }

    @Override
    public void received(ByteBuffer bytes) {
      note("received");
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      synchronized (received) {
        received.writeBytes(copy);
      }
    }

    @Override
    public void writable() {
      note(stream.isWritable() ? "writable" : "writable too early");
    }

    @Override
    public void closed(String why) {
      note("closed");
    }

    private void note(String event) {
      events.add(stream.loop().isCurrent() ? event : event + " elsewhere");
    }

    byte[] all() {
      synchronized (received) {
        return received.toByteArray();
      }
    }

    int count() {
      synchronized (received) {
        return received.size();
      }
    }

    void write(byte[] bytes) {
      stream
          .loop()
          .execute(() -> {
            for (int from = 0; from < bytes.length; from += PIECE) {
              int length = Math.min(PIECE, bytes.length - from);
              stream.write(ByteBuffer.wrap(bytes, from, length).slice());
            }
          });
    }

    void post(Runnable task) {
      stream.loop().execute(task);
    }

    boolean isClosed() {
      return events.contains("closed");
    }
  }

  /// Two ends and the door between them.
  private record Connection(End near, End far, Transport.Door door) {}

  private Connection connect() {
    List<End> taken = new CopyOnWriteArrayList<>();
    Listening listening = there().listen(anywhere(), stream -> keep(taken, stream));
    Listening.At at = assertInstanceOf(Listening.At.class, listening);
    List<End> made = new CopyOnWriteArrayList<>();
    List<String> failures = new CopyOnWriteArrayList<>();
    here().connect(at.address(), connecting(made, failures));
    until("a connection", () -> !made.isEmpty() && !taken.isEmpty());
    assertEquals(List.of(), failures);
    return new Connection(made.getFirst(), taken.getFirst(), at.door());
  }

  private static End keep(List<End> into, ByteStream stream) {
    End end = new End(stream);
    into.add(end);
    return end;
  }

  private static Transport.Connecting connecting(List<End> made, List<String> failures) {
    return new Transport.Connecting() {
      @Override
      public ByteStreamListener connected(ByteStream stream) {
        return keep(made, stream);
      }

      @Override
      public void failed(String why) {
        failures.add(why);
      }
    };
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void bytesArriveAsTheyWereWrittenBothWays() {
    Connection connection = connect();
    byte[] there = noise(LONG);
    byte[] back = noise(LONG + 1);
    connection.near.write(there);
    connection.far.write(back);
    until("bytes", () -> connection.far.count() == LONG && connection.near.count() == LONG + 1);
    assertArrayEquals(there, connection.far.all());
    assertArrayEquals(back, connection.near.all());
    finish(connection);
  }

  @Test
  void whatWasWrittenBeforeTheEndArrives() {
    Connection connection = connect();
    byte[] last = noise(LONG);
    connection.near.write(last);
    connection.near.post(connection.near.stream::close);
    until("the end", () -> connection.near.isClosed() && connection.far.isClosed());
    assertArrayEquals(last, connection.far.all());
    finish(connection);
  }

  @Test
  void writingToWhatHasEndedDoesNothing() {
    Connection connection = connect();
    connection.far.post(connection.far.stream::close);
    until("the end", () -> connection.near.isClosed());
    connection.near.write(noise(PIECE));
    connection.near.post(connection.near.stream::close);
    finish(connection);
  }

  /// B11: who reads no more slows who writes, and nothing is lost.
  @Test
  void aSuspendedReaderHoldsUpItsWriter() {
    Connection connection = connect();
    int all = fill(connection);
    connection.near.events.clear();
    connection.far.post(connection.far.stream::resume);
    until("all bytes", () -> connection.far.count() == all);
    until("room again", () -> connection.near.events.contains("writable"));
    finish(connection);
  }

  /// Whoever ends it does not wait for a reader that has stopped for ever.
  @Test
  @Tag("slow")
  void aSuspendedReaderDoesNotHoldUpTheEnd() {
    Connection connection = connect();
    int _ = fill(connection);
    connection.near.post(connection.near.stream::close);
    until("the end", () -> connection.near.isClosed());
    finish(connection);
  }

  /// Writes to a reader that reads no more, until no more is taken; returns how many bytes. What
  /// lies between the two may take some more after it was full.
  private int fill(Connection connection) {
    AtomicInteger written = new AtomicInteger();
    AtomicInteger refusals = new AtomicInteger();
    connection.far.post(connection.far.stream::suspend);
    until(
        "a writer that is held up",
        () -> {
          connection.near.post(() -> {
            if (refusals.get() == REFUSALS) {
              return;
            }
            if (connection.near.stream.isWritable()) {
              refusals.set(0);
              byte[] piece = noise(PIECE);
              written.addAndGet(piece.length);
              connection.near.stream.write(ByteBuffer.wrap(piece));
            } else {
              refusals.incrementAndGet();
            }
          });
          return refusals.get() == REFUSALS;
        });
    return written.get();
  }

  @Test
  void anAddressIsTakenOnce() {
    Connection connection = connect();
    List<End> nobody = new ArrayList<>();
    Listening first = there().listen(anywhere(), stream -> keep(nobody, stream));
    Listening.At at = assertInstanceOf(Listening.At.class, first);
    Listening second = there().listen(at.address(), stream -> keep(nobody, stream));
    Listening.NotPossible not = assertInstanceOf(Listening.NotPossible.class, second);
    assertFalse(not.why().isBlank());
    at.door().close();
    finish(connection);
  }

  /// Who comes in the moment in which a door closes may be in, and is cut off.
  @Test
  void whoIsNotThereIsNotReached() {
    List<End> made = new CopyOnWriteArrayList<>();
    List<String> failures = new CopyOnWriteArrayList<>();
    List<End> taken = new CopyOnWriteArrayList<>();
    Listening listening = there().listen(anywhere(), stream -> keep(taken, stream));
    Listening.At at = assertInstanceOf(Listening.At.class, listening);
    at.door().close();
    for (int tries = 1; failures.isEmpty(); tries++) {
      int cutOff = tries;
      here().connect(at.address(), connecting(made, failures));
      until(
          "a failure",
          () ->
              !failures.isEmpty()
                  || (made.size() == cutOff && made.stream().allMatch(End::isClosed)));
    }
    assertEquals(1, failures.size());
    assertFalse(failures.getFirst().isBlank());
    assertEquals(List.of(), taken);
  }

  @Test
  void aClosedDoorTakesNobodyAndKeepsWhoIsIn() {
    Connection connection = connect();
    connection.door.close();
    byte[] bytes = noise(PIECE);
    connection.near.write(bytes);
    until("bytes", () -> connection.far.count() == PIECE);
    finish(connection);
  }

  /// Ends are told once, last, and everything on the loop.
  private void finish(Connection connection) {
    connection.near.post(connection.near.stream::close);
    connection.far.post(connection.far.stream::close);
    until("the end", () -> connection.near.isClosed() && connection.far.isClosed());
    for (End end : List.of(connection.near, connection.far)) {
      assertTrue(EVENTS.containsAll(end.events), end.events::toString);
      assertEquals(1, end.events.stream().filter("closed"::equals).count());
      assertEquals("closed", end.events.getLast());
    }
    connection.door.close();
  }
}
