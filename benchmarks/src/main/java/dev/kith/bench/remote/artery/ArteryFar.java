package dev.kith.bench.remote.artery;

import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Props;

/// The far side of Pekko's Artery.
public final class ArteryFar {
  /// On a command line.
  public static final String NAME = "pekko-artery";

  static final String SINK = "sink";
  static final String ANSWERER = "answerer";

  private ArteryFar() {}

  /// Begins, and says where.
  public static String serve() {
    ArterySide side = new ArterySide("far");
    side.system.actorOf(Props.create(Sink.class, Sink::new), SINK);
    side.system.actorOf(Props.create(Answerer.class, Answerer::new), ANSWERER);
    return side.address();
  }

  /// Counts, and says so after each batch.
  private static final class Sink extends AbstractActor {
    private long counted;

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(
              Talk.Last.class,
              _ -> {
                counted++;
                getSender().tell(new Talk.Counted(counted), getSelf());
              })
          .matchAny(_ -> counted++)
          .build();
    }
  }

  private static final class Answerer extends AbstractActor {
    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(
              Talk.Question.class,
              question -> getSender().tell(new Talk.Reply(question.number() + 1), getSelf()))
          .build();
    }
  }
}
