package dev.kith.bench.remote.artery;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;

/// An actor system that others can reach.
///
/// Queues are long enough for what the workloads have on their way, so that nothing is dropped. One
/// lane each way was faster here than the default of four.
final class ArterySide {
  private static final String CONFIG =
      """
      pekko.actor.provider = remote
      pekko.actor.allow-java-serialization = off
      pekko.actor.serialization-bindings { "%s" = jackson-cbor }
      pekko.remote.artery {
        transport = tcp
        canonical.hostname = 127.0.0.1
        canonical.port = 0
        advanced.outbound-message-queue-size = 65536
        advanced.inbound-lanes = 1
        advanced.outbound-lanes = 1
        advanced.maximum-frame-size = 256 KiB
      }
      pekko.log-dead-letters = off
      pekko.loglevel = OFF
      pekko.stdout-loglevel = OFF
      pekko.jvm-shutdown-hooks = off
      """
          .formatted(Talk.class.getName());

  final ActorSystem system;

  ArterySide(String name) {
    Config config = ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.load());
    system = ActorSystem.create(name, config);
  }

  /// Where it is reached: what an actor's path begins with.
  String address() {
    return ((ExtendedActorSystem) system).provider().getDefaultAddress().toString();
  }

  /// An actor of another side.
  ActorRef find(String address, String name) throws Exception {
    return system
        .actorSelection(address + "/user/" + name)
        .resolveOne(Duration.ofSeconds(30))
        .toCompletableFuture()
        .get();
  }
}
