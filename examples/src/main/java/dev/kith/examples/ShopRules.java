package dev.kith.examples;

import dev.kith.cluster.Access;
import dev.kith.cluster.Deed;
import dev.kith.process.NodeName;

/// Who may connect with the nodes of a shop, and what they may do.
final class ShopRules {
  private ShopRules() {}

  // @start region=access
  static Access access() {
    return Access.everybody()
        .withNodes("shop-1", "shop-2", "worker-*")
        .withPermission(ShopRules::permits);
  }

  // @end
  // @start region=permission
  /// Workers may send to the desk, and nothing else; shops may do everything.
  static boolean permits(NodeName node, Deed deed) {
    return !node.text().startsWith("worker-")
        || switch (deed) {
          case Deed.Send(String name) -> name.equals("desk");
          case Deed.Watch _, Deed.Exit _, Deed.Spawn _, Deed.Broadcast _, Deed.Register _ -> false;
        };
  }
  // @end
}
