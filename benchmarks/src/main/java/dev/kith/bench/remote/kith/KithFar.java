package dev.kith.bench.remote.kith;

import dev.kith.bench.remote.Broadcast;
import dev.kith.group.Group;
import dev.kith.process.Blueprint;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import dev.kith.process.ProcessSpec;
import dev.kith.process.Self;
import dev.kith.process.Server;
import java.util.List;

/// The far side of Kith: everything that a workload may want to talk to.
public final class KithFar {
  /// On a command line.
  public static final String NAME = "kith";

  static final Name<Talk.ToSink> SINK = Name.of("sink", Talk.ToSink.class);
  static final Name<Talk.Question> ANSWERER = Name.of("answerer", Talk.Question.class);
  static final Name<Talk.Word> CHOIR = Name.of("choir", Talk.Word.class);
  static final Name<Talk.Heard> LISTENER = Name.of("listener", Talk.Heard.class);
  static final Group<Talk.Word> EVERYBODY = Group.of("everybody", Talk.Word.class);
  static final Blueprint<Integer, Talk.Child> CHILD =
      Blueprint.of("child", Integer.class, Talk.Child.class, _ -> new Child());
  static final Blueprint<Integer, Talk.Idle> IDLE =
      Blueprint.of("idle", Integer.class, Talk.Idle.class, _ -> (_, _) -> {});
  static final String SCOPE = "bench";

  private KithFar() {}

  /// Begins, and says where.
  ///
  /// @param arguments its name, the folder of its certificates, how many members it has, and whom
  ///   it joins
  public static String serve(List<String> arguments) {
    KithSide side =
        KithSide.start(arguments.get(0), arguments.get(1), arguments.subList(3, arguments.size()));
    Node node = side.node();
    node.allow(CHILD);
    node.allow(IDLE);
    node.spawn(ProcessSpec.server(Talk.ToSink.class, Sink::new).named(SINK));
    node.spawn(
        ProcessSpec.server(
                Talk.Question.class,
                () -> (self, question) -> self.reply(question, question.number() + 1))
            .named(ANSWERER));
    Choir.begin(side, Integer.parseInt(arguments.get(2)));
    return side.cluster().address();
  }

  /// How many members a side has.
  static int share(int side) {
    return Broadcast.MEMBERS / 3 + (side < Broadcast.MEMBERS % 3 ? 1 : 0);
  }

  /// Counts, and says so after each batch.
  private static final class Sink implements Server<Talk.ToSink> {
    private long counted;

    @Override
    public void handle(Self<Talk.ToSink> self, Talk.ToSink message) {
      counted++;
      if (message instanceof Talk.Last(ProcessRef<Talk.ToSource> source)) {
        self.send(source, new Talk.Counted(counted));
      }
    }
  }

  /// Ends as soon as it has begun.
  private static final class Child implements Server<Talk.Child> {
    @Override
    public void started(Self<Talk.Child> self) {
      self.exit(ExitReason.normal());
    }

    @Override
    public void handle(Self<Talk.Child> self, Talk.Child message) {
      throw new IllegalStateException("it has ended");
    }
  }
}
