package dev.kith.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.wire.Closure;
import dev.kith.wire.Payload;
import dev.kith.wire.Pipe;
import dev.kith.wire.PipeListener;
import dev.kith.wire.web.Admission;
import dev.kith.wire.web.Endpoint;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The owner of one pipe, which writes down what it is told.
final class Recorder implements PipeListener {
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final Pipe pipe;

  Recorder(Pipe pipe) {
    this.pipe = pipe;
  }

  /// An endpoint whose pipes are recorded, each put into the queue when it opens.
  static Endpoint into(BlockingQueue<Recorder> recorders) {
    return _ ->
        Admission.accept(pipe -> {
          var recorder = new Recorder(pipe);
          recorders.add(recorder);
          return recorder;
        });
  }

  @Override
  public void received(Payload message) {
    events.add(
        switch (message.kind()) {
          case TEXT -> "text " + message.text();
          case BINARY -> "binary " + message.size();
        });
  }

  @Override
  public void oversized() {
    events.add("oversized");
  }

  @Override
  public void writable() {
    events.add("writable");
  }

  @Override
  public void closed(Closure closure) {
    events.add("closed " + closure.cause() + " " + closure.code().value());
  }

  /// The next events are exactly these.
  void expect(String... expected) {
    for (var event : expected) {
      assertThat(next()).isEqualTo(event);
    }
  }

  String next() {
    return Queues.take(events);
  }

  void onLoop(Runnable task) {
    pipe.loop().execute(task);
  }

  void write(Payload message) {
    onLoop(() -> pipe.write(message));
  }

  /// Waiting for elements with a deadline.
  static final class Queues {
    private Queues() {}

    static <T> T take(BlockingQueue<T> queue) {
      try {
        var element = queue.poll(Eventually.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(element).as("nothing came within %s", Eventually.PATIENCE).isNotNull();
        return element;
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }
}
