package dev.kith.cluster;

import dev.kith.process.NodeName;
import dev.kith.wire.node.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which nodes may connect, and what they may do here.
///
/// Both sides of a connection look: who is connected with, and who connects. It comes on top of the
/// [Secret] and of certificates, which prove who is there.
///
/// @param nodes the names that may connect; `*` in one stands for any characters, or none
/// @param names whose word it is that a node has its name
/// @param permission what a node may do that has connected
public record Access(List<String> nodes, Names names, Permission permission) {
  private static final Access EVERYBODY =
      new Access(List.of("*"), Names.CLAIMED, Permission.EVERYTHING);

  /// Without a name nobody could connect.
  public Access {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty() || nodes.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("names of nodes that may connect: " + nodes);
    }
    Objects.requireNonNull(names);
    Objects.requireNonNull(permission);
  }

  /// Whose word it is that a node has its name.
  public enum Names {
    /// Its own. Whoever has proved that it belongs to the cluster may have any name.
    CLAIMED,
    /// Its certificate's: the subject's common name, or an alternative name (DNS, e-mail), is the
    /// node's name, to the letter.
    CERTIFIED
  }

  /// Whoever belongs to the cluster may connect under any name and do everything.
  public static Access everybody() {
    return EVERYBODY;
  }

  /// The same for nodes with these names only.
  public Access withNodes(String... allowed) {
    return withNodes(List.of(allowed));
  }

  /// The same for nodes with these names only.
  public Access withNodes(List<String> allowed) {
    return new Access(allowed, names, permission);
  }

  /// The same by another's word. [Names#CERTIFIED] needs a transport with certificates.
  public Access withNames(Names by) {
    return new Access(nodes, by, permission);
  }

  /// The same with another permission.
  public Access withPermission(Permission other) {
    return new Access(nodes, names, other);
  }

  /// What there is against a node that says this name.
  ///
  /// @param certified the names in its certificate
  Optional<Refusal> objection(NodeName node, Set<String> certified) {
    if (nodes.stream().noneMatch(allowed -> matches(allowed, node.text()))) {
      return Optional.of(Refusal.NOT_ALLOWED);
    }
    if (names == Names.CERTIFIED && !certified.contains(node.text())) {
      return Optional.of(Refusal.UNCERTIFIED);
    }
    return Optional.empty();
  }

  private static boolean matches(String allowed, String name) {
    return Pattern.matches(Pattern.quote(allowed).replace("*", "\\E.*\\Q"), name);
  }
}
