package dev.kith.process;

import java.util.ArrayList;
import java.util.List;

/// A process that does what a test tells it, as itself, and remembers everything else it hears.
///
/// **Threading.** As everything in a world: the test's thread looks while the world stands still.
final class Puppet {
  /// What it was sent, beside acts.
  final List<Object> heard = new ArrayList<>();

  /// What its `terminate` was given.
  final List<ExitReason> terminated = new ArrayList<>();

  private ProcessRef<Object> ref;

  /// Something to do as a process.
  interface Act {
    void perform(Self<Object> self) throws Exception;
  }

  /// What it takes to start it.
  ProcessSpec<Object> spec() {
    return ProcessSpec.server(Object.class, Strings::new);
  }

  /// Does something, when the world comes to it.
  void does(Act act) {
    ref().send(act);
  }

  /// Traps exits: they are heard as [Exit].
  Puppet trapping() {
    does(self -> self.trapExits(exit -> exit));
    return this;
  }

  /// The puppet, as whoever asks must speak of it: a process of another node gets a reference of
  /// that node.
  ProcessRef<Object> ref() {
    ProcessRef<Object> known = started();
    LocalProcess<?> asking = Running.process();
    return asking == null || asking.node.name().equals(known.pid().node())
        ? known
        : asReference(asking.node.find(known.pid()));
  }

  @SuppressWarnings("unchecked") // a puppet takes everything
  private static ProcessRef<Object> asReference(ProcessRef<?> found) {
    return (ProcessRef<Object>) found;
  }

  private ProcessRef<Object> started() {
    if (ref == null) {
      throw new IllegalStateException("not started");
    }
    return ref;
  }

  Pid pid() {
    return started().pid();
  }

  void isPlayedBy(ProcessRef<Object> process) {
    ref = process;
  }

  private final class Strings implements Server<Object> {
    @Override
    public void started(Self<Object> self) {
      isPlayedBy(self.ref());
    }

    @Override
    public void handle(Self<Object> self, Object message) throws Exception {
      if (message instanceof Act act) {
        act.perform(self);
      } else {
        heard.add(message);
      }
    }

    @Override
    public void terminate(Self<Object> self, ExitReason reason) {
      terminated.add(reason);
    }
  }
}
