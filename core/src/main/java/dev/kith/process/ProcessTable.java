package dev.kith.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/*
 * A serial number is a place: chunk (serial / 64) and slot (serial % 64). Chunks stand in a hash map, so a
 * process costs four bytes here and one sixty-fourth of a map entry, and adding one touches the map once in
 * 64 times. A chunk leaves the map when its last process has. Serials are never used twice; the worst case,
 * one long-lived process in each chunk, costs about 350 bytes for each such process.
 *
 * Each thread takes serials from a chunk of its own (striped by thread), so that spawning threads do not
 * meet. That serials of different threads are not in order of time is part of their contract.
 */
/// The processes of one node by serial number.
///
/// **Threading.** Any thread.
final class ProcessTable {
  private static final int CHUNK = 64;

  private final ConcurrentHashMap<Long, Chunk> chunks = new ConcurrentHashMap<>();
  private final AtomicLong nextChunk = new AtomicLong();
  private final Stripe[] stripes;

  /// A table for a node on which about so many threads start processes at the same time.
  ProcessTable(int parallelism) {
    stripes = new Stripe[parallelism];
    Arrays.setAll(stripes, _ -> new Stripe());
  }

  /// Sixty-four neighbouring places.
  private static final class Chunk extends AtomicReferenceArray<@Nullable LocalProcess<?>> {
    private static final long serialVersionUID = 1;

    /// Places that are not yet free again, the unused ones included.
    final AtomicInteger open = new AtomicInteger(CHUNK);

    Chunk() {
      super(CHUNK);
    }
  }

  /// Where some threads take their serials from. Guarded by itself.
  private static final class Stripe {
    long next;
    long end;
  }

  /// A serial that was never given out.
  long reserve() {
    Stripe stripe = stripes[(int) (Thread.currentThread().threadId() % stripes.length)];
    synchronized (stripe) {
      if (stripe.next == stripe.end) {
        long chunk = nextChunk.incrementAndGet(); // from 1: serial 0 is nobody
        chunks.put(chunk, new Chunk());
        stripe.next = chunk * CHUNK;
        stripe.end = stripe.next + CHUNK;
      }
      return stripe.next++;
    }
  }

  void add(LocalProcess<?> process) {
    chunkOf(process.serial).set(slot(process.serial), process);
  }

  /// Gives back a serial, with its process or without one.
  void remove(long serial) {
    Chunk chunk = chunkOf(serial);
    chunk.set(slot(serial), null);
    if (chunk.open.decrementAndGet() == 0) {
      chunks.remove(serial / CHUNK);
    }
  }

  @Nullable LocalProcess<?> find(long serial) {
    Chunk chunk = chunks.get(serial / CHUNK);
    return chunk == null ? null : chunk.get(slot(serial));
  }

  /// All processes, by serial; those that come or go meanwhile may or may not be among them.
  List<LocalProcess<?>> all() {
    List<LocalProcess<?>> all = new ArrayList<>();
    chunks.keySet().stream()
        .sorted()
        .forEach(number -> {
          Chunk chunk = chunks.get(number);
          for (int i = 0; chunk != null && i < CHUNK; i++) {
            LocalProcess<?> process = chunk.get(i);
            if (process != null) {
              all.add(process);
            }
          }
        });
    return all;
  }

  private Chunk chunkOf(long serial) {
    Chunk chunk = chunks.get(serial / CHUNK);
    if (chunk == null) {
      throw new IllegalStateException("serial " + serial + " was never reserved");
    }
    return chunk;
  }

  private static int slot(long serial) {
    return (int) (serial % CHUNK);
  }
}
