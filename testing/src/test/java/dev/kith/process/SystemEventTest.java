package dev.kith.process;

import static dev.kith.process.Stage.BOOM;
import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.observe.DropReason;
import dev.kith.observe.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A7.
class SystemEventTest {

  /// A subscriber sees what happens to each process, in order.
  @Test
  void comeInOrderForEachProcess() {
    explore(stage -> {
      Puppet subscriber = stage.puppet();
      subscriber.does(self -> self.subscribe(ProcessEvent.class, event -> event));
      stage.run();
      Puppet one = stage.puppet();
      one.does(_ -> {
        throw new IllegalStateException("crash");
      });
      Puppet two = stage.puppet();
      two.does(self -> self.exit(ExitReason.shutdown()));
      stage.run();
      assertThat(kindsOf(subscriber, one)).containsExactly("Started", "Ended", "Crashed");
      assertThat(kindsOf(subscriber, two)).containsExactly("Started", "Ended");
    });
  }

  private static List<String> kindsOf(Puppet subscriber, Puppet subject) {
    List<String> kinds = new ArrayList<>();
    for (Object heard : subscriber.heard) {
      if (heard instanceof ProcessEvent event && event.pid().equals(subject.pid())) {
        kinds.add(event.getClass().getSimpleName());
      }
    }
    return kinds;
  }

  /// Who follows a name knows who has it: the news of its end comes before that of its next holder.
  @Test
  void tellWhoHasAName() {
    explore(stage -> {
      Name<Object> name = Name.of("name", Object.class);
      Puppet subscriber = stage.puppet();
      subscriber.does(self -> {
        self.subscribe(ProcessEvent.Named.class, event -> event);
        self.subscribe(ProcessEvent.Unnamed.class, event -> event);
      });
      stage.run();
      List<Object> expected = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Puppet holder = new Puppet();
        holder.isPlayedBy(stage.node.spawn(holder.spec().named(name)));
        stage.node.exit(holder.ref(), BOOM);
        stage.run();
        expected.add(new ProcessEvent.Named(holder.pid(), name));
        expected.add(new ProcessEvent.Unnamed(holder.pid(), name));
      }
      assertThat(subscriber.heard).isEqualTo(expected);
    });
  }

  /// CALL-6: a report for every end but `normal` and `shutdown`, with name, ancestors, reason and
  /// last message.
  @Test
  void reportACrashWithWhatIsKnown() {
    explore(stage -> {
      Name<Object> parentName = Name.of("parent", Object.class);
      Name<Object> childName = Name.of("child", Object.class);
      Puppet parent = new Puppet();
      Puppet child = new Puppet();
      parent.isPlayedBy(stage.node.spawn(parent.spec().named(parentName)));
      parent.does(self -> child.isPlayedBy(self.spawn(child.spec().named(childName))));
      stage.run();
      child.ref().send("last message");
      stage.run();
      stage.node.exit(child.ref(), BOOM);
      stage.run();
      assertThat(stage.events)
          .contains(
              new ProcessEvent.Crashed(
                  child.pid(),
                  Optional.of("child"),
                  List.of("parent"),
                  BOOM,
                  Optional.of("String")));
    });
  }

  /// CALL-6.
  @Test
  void reportNoCrashForAnOrderlyEnd() {
    explore(stage -> {
      for (ExitReason reason :
          List.of(ExitReason.normal(), ExitReason.shutdown(), new ExitReason.Shutdown("done"))) {
        stage.puppet().does(self -> self.exit(reason));
      }
      stage.run();
      assertThat(stage.events).noneMatch(ProcessEvent.Crashed.class::isInstance);
    });
  }

  /// A subscriber that does not keep up loses events, counted, and holds up nobody.
  @Test
  void areLostByASubscriberThatIsSlow() {
    explore(stage -> {
      Puppet slow = new Puppet();
      slow.isPlayedBy(stage.node.spawn(slow.spec().withMailbox(MailboxLimit.ofMessages(5))));
      slow.does(self -> self.subscribe(ProcessEvent.Started.class, event -> event));
      stage.run();
      for (int i = 0; i < 20; i++) {
        stage.puppet();
      }
      stage.run();
      assertThat(slow.heard).hasSize(5);
      assertThat(stage.drops(DropReason.MAILBOX_FULL)).isEqualTo(15);
      assertThat(stage.node.processCount()).isEqualTo(21);
    });
  }

  /// A subscription that was cancelled brings nothing more.
  @Test
  void endWithTheSubscription() {
    explore(stage -> {
      Puppet subscriber = stage.puppet();
      subscriber.does(self -> {
        Cancel subscription = self.subscribe(ProcessEvent.Started.class, event -> event);
        self.spawn(new Puppet().spec());
        subscription.cancel();
        self.spawn(new Puppet().spec());
      });
      stage.run();
      assertThat(subscriber.heard).isEmpty();
    });
  }

  /// A subscription ends with its process: nothing is sent to the dead.
  @Test
  void endWithTheSubscriber() {
    explore(stage -> {
      Puppet subscriber = stage.puppet();
      subscriber.does(self -> self.subscribe(ProcessEvent.class, event -> event));
      stage.run();
      stage.node.exit(subscriber.ref(), BOOM);
      stage.run();
      long dropsBefore = stage.node.drops().total();
      stage.puppet();
      stage.run();
      assertThat(stage.node.drops().total()).isEqualTo(dropsBefore);
    });
  }

  /// A listener that throws harms neither who publishes nor the other listeners.
  @Test
  void surviveAListenerThatThrows() {
    Stage.explore(
        20,
        stage -> {
          Events.Subscription bad =
              stage
                  .node
                  .events()
                  .add(
                      ProcessEvent.class,
                      _ -> {
                        throw new IllegalStateException("a listener must not throw");
                      });
          Puppet subscriber = stage.puppet();
          subscriber.does(self -> self.subscribe(ProcessEvent.Ended.class, event -> event));
          Puppet one = stage.puppet();
          one.does(self -> self.exit(BOOM));
          stage.run();
          bad.end();
          stage.assertEnded(one, BOOM);
          assertThat(stage.node.processCount()).isEqualTo(1);
          assertThat(stage.node.isAlive(subscriber.ref())).isTrue();
        });
  }

  record Question() implements Request<String> {}

  /// Design rule 2: a request that is neither answered nor kept is an event.
  @Test
  void tellOfARequestThatWasForgotten() {
    explore(stage -> {
      Puppet forgetful = stage.puppet();
      Puppet asker = stage.puppet();
      asker.does(self ->
          self.ask(
              forgetful.ref(), new Question(), java.time.Duration.ofSeconds(1), answer -> answer));
      stage.run();
      assertThat(stage.events)
          .contains(new ProcessEvent.Unanswered(forgetful.pid(), "SystemEventTest.Question"));
      assertThat(stage.node.unansweredCount()).isEqualTo(1);
      stage.world.forgiveUnanswered();
    });
  }
}
