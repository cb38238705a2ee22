package dev.kith.cluster;

import dev.kith.cluster.registrar.Attempt;
import dev.kith.cluster.registrar.Lease;
import dev.kith.process.Answer;
import dev.kith.process.Cancel;
import dev.kith.process.ExitReason;
import dev.kith.process.Name;
import dev.kith.process.Node;
import dev.kith.process.Pid;
import dev.kith.process.ProcessRef;
import dev.kith.process.Self;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Names that one process of all nodes has at most (GLB-5, the strict kind): each is a lease, so it
/// is right even while the cluster is split, and not to be had on the side that cannot decide.
///
/// A process keeps its name until it ends or gives it back. If its node may have been removed from
/// the members, so that the name may soon be another's, the process is killed; it need not look.
/// Beside them there is the [AddressBook], where each node has its own names, at no cost.
///
/// **Threading.** Any thread; only the calls whose names say so wait.
public final class ExclusiveNames {
  /// Before a name's text, in the name of its lease.
  static final String LEASE = "name/";

  private final Node node;
  private final Enrolment enrolment;

  ExclusiveNames(Node node, Enrolment enrolment) {
    this.node = node;
    this.enrolment = enrolment;
  }

  /// Wants a name for a process of this node.
  ///
  /// @param within how long to wait for it; then the answer says who has it, or what is waited for
  public <W, M> Cancel claim(
      Self<W> self,
      Name<M> name,
      ProcessRef<M> holder,
      Duration within,
      Function<? super Answer<Attempt<Lease>>, ? extends W> as) {
    return self.<Attempt<Lease>, Notary.Claim>ask(
        Notary.NAME, new Notary.Claim(name, holder, within), within.plus(Steward.GRACE), as);
  }

  /// As [#claim], and waits.
  public <M> Attempt<Lease> claimAndWait(Name<M> name, ProcessRef<M> holder, Duration within) {
    return node.<Attempt<Lease>, Notary.Claim>call(
        Notary.NAME, new Notary.Claim(name, holder, within), within.plus(Steward.GRACE));
  }

  /// Gives a name back, if this process has it.
  public void release(Name<?> name, ProcessRef<?> holder) {
    node.whereis(Notary.NAME)
        .ifPresent(notary -> node.tell(notary, new Notary.GiveBack(name.text(), holder.pid())));
  }

  /// Who has a name, as far as this node has heard: empty also if it is the name of another
  /// protocol.
  public <M> Optional<ProcessRef<M>> locate(Name<M> name) {
    return enrolment
        .lease(LEASE + name.text())
        .flatMap(Holder::of)
        .filter(holder -> holder.protocol.equals(name.protocol().getName()))
        .map(holder -> typed(node.find(holder.pid)));
  }

  @SuppressWarnings("unchecked") // the lease says what it takes
  private static <M> ProcessRef<M> typed(ProcessRef<?> process) {
    return (ProcessRef<M>) process;
  }

  /// Should a lease of this node be a name's: its holder is killed, and does nothing any more from
  /// here on, so another may have the name.
  static void fence(Node node, Lease lease) {
    if (lease.name().startsWith(LEASE)) {
      Holder.of(lease).ifPresent(holder -> node.exit(node.find(holder.pid), ExitReason.kill()));
    }
  }

  /// What a lease says of who has a name.
  record Holder(Pid pid, String protocol) {
    static String text(Pid pid, Class<?> protocol) {
      return pid.serial() + " " + pid.incarnation() + " " + protocol.getName();
    }

    static Optional<Holder> of(Lease lease) {
      String[] parts = lease.value().split(" ", 3);
      try {
        return Optional.of(
            new Holder(
                new Pid(lease.holder(), Long.parseLong(parts[0]), Integer.parseInt(parts[1])),
                parts[2]));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException _) {
        return Optional.empty();
      }
    }
  }
}
