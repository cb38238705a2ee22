package dev.kith.process;

import static dev.kith.process.Stage.explore;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// F6: every lost message has a counted reason.
class DropLedgerTest {

  /// Everything that was sent was handled or is in the ledger, whatever happened.
  @Test
  void togetherWithWhatWasHandledIsWhatWasSent() {
    explore(500, stage -> new Program(stage).run());
  }

  /// Random senders, receivers that die, fill up, forget their aliases and are born late.
  private static final class Program {
    private static final int RECEIVERS = 6;

    private final Stage stage;
    private final List<ProcessRef<Object>> addresses = new ArrayList<>();
    private final List<ProcessRef<Object>> processes = new ArrayList<>();
    private final List<Name<Object>> names = new ArrayList<>();
    private final List<Alias<Object>> aliases = new ArrayList<>();
    private int sent;
    private int handled;

    Program(Stage stage) {
      this.stage = stage;
    }

    void run() {
      for (int i = 0; i < RECEIVERS; i++) {
        receiver(i);
      }
      stage.run();
      addresses.addAll(processes);
      addresses.addAll(aliases);
      for (int i = 0; i < 60; i++) {
        step();
        if (stage.world.below(10) == 0) {
          stage.run();
        }
      }
      stage.run();
      processes.forEach(process -> stage.node.exit(process, Stage.BOOM));
      stage.run();
      assertThat(handled + stage.node.drops().total())
          .as("handled and dropped: %s", stage.node.drops().snapshot())
          .isEqualTo(sent);
    }

    private void receiver(int number) {
      Name<Object> name = Name.of("receiver " + number, Object.class);
      ProcessSpec<Object> spec =
          number % 2 == 0
              ? ProcessSpec.server(Object.class, Receiver::new)
              : ProcessSpec.body(Object.class, this::receives);
      names.add(name);
      processes.add(
          stage.node.spawn(
              spec.named(name).withMailbox(MailboxLimit.ofMessages(2 + stage.world.below(5)))));
    }

    /// Acts are told apart from what is counted.
    private void handle(Self<Object> self, Object message) throws Exception {
      if (message instanceof Puppet.Act act) {
        act.perform(self);
      }
      handled++;
    }

    private final class Receiver implements Server<Object> {
      @Override
      public void started(Self<Object> self) {
        aliases.add(self.alias(Object.class, message -> message));
      }

      @Override
      public void handle(Self<Object> self, Object message) throws Exception {
        Program.this.handle(self, message);
      }
    }

    private void receives(Self<Object> self, Inbox<Object> inbox) throws Exception {
      aliases.add(self.alias(Object.class, message -> message));
      while (true) {
        handle(self, stage.world.below(4) == 0 ? inbox.receive(Integer.class) : inbox.receive());
      }
    }

    private <T> T any(List<T> things) {
      return things.get(stage.world.below(things.size()));
    }

    private void step() {
      switch (stage.world.below(10)) {
        case 0 -> stage.node.exit(any(processes), Stage.BOOM);
        case 1 -> stage.node.exit(any(processes), ExitReason.kill());
        case 2 -> cancelAnAlias();
        case 3, 4 -> sends(self -> toName(any(names)));
        case 5 -> toName(any(names));
        case 6, 7 -> sends(_ -> to(any(addresses)));
        default -> to(any(addresses));
      }
    }

    private void cancelAnAlias() {
      Alias<Object> alias = any(aliases);
      sent++;
      aliasOwner(alias).send((Puppet.Act) _ -> alias.cancel());
    }

    private ProcessRef<Object> aliasOwner(Alias<Object> alias) {
      return processes.stream().filter(p -> p.pid().equals(alias.pid())).findFirst().orElseThrow();
    }

    private void sends(Puppet.Act act) {
      sent++;
      any(processes).send(act);
    }

    private void to(ProcessRef<Object> address) {
      sent++;
      address.send(sent);
    }

    private void toName(Name<Object> name) {
      sent++;
      stage.node.send(name, sent);
    }
  }
}
