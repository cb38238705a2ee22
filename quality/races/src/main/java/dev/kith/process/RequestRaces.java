package dev.kith.process;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// A request has one outcome, whoever comes first.
final class RequestRaces {
  private RequestRaces() {}

  private record Question() implements Request<String> {}

  /// One stage for all tests: a request's race is in the request.
  private static final Stage STAGE = new Stage();

  private static Ask<String> ask(LocalProcess<?> asker) {
    return new Ask<>(new Question(), asker, answer -> answer, null, 1, null);
  }

  /// What has come to the asker: nothing, the reply or a failure.
  private static String arrived(LocalProcess<?> asker) {
    StringBuilder all = new StringBuilder();
    for (Mail mail = asker.poll(); mail != null; mail = asker.poll()) {
      all.append(mail.open() instanceof Answer.Reply<?> ? "reply" : "failure");
    }
    return all.isEmpty() ? "nothing" : all.toString();
  }

  @JCStressTest
  @Outcome(id = "reply, false", expect = ACCEPTABLE, desc = "answered in time, and it arrives")
  @Outcome(
      id = "nothing, true",
      expect = ACCEPTABLE,
      desc = "given up: the late reply never arrives")
  @Outcome(
      expect = FORBIDDEN,
      desc = "an asker that waits for nothing, or an answer after time-out")
  @State
  public static class ReplyOrTimeOut {
    private final LocalProcess<?> asker = STAGE.bystander();
    private final Ask<String> ask = ask(asker);

    @Actor
    public void server() {
      ask.answer("yes");
    }

    @Actor
    public void asker(LL_Result result) {
      result.r2 = ask.giveUp();
    }

    @Arbiter
    public void look(LL_Result result) {
      result.r1 = arrived(asker);
    }
  }

  @JCStressTest
  @Outcome(id = "reply|failure", expect = ACCEPTABLE, desc = "one answer, of whoever came first")
  @Outcome(expect = FORBIDDEN, desc = "no answer, or two")
  @State
  public static class ReplyOrDeathOfTheServer {
    private final LocalProcess<?> asker = STAGE.bystander();
    private final Ask<String> ask = ask(asker);

    @Actor
    public void delegate() {
      ask.answer("yes");
    }

    @Actor
    public void server() {
      ask.refuse(ExitReason.killed());
    }

    @Arbiter
    public void look(L_Result result) {
      result.r1 = arrived(asker);
    }
  }

  @JCStressTest
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the second sees the circle and fails")
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the first does")
  @Outcome(id = "true, true", expect = ACCEPTABLE_INTERESTING, desc = "both fail, neither hangs")
  @Outcome(expect = FORBIDDEN, desc = "neither sees it: both wait for each other")
  @State
  public static class TwoThatCallEachOther {
    private final LocalProcess<?> one = STAGE.bystander();
    private final LocalProcess<?> other = STAGE.bystander();

    public TwoThatCallEachOther() {
      one.extras(); // made in the race, they would bring fences of their own
      other.extras();
    }

    @Actor
    public void one(ZZ_Result result) {
      result.r1 = findsCircle(one, other);
    }

    @Actor
    public void other(ZZ_Result result) {
      result.r2 = findsCircle(other, one);
    }

    /// As a call begins (LocalProcess).
    private static boolean findsCircle(LocalProcess<?> caller, LocalProcess<?> target) {
      Ask<String> ask = ask(caller);
      ask.target = target;
      caller.extras().waitingFor = ask;
      return Cycle.find(ask, caller) != null;
    }
  }
}
