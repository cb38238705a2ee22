package dev.kith.testing;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Change;
import dev.kith.cluster.registrar.Lease;
import dev.kith.cluster.registrar.Member;
import dev.kith.cluster.registrar.Registrar;
import dev.kith.cluster.registrar.Registrar.Confidence;
import dev.kith.process.NodeName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/*
 * The two talk in lines: "holds" when the lease is there; "NOTE VALUE" to it, and "SURE OUTCOME WORDS" back. It is
 * asked and answers on its main thread, which nothing of the engine has to wake: so what it says of itself after
 * it stood still is what the clocks say, and not what it has been told.
 */
/// A holder in a JVM of its own, which stands still as a process does that is suspended by its
/// operating system, or by a hypervisor, or for a long collection of garbage.
///
/// **Threading.** One thread.
public final class HolderJvm implements RegistrarFaultContract.Holder {
  private static final String HOLDS = "holds";

  private final OtherJvm jvm;

  private HolderJvm(OtherJvm jvm) {
    this.jvm = jvm;
  }

  /// Starts this program, which calls [#run], and waits until it holds the lease.
  public static HolderJvm start(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    OtherJvm jvm = OtherJvm.start(program, arguments);
    jvm.next(HOLDS);
    return new HolderJvm(jvm);
  }

  /// What such a program does: joins, takes the lease, and writes when it is told to, until its
  /// input ends.
  public static void run(String node, Registrar registrar) throws IOException {
    try (registrar) {
      Attempt<Member> joined =
          ask(then ->
              registrar.join(NodeName.of(node), 1, "x:1", new Deaf(), Loopback.PATIENCE, then));
      Attempt<Lease> acquired = ask(then -> registrar.acquire("lead", "", Loopback.PATIENCE, then));
      if (!(acquired instanceof Attempt.Done<Lease>(Lease lease))) {
        throw new IOException(joined + ", " + acquired);
      }
      System.out.println(HOLDS);
      var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        boolean sure = registrar.isSure();
        String[] words = line.split(" ", 2);
        Attempt<String> attempt =
            ask(then -> registrar.write(lease, words[0], words[1], Loopback.PATIENCE, then));
        System.out.println(sure + " " + text(attempt));
      }
    }
  }

  private static <T> Attempt<T> ask(Consumer<Consumer<? super Attempt<T>>> question) {
    CompletableFuture<Attempt<T>> answer = new CompletableFuture<>();
    question.accept(answer::complete);
    return answer.join();
  }

  private static String text(Attempt<String> attempt) {
    return switch (attempt) {
      case Attempt.Done<String>(String value) -> "done " + value;
      case Attempt.Refused<String>(String why) -> "refused " + why;
      case Attempt.Unknown<String>(String why) -> "unknown " + why;
    };
  }

  private static Attempt<String> attempt(String outcome, String words) {
    return switch (outcome) {
      case "done" -> new Attempt.Done<>(words);
      case "refused" -> new Attempt.Refused<>(words);
      default -> new Attempt.Unknown<>(words);
    };
  }

  /// It is of no interest here what the registrar tells.
  private record Deaf() implements Registrar.Watcher {
    @Override
    public void changed(Change change) {}

    @Override
    public void sure(Confidence confidence, String why) {}
  }

  @Override
  public RegistrarFaultContract.Written write(String note, String value)
      throws InterruptedException {
    jvm.type(note + " " + value);
    String[] said = jvm.next("").split(" ", 3);
    return new RegistrarFaultContract.Written(
        Boolean.parseBoolean(said[0]), attempt(said[1], said[2]));
  }

  @Override
  public void suspend() throws IOException, InterruptedException {
    jvm.suspend();
  }

  @Override
  public void resume() throws IOException, InterruptedException {
    jvm.resume();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
