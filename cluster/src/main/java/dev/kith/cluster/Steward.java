package dev.kith.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.Registrar.Confidence;
import dev.kith.cluster.registrar.RegistrarEngine;
import dev.kith.cluster.registrar.RegistrarEvent;
import dev.kith.process.Answer;
import dev.kith.process.Cancel;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.ProcessRef;
import dev.kith.process.ReplyTo;
import dev.kith.process.Request;
import dev.kith.process.Self;
import dev.kith.process.Server;
import dev.kith.server.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * A registrar is asked one thing for each lease at a time, for the first in the line of those who want it. What
 * has become of an attempt may not be known; but whatever is held in this node's stay and by nobody here is seen
 * in the changes: the first in the line takes it, or else it is given back.
 */
/// The process that speaks with the registrar.
///
/// A restart leaves: what was held is free, and the stay that begins is another one.
final class Steward implements Server<Steward.Message> {
  private static final System.Logger LOG = System.getLogger("dev.kith.cluster");

  static final Name<Message> NAME = Name.of("kith.steward", Message.class);

  /// Whoever waits for an answer waits for so much longer than what is asked for may take.
  static final Duration GRACE = Duration.ofSeconds(2);

  /// One attempt with the registrar.
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  private static final Duration AGAIN = Duration.ofMillis(250);

  private static final Duration OPEN_WITHIN = Duration.ofMinutes(1);

  private final Mesh mesh;
  private final Enrolment enrolment;

  /// Null before this node listens, and a moment longer.
  private @Nullable Registrar registrar;

  /// Which stay, of those of this process; what comes of an earlier one is passed over.
  private int stay;

  private Optional<Member> own = Optional.empty();
  private String complaint = "";
  private int failures;

  /// The last lease of a name that somebody here had: whoever has the name next has another token.
  private final Map<String, Lease> spent = new HashMap<>();

  /// Who wants a lease.
  private final Map<String, Line> lines = new HashMap<>();

  private long numbers;

  sealed interface Message {}

  /// A node wants a lease.
  record Acquire(String name, String value, Duration within)
      implements Message, Request<Attempt<Lease>> {}

  /// A node gives one back.
  record Release(Lease lease, Duration within) implements Message, Request<Attempt<Lease>> {}

  /// A node gives one back, and waits for nothing.
  record GiveBack(Lease lease) implements Message {}

  /// Nobody could say whether one was given back.
  record GivingBackUnknown(int stay, Lease lease) implements Message {}

  /// It is time to join.
  record Join() implements Message {}

  /// There is a registrar, or it cannot be opened.
  record Opened(Answer<Registrar> answer) implements Message {}

  /// What became of joining.
  record Joined(int stay, Attempt<Member> attempt) implements Message {}

  /// The registrar has told of something.
  record Changed(int stay, Change change) implements Message {}

  /// The registrar has told of the stay.
  record Sure(int stay, Confidence confidence, String why) implements Message {}

  /// What became of an attempt for the first in a line.
  record Tried(int stay, long number, String name, Attempt<Lease> attempt) implements Message {}

  /// It is time for another.
  record Again(String name) implements Message {}

  /// Somebody has waited for long enough.
  record GivenUp(String name, long number) implements Message {}

  Steward(Mesh mesh, Enrolment enrolment) {
    this.mesh = mesh;
    this.enrolment = enrolment;
  }

  @Override
  public void started(Self<Message> self) {
    enrolment.end();
    self.send(self.ref(), new Join());
  }

  @Override
  public void terminate(Self<Message> self, ExitReason reason) {
    enrolment.end();
  }

  @Override
  public void handle(Self<Message> self, Message message) {
    switch (message) {
      case Join() -> join(self);
      case Opened(Answer<Registrar> answer) -> opened(self, answer);
      case Joined(int of, Attempt<Member> attempt) when of == stay -> joined(self, attempt);
      case Changed(int of, Change change) when of == stay -> changed(self, change);
      case Sure(int of, Confidence confidence, String why) when of == stay ->
          sure(self, confidence, why);
      case Acquire wanted -> acquire(self, wanted);
      case Release release -> release(self, release);
      case GiveBack(Lease lease) -> giveBack(self, lease);
      case GivingBackUnknown(int of, Lease lease) when of == stay -> givingBackUnknown(self, lease);
      case Tried tried when tried.stay == stay -> tried(self, tried);
      case Again(String name) -> attempt(self, name);
      case GivenUp(String name, long number) -> givenUp(self, name, number);
      case Joined _, Changed _, Sure _, Tried _, GivingBackUnknown _ -> {
        // of a stay that is over
      }
    }
  }

  /// What the registrar tells comes on its own threads.
  private static Consumer<Message> teller(Self<Message> self) {
    Node node = self.node();
    ProcessRef<Message> me = self.ref();
    return message -> node.tell(me, message);
  }

  // The stay

  private void join(Self<Message> self) {
    if (mesh.addresses().isEmpty()) {
      self.sendAfter(AGAIN, new Join()); // not before this node listens
      return;
    }
    String address = mesh.addresses().getFirst();
    Registrar by = registrar;
    if (by == null) {
      open(self, address);
      return;
    }
    int of = ++stay;
    Consumer<Message> tell = teller(self);
    by.join(
        self.node().name(),
        self.node().incarnation(),
        address,
        new Registrar.Watcher() {
          @Override
          public void changed(Change change) {
            tell.accept(new Changed(of, change));
          }

          @Override
          public void sure(Confidence confidence, String why) {
            tell.accept(new Sure(of, confidence, why));
          }
        },
        ATTEMPT,
        attempt -> tell.accept(new Joined(of, attempt)));
  }

  /// Loading an engine takes its time, which no worker has.
  private void open(Self<Message> self, String address) {
    Node node = self.node();
    RegistrarEngine engine = mesh.spec().registrar();
    int opening = enrolment.opening();
    var _ =
        Task.start(
            self,
            () -> enrolment.opened(opening, engine.open(node, address)),
            OPEN_WITHIN,
            Opened::new);
  }

  private void opened(Self<Message> self, Answer<Registrar> answer) {
    switch (answer) {
      case Answer.Reply<Registrar>(Registrar open) -> {
        registrar = open;
        join(self);
      }
      case Answer.Failed<Registrar>(ExitReason why) -> joinAgain(self, why.toString());
    }
  }

  private void joined(Self<Message> self, Attempt<Member> attempt) {
    switch (attempt) {
      case Attempt.Done<Member>(Member member) -> {
        complaint = "";
        failures = 0;
        own = Optional.of(member);
        enrolment.joined(member);
        LOG.log(System.Logger.Level.INFO, () -> "node %s is a member".formatted(member));
        List.copyOf(lines.keySet()).forEach(name -> attempt(self, name));
      }
      case Attempt.Refused<Member>(String why) -> joinAgain(self, why);
      case Attempt.Unknown<Member>(String why) -> joinAgain(self, why);
    }
  }

  /// An engine may need a moment when many nodes start together; who has failed twice complains.
  private void joinAgain(Self<Message> self, String why) {
    failures++;
    if (failures > 1 && !why.equals(complaint)) {
      complaint = why;
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "node %s is no member yet: %s".formatted(mesh.node(), why));
    }
    self.sendAfter(AGAIN, new Join());
  }

  private void sure(Self<Message> self, Confidence confidence, String why) {
    self.node().events().publish(new RegistrarEvent.StayChanged(confidence, why));
    if (confidence != Confidence.MEMBER) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "node %s: %s (%s)".formatted(mesh.node(), confidence, why));
    }
    switch (confidence) {
      case MEMBER -> List.copyOf(lines.keySet()).forEach(name -> attempt(self, name));
      case UNSURE -> {
        // nothing is granted until it is sure again
      }
      case REMOVED -> {
        ends();
        self.send(self.ref(), new Join());
      }
    }
  }

  private void ends() {
    stay++;
    own = Optional.empty();
    spent.clear();
    lines.values().forEach(line -> line.trying = false);
    enrolment.forget();
  }

  private void changed(Self<Message> self, Change change) {
    enrolment.changed(change);
    switch (change) {
      case Change.Held(Lease lease) -> {
        if (lease.name().equals(Enrolment.LEADER)) {
          LOG.log(System.Logger.Level.INFO, () -> "node %s: %s".formatted(mesh.node(), lease));
        }
        Line line = lines.get(lease.name());
        if (isLeftOver(lease) && (line == null || !line.trying)) {
          grant(self, lease);
        }
      }
      case Change.Freed(Lease lease) -> {
        spent.remove(lease.name(), lease);
        enrolment.lost(lease);
        attempt(self, lease.name());
      }
      case Change.Joined _, Change.Removed _ -> {
        // nothing to do here
      }
    }
  }

  private boolean isLeftOver(Lease lease) {
    return own.isPresent() && own.get().stay() == lease.stay() && !enrolment.isHeld(lease);
  }

  // Leases

  private void acquire(Self<Message> self, Acquire wanted) {
    Optional<String> objection = objection(wanted);
    if (objection.isPresent()) {
      self.reply(wanted, new Attempt.Refused<>(objection.get()));
      return;
    }
    long number = ++numbers;
    Cancel timer = self.sendAfter(wanted.within, new GivenUp(wanted.name, number));
    Line.Waiter waiter = new Line.Waiter(number, wanted.value, self.replyTo(wanted), timer);
    lines.computeIfAbsent(wanted.name, _ -> new Line()).waiters.add(waiter);
    attempt(self, wanted.name);
  }

  private static Optional<String> objection(Acquire wanted) {
    if (wanted.name.length() > Registrar.NAME_MAX || wanted.value.length() > Registrar.VALUE_MAX) {
      return Optional.of(
          "a name of %d characters, of %d allowed, or a value of %d, of %d allowed"
              .formatted(
                  wanted.name.length(),
                  Registrar.NAME_MAX,
                  wanted.value.length(),
                  Registrar.VALUE_MAX));
    }
    return isText(wanted.name) && isText(wanted.value)
        ? Optional.empty()
        : Optional.of("the name or its value is no text: it has half of a surrogate pair");
  }

  /// Registrars keep text as UTF-8: half of a pair would come back as something else.
  private static boolean isText(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }

  private void attempt(Self<Message> self, String name) {
    Line line = lines.get(name);
    Registrar by = registrar;
    if (line == null || line.trying || own.isEmpty() || by == null) {
      return;
    }
    if (line.waiting().isEmpty()) {
      leave(self, name);
      return;
    }
    if (!by.isSure()) {
      line.why = "the registrar has not answered this node for the time of a session";
      return; // until it is sure
    }
    Optional<Lease> holder = enrolment.lease(name);
    if (holder.isPresent()) {
      line.why = holder.get().refusal();
      if (isLeftOver(holder.get())) {
        grant(self, holder.get());
      }
      return; // until it is free
    }
    Line.Waiter first = line.waiters.element();
    line.trying = true;
    line.why = "the registrar was asked, and has not answered yet";
    int of = stay;
    Consumer<Message> tell = teller(self);
    by.acquire(
        name,
        first.value(),
        ATTEMPT,
        attempt -> tell.accept(new Tried(of, first.number(), name, attempt)));
  }

  private void tried(Self<Message> self, Tried tried) {
    Line line = lines.get(tried.name);
    if (line != null) {
      line.trying = false;
    }
    switch (tried.attempt) {
      case Attempt.Done<Lease>(Lease lease) -> grant(self, lease);
      case Attempt.Refused<Lease>(String why) -> again(self, tried.name, why);
      case Attempt.Unknown<Lease>(String why) -> again(self, tried.name, why);
    }
  }

  private void again(Self<Message> self, String name, String why) {
    Line line = lines.get(name);
    if (line != null) {
      line.why = why;
      self.sendAfter(AGAIN, new Again(name));
    }
  }

  /// A lease of this stay is there: the first in the line has it, or nobody wants it any more.
  private void grant(Self<Message> self, Lease lease) {
    if (enrolment.isHeld(lease)) {
      return;
    }
    Line line = lines.get(lease.name());
    if (line == null
        || line.waiting().isEmpty()
        || !line.isFirst(lease.value())
        || lease.equals(spent.get(lease.name()))) {
      giveBack(self, lease);
      return;
    }
    if (registrar != null && registrar.isSure()) {
      Line.Waiter first = line.waiters.remove();
      first.timer().cancel();
      enrolment.granted(lease); // before the last look: a successor of whoever asked finds it
      spent.put(lease.name(), lease);
      if (first.to().isAwaited()) {
        first.to().reply(new Attempt.Done<>(lease));
      } else {
        giveBack(self, lease);
      }
    }
    attempt(self, lease.name());
  }

  /// Nobody wants a lease any more: should it have come in doubt, for somebody who has not waited,
  /// it is given back.
  private void leave(Self<Message> self, String name) {
    lines.remove(name);
    enrolment.lease(name).filter(this::isLeftOver).ifPresent(lease -> giveBack(self, lease));
  }

  private void givenUp(Self<Message> self, String name, long number) {
    Line line = lines.get(name);
    if (line == null) {
      return;
    }
    List<Line.Waiter> gone = new ArrayList<>(line.waiters);
    gone.removeIf(waiter -> waiter.number() != number);
    line.waiters.removeAll(gone);
    for (Line.Waiter waiter : gone) {
      waiter
          .to()
          .reply(
              enrolment.lease(name).isPresent()
                  ? new Attempt.Refused<>(line.why)
                  : new Attempt.Unknown<>(line.why));
    }
    if (line.waiting().isEmpty() && !line.trying) {
      leave(self, name);
    }
  }

  private void release(Self<Message> self, Release release) {
    ReplyTo<Attempt<Lease>> to = self.replyTo(release);
    giveBack(self, release.lease, release.within, to::reply);
  }

  private void giveBack(Self<Message> self, Lease lease) {
    giveBack(self, lease, ATTEMPT, _ -> {});
  }

  private void givingBackUnknown(Self<Message> self, Lease lease) {
    boolean isTaken = enrolment.isHeld(lease);
    if (!isTaken && enrolment.lease(lease.name()).equals(Optional.of(lease))) {
      self.sendAfter(AGAIN, new GiveBack(lease));
    }
  }

  /// A lease that nobody here has is given back until that is known.
  private void giveBack(
      Self<Message> self, Lease lease, Duration within, Consumer<? super Attempt<Lease>> then) {
    enrolment.givenBack(lease);
    if (registrar == null) {
      then.accept(new Attempt.Refused<>("this node is no member yet"));
      return;
    }
    int of = stay;
    Consumer<Message> tell = teller(self);
    registrar.release(
        lease,
        within,
        attempt -> {
          then.accept(attempt);
          if (attempt instanceof Attempt.Unknown<Lease>) {
            tell.accept(new GivingBackUnknown(of, lease));
          }
        });
  }

  @Override
  public Object inspect() {
    return own;
  }
}
