package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.exploreNearAndFar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import dev.kith.testing.Exploration;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignalOrderTest {

  /// SIG-2: what one process sends to another arrives in the order it was sent.
  @Test
  void messagesOfOneSenderKeepTheirOrder() {
    exploreNearAndFar(stage -> {
      Puppet sender = stage.puppet();
      Puppet receiver = stage.puppet();
      for (int i = 0; i < 50; i++) {
        int number = i;
        sender.does(self -> self.send(receiver.ref(), number));
      }
      stage.run();
      assertThat(receiver.heard).isEqualTo(IntStream.range(0, 50).boxed().toList());
    });
  }

  /// SIG-2 covers all kinds of signals: here messages and an exit signal that becomes a message.
  @Test
  void aTrappedExitKeepsItsPlaceAmongMessages() {
    exploreNearAndFar(stage -> {
      Puppet sender = stage.puppet();
      Puppet receiver = stage.puppet().trapping();
      stage.run();
      sender.does(self -> {
        self.send(receiver.ref(), 1);
        self.exit(receiver.ref(), BOOM);
        self.send(receiver.ref(), 2);
      });
      stage.run();
      assertThat(receiver.heard).containsExactly(1, new Exit(sender.pid(), BOOM), 2);
    });
  }

  /// SIG-2: messages, link and the exit signal of the link, from one to the other.
  @Test
  void aLinkedProcessIsHeardBeforeItsEnd() {
    exploreNearAndFar(stage -> {
      Puppet sender = stage.puppet();
      Puppet receiver = stage.puppet().trapping();
      stage.run();
      sender.does(self -> {
        self.send(receiver.ref(), 1);
        self.link(receiver.ref());
        self.send(receiver.ref(), 2);
        self.exit(BOOM);
      });
      stage.run();
      assertThat(receiver.heard).containsExactly(1, 2, new Exit(sender.pid(), BOOM));
    });
  }

  /// SIG-2: messages and the `Down` of a monitor.
  @Test
  void aMonitoredProcessIsHeardBeforeItsDown() {
    exploreNearAndFar(stage -> {
      Puppet sender = stage.puppet();
      Puppet receiver = stage.puppet();
      receiver.does(self -> self.monitor(sender.ref(), down -> down));
      stage.run();
      sender.does(self -> {
        self.send(receiver.ref(), 1);
        self.exit(BOOM);
      });
      stage.run();
      assertThat(receiver.heard).containsExactly(1, new Down(sender.pid(), BOOM));
    });
  }

  record Question() implements Request<String> {}

  /// SIG-2: an answer is a signal like any other.
  @Test
  void anAnswerKeepsItsPlaceAmongMessagesAndTheEnd() {
    exploreNearAndFar(stage -> {
      Puppet client = stage.puppet();
      ProcessRef<Object> server =
          stage.node.spawn(
              Object.class,
              () ->
                  (self, message) -> {
                    client.ref().send("before");
                    self.reply((Question) message, "answer");
                    client.ref().send("after");
                    self.exit(BOOM);
                  });
      client.does(self -> {
        self.monitor(server, down -> down);
        self.ask(server, new Question(), Duration.ofSeconds(1), answer -> answer);
      });
      stage.run();
      assertThat(client.heard)
          .containsExactly(
              "before", new Answer.Reply<>("answer"), "after", new Down(server.pid(), BOOM));
    });
  }

  /// SIG-2: the address does not matter, only who sends to whom.
  @Test
  void orderHoldsOverNameAliasAndReference() {
    exploreNearAndFar(stage -> {
      Puppet receiver = stage.puppet();
      Name<Object> name = Name.of("receiver", Object.class);
      ProcessRef<?>[] alias = new ProcessRef<?>[1];
      receiver.does(self -> {
        self.tryRegister(name);
        alias[0] = self.alias(Integer.class, number -> number);
      });
      stage.run();
      Puppet sender = stage.puppet();
      sender.does(self -> {
        self.send(receiver.ref(), 1);
        RemoteName<Object> there = name.at(receiver.pid().node());
        self.send(there, 2);
        sendTo(stage.seenBy(self, alias[0]), 3);
        self.send(receiver.ref(), 4);
        sendTo(stage.seenBy(self, alias[0]), 5);
        self.send(there, 6);
      });
      stage.run();
      assertThat(receiver.heard).containsExactly(1, 2, 3, 4, 5, 6);
    });
  }

  @SuppressWarnings("unchecked") // an alias for numbers
  private static void sendTo(ProcessRef<?> alias, int number) {
    ((ProcessRef<Integer>) alias).send(number);
  }

  /// SIG-2, EXIT-2: nothing that was sent after an exit signal is ever seen.
  @Test
  void whatFollowsAnExitSignalIsNeverSeen() {
    exploreNearAndFar(stage -> {
      Puppet sender = stage.puppet();
      Puppet receiver = stage.puppet();
      sender.does(self -> {
        self.send(receiver.ref(), 1);
        self.send(receiver.ref(), 2);
        self.exit(receiver.ref(), BOOM);
        self.send(receiver.ref(), 3);
      });
      stage.run();
      stage.assertEnded(receiver, BOOM);
      assertThat(receiver.heard).isIn(List.of(), List.of(1), List.of(1, 2));
      long lost = stage.drops(DropReason.UNHANDLED_AT_EXIT) + stage.drops(DropReason.NO_PROCESS);
      assertThat(lost).isEqualTo(3 - receiver.heard.size());
    });
  }

  /// SIG-3: between different senders there is no order, and the world tries them all.
  @Test
  void messagesOfDifferentSendersComeInAnyOrder() {
    Set<List<Object>> orders = new HashSet<>();
    exploreNearAndFar(stage -> {
      Puppet receiver = stage.puppet();
      for (int i = 0; i < 3; i++) {
        int number = i;
        stage.puppet().does(self -> self.send(receiver.ref(), number));
      }
      stage.run();
      orders.add(List.copyOf(receiver.heard));
    });
    if (Long.getLong("kith.seed") == null) {
      assertThat(orders).hasSize(6);
    }
  }

  /// SIG-4: an exit signal does not wait behind messages; it acts between two of them.
  @Test
  void anExitSignalActsBetweenTwoMessages() {
    Set<Integer> handled = new HashSet<>();
    Exploration.explore(
        200,
        world -> {
          Node node = world.node();
          int[] count = {0};
          ProcessRef<Integer> receiver =
              node.spawn(Integer.class, () -> (self, message) -> count[0]++);
          world.run();
          for (int i = 0; i < 10; i++) {
            receiver.send(i);
          }
          node.spawn(
              ProcessSpec.server(
                  Integer.class,
                  () ->
                      new Server<>() {
                        @Override
                        public void started(Self<Integer> self) {
                          self.exit(receiver, BOOM);
                        }

                        @Override
                        public void handle(Self<Integer> self, Integer message) {}
                      }));
          world.run();
          assertThat(node.isAlive(receiver)).isFalse();
          handled.add(count[0]);
        });
    if (Long.getLong("kith.seed") == null) {
      assertThat(handled).contains(0).hasSizeGreaterThan(5);
    }
  }

  /// SIG-4: an untrapped exit ends a body that waits.
  @Test
  void anExitSignalInterruptsWaiting() {
    exploreNearAndFar(stage -> {
      boolean[] wentOn = {false};
      ProcessRef<String> body =
          stage.node.spawn(
              String.class,
              (self, inbox) -> {
                inbox.receive();
                wentOn[0] = true;
              });
      stage.run();
      stage.node.exit(body, BOOM);
      stage.run();
      assertThat(stage.reasonsOf(body)).containsExactly(BOOM);
      assertThat(wentOn[0]).isFalse();
    });
  }

  /// SIG-5: a message to a dead process is dropped and counted.
  @Test
  void whatIsSentToADeadProcessIsCounted() {
    exploreNearAndFar(stage -> {
      Puppet dead = stage.deadPuppet();
      dead.ref().send("hello");
      stage.puppet().does(self -> self.send(dead.ref(), "hello"));
      stage.run();
      assertThat(stage.drops(DropReason.NO_PROCESS)).isEqualTo(2);
      assertThat(stage.node.drops().total()).isEqualTo(2);
    });
  }

  /// SIG-5 (ours): a message to a name that nobody holds is dropped and counted, no exception.
  @Test
  void whatIsSentToAnUnheldNameIsCounted() {
    exploreNearAndFar(stage -> {
      Name<Object> nobody = Name.of("nobody", Object.class);
      Puppet sender = stage.puppet();
      sender.does(self -> self.send(nobody, "hello"));
      stage.run();
      stage.assertAlive(sender);
      assertThat(stage.drops(DropReason.NO_PROCESS)).isEqualTo(1);
    });
  }

  /// SIG-6, NAM-2: by the time anybody is told, the name is free and what was attached is gone.
  @Test
  void whatAProcessHoldsIsFreeBeforeAnybodyIsTold() {
    exploreNearAndFar(stage -> {
      Name<Object> name = Name.of("holder", Object.class);
      Puppet watcher = stage.puppet().trapping();
      Puppet holder = new Puppet();
      boolean[] released = {false};
      stage.run();
      watcher.does(self -> {
        ProcessRef<Object> ref = self.spawnLinked(holder.spec().named(name));
        self.monitor(ref, _ -> holds(stage.node, name) + " " + released[0]);
        self.trapExits(_ -> holds(stage.node, name) + " " + released[0]);
        stage.node.attach(ref, _ -> released[0] = true);
      });
      stage.run();
      holder.does(self -> self.exit(BOOM));
      stage.run();
      assertThat(watcher.heard).containsExactly("false true", "false true");
    });
  }

  private static boolean holds(Node node, Name<Object> name) {
    return node.whereis(name).isPresent();
  }

  /// SIG-6: a process that has begun to exit handles no further message.
  @Test
  void aProcessThatExitsHandlesNothingMore() {
    exploreNearAndFar(stage -> {
      Puppet puppet = stage.puppet();
      puppet.does(self -> {
        self.ref().send("to myself");
        self.exit(BOOM);
      });
      puppet.ref().send("from outside");
      stage.run();
      assertThat(puppet.heard).isEmpty();
      assertThat(puppet.terminated).containsExactly(BOOM);
      assertThat(stage.drops(DropReason.UNHANDLED_AT_EXIT)).isEqualTo(2);
    });
  }
}
