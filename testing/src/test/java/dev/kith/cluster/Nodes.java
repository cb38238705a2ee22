package dev.kith.cluster;

import dev.kith.process.Answer;
import dev.kith.process.Cancel;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.NodeName;
import dev.kith.process.ProcessSnapshot;
import dev.kith.process.Self;
import dev.kith.testing.World;
import dev.kith.wire.node.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Nodes of a world that know of each other.
final class Nodes {
  static final Types TYPES = Types.of(Words.class);

  final World world;
  private final Map<String, Cluster> clusters = new LinkedHashMap<>();

  Nodes(World world) {
    this.world = world;
  }

  /// A node that joins these; all listen at their name and port 1.
  Node start(String name, String... join) {
    return start(name, ClusterSpec.listening(name + ":1", TYPES).withJoin(join));
  }

  Node start(String name, ClusterSpec spec) {
    Node node = world.node(name);
    switch (Cluster.start(node, world.network().transport(node), spec)) {
      case Cluster.Start.Joined(Cluster cluster) -> clusters.put(name, cluster);
      case Cluster.Start.NotPossible(String why) -> throw new AssertionError(why);
    }
    return node;
  }

  /// As [#start], with the world's registrar.
  Node enrol(String name, String... join) {
    return start(
        name,
        ClusterSpec.listening(name + ":1", TYPES)
            .withJoin(join)
            .withRegistrar((_, _) -> world.registry().registrar(name)));
  }

  /// Starts these with the world's registrar, and waits until all know that all are members.
  void enrolAll(String... names) {
    for (String name : names) {
      enrol(name, name.equals(names[0]) ? new String[0] : new String[] {names[0] + ":1"});
    }
    meet(names);
    world.until(
        () ->
            List.of(names).stream()
                .allMatch(name -> cluster(name).enrolment().members().size() == names.length),
        Duration.ofSeconds(10));
  }

  /// Something that a process asks for.
  interface Question<T> {
    Cancel ask(Self<Object> self, Function<Answer<T>, Object> as);
  }

  /// Has a process on a node ask for something.
  <T> void later(String node, Question<T> question, Consumer<? super T> then) {
    world
        .node(node)
        .spawn(
            Object.class,
            () ->
                (self, message) -> {
                  if (message instanceof Runnable heard) {
                    heard.run();
                  } else {
                    question.ask(self, answer -> (Runnable) () -> then.accept(value(answer)));
                  }
                })
        .send("go");
  }

  private static <T> T value(Answer<T> answer) {
    return switch (answer) {
      case Answer.Reply<T>(T value) -> value;
      case Answer.Failed<T>(ExitReason why) -> throw new AssertionError(why);
    };
  }

  /// As [#later], and waits for the answer.
  <T> T ask(String node, Question<T> question, Duration within) {
    List<T> answers = new ArrayList<>();
    this.<T>later(node, question, answers::add);
    world.until(() -> !answers.isEmpty(), within);
    return answers.getFirst();
  }

  Cluster cluster(String name) {
    return clusters.get(name);
  }

  /// How much the processes of a node that have this protocol have handled.
  long handled(String node, Class<?> protocol) {
    return world.node(node).processes().stream()
        .filter(one -> one.protocol() == protocol)
        .mapToLong(ProcessSnapshot::handled)
        .sum();
  }

  /// Waits until these nodes see each other.
  void meet(String... names) {
    world.until(
        () -> {
          for (String one : names) {
            for (String other : names) {
              if (!one.equals(other) && !sees(one, other)) {
                return false;
              }
            }
          }
          return true;
        },
        Duration.ofSeconds(30));
  }

  boolean sees(String one, String other) {
    return world.node(one).reachable().contains(NodeName.of(other));
  }

  /// Kills the process with a name, if there is one.
  void kill(String node, Name<?> process) {
    Node there = world.node(node);
    there.whereis(process).ifPresent(found -> there.exit(found, ExitReason.kill()));
  }
}
