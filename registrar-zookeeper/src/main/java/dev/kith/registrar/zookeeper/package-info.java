/// ZooKeeper as a registrar.
///
/// - [ZooKeeperRegistrar]: the registrar; [ZooKeeperSpec] says where ZooKeeper is.
///   [ZooKeeperProvider] makes them of what people write.
/// - [EmbeddedZooKeeper]: a real server in this JVM.
///
/// For those who work on it: `Tree` is what is written where, `Steps` what is asked of ZooKeeper,
/// `Joining` how a stay begins, `Mirror` how changes are followed, `TlsFiles` how ZooKeeper's
/// client is told of certificates, `EmbeddedServer` how a server is started while nobody waits.
@NullMarked
package dev.kith.registrar.zookeeper;

import org.jspecify.annotations.NullMarked;
