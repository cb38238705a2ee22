package dev.kith.registrar.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.cluster.registrar.Attempt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.jspecify.annotations.Nullable;

/// What a registrar looks at in ZooKeeper, one method each, and the sessions in which it changes
/// something: asked for at once, answered on ZooKeeper's event thread.
///
/// **Threading.** Any thread.
final class Steps implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Steps.class.getName());

  /// What ZooKeeper takes for somebody without a word from them.
  private static final Set<String> ANYBODY = Set.of("world", "ip");

  private static final int CONNECT_WITHIN_MILLIS = 3_000;

  private final ZooKeeperSpec spec;
  private final Optional<TlsFiles> tls;
  private final CuratorFramework client;

  /// Under this object's lock.
  private boolean closed;

  Steps(ZooKeeperSpec spec, Tree tree) {
    this.spec = spec;
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(spec.hosts())
            .sessionTimeoutMs((int) spec.session().toMillis())
            .connectionTimeoutMs(CONNECT_WITHIN_MILLIS)
            .ensembleTracker(
                false) // servers say ports that are not by TLS, and their own addresses
            .retryPolicy(new BoundedExponentialBackoffRetry(50, 1_000, 10));
    tls = spec.tls().map(TlsFiles::new);
    ZKClientConfig config = tls.map(TlsFiles::config).orElseGet(ZKClientConfig::new);
    config.setProperty(
        ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false"); // it asks for servers' names
    builder.zkClientConfig(config);
    if (spec.hasSecret()) {
      builder
          .authorization("digest", ("kith:" + spec.secret()).getBytes(UTF_8))
          .aclProvider(new Owned(tree));
    }
    client = builder.build();
    client
        .getUnhandledErrorListenable()
        .addListener((words, e) -> LOG.log(System.Logger.Level.WARNING, words, e));
    client.start();
  }

  /// At the root and below, who knows the secret may do everything, and nobody else anything. What
  /// is above belongs to all who have a root there.
  private record Owned(Tree tree) implements ACLProvider {
    @Override
    public List<ACL> getDefaultAcl() {
      return ZooDefs.Ids.CREATOR_ALL_ACL;
    }

    @Override
    public List<ACL> getAclForPath(String path) {
      return tree.has(path) ? ZooDefs.Ids.CREATOR_ALL_ACL : ZooDefs.Ids.OPEN_ACL_UNSAFE;
    }
  }

  CuratorFramework client() {
    return client;
  }

  void onConnection(Consumer<? super ConnectionState> then) {
    client.getConnectionStateListenable().addListener((_, state) -> then.accept(state));
  }

  /// ZooKeeper's session at this moment; null if there is none. Waits while one is ending.
  @Nullable Session session() {
    try {
      ZooKeeper zooKeeper = client.getZookeeperClient().getZooKeeper();
      return zooKeeper.getSessionId() == 0
          ? null
          : new Session(
              zooKeeper,
              spec.hasSecret() ? ZooDefs.Ids.CREATOR_ALL_ACL : ZooDefs.Ids.OPEN_ACL_UNSAFE);
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "no session", e);
      return null;
    }
  }

  /// The number of that session; 0 if there is none.
  long sessionId() {
    Session session = session();
    return session == null ? 0 : session.id();
  }

  /// Why a session is worth nothing, if the servers end it sooner than they were asked to.
  Optional<String> objection(Session session) {
    long wanted = spec.session().toMillis();
    return session.timeout() >= wanted
        ? Optional.empty()
        : Optional.of(
            "%s ends sessions after %d ms, and %d are wanted"
                .formatted(spec, session.timeout(), wanted));
  }

  /// Ends the session, with all that it holds, and begins another.
  synchronized void beginAnew() {
    if (closed) {
      return;
    }
    try {
      client.getZookeeperClient().reset();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, "no new session with " + spec, e);
    }
  }

  static Code code(CuratorEvent event) {
    return Code.get(event.getResultCode());
  }

  /// What became of an attempt, when ZooKeeper says what nobody has hoped for.
  <T> Attempt<T> failure(Code code) {
    return switch (code) {
      case NOAUTH -> new Attempt.Refused<>(spec.stranger());
      case CONNECTIONLOSS, OPERATIONTIMEOUT, SESSIONEXPIRED -> new Attempt.Unknown<>(spec.holdup());
      default -> new Attempt.Unknown<>(spec + " says " + code);
    };
  }

  private static BackgroundCallback to(Consumer<? super CuratorEvent> then) {
    return (_, event) -> then.accept(event);
  }

  /// Something that Curator declares to throw anything, and that does not when it is done later.
  private interface Step {
    Object run() throws Exception;
  }

  /// Curator may wait for a session that is ending.
  private static void run(Step step) {
    var _ =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Object _ = step.run();
              } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "closed", e); // whoever waits has a deadline
              }
            });
  }

  /// A place for entries.
  void place(String path, Consumer<? super CuratorEvent> then) {
    run(() -> client.create().creatingParentsIfNeeded().inBackground(to(then)).forPath(path));
  }

  /// Who may do what with an entry.
  void rights(String path, Consumer<? super CuratorEvent> then) {
    run(() -> client.getACL().inBackground(to(then)).forPath(path));
  }

  /// Why these rights are not what the secret is for; empty if they are, or there is none. Without
  /// these schemes whoever gave them, to this node too, had to know the secret. By TLS the one that
  /// made an entry has rights by its certificate besides.
  Optional<String> open(List<ACL> rights) {
    boolean open = rights.stream().anyMatch(one -> ANYBODY.contains(one.getId().getScheme()));
    return spec.hasSecret() && open ? Optional.of(spec.open()) : Optional.empty();
  }

  private void exists(String path, Consumer<? super CuratorEvent> then) {
    run(() -> client.checkExists().inBackground(to(then)).forPath(path));
  }

  /// As [#exists], and not older than the moment it was asked for.
  void look(String path, Consumer<? super CuratorEvent> then) {
    synced(path, then, () -> exists(path, then));
  }

  /// What is there, and not older than the moment it was asked for.
  void read(String path, Consumer<? super CuratorEvent> then) {
    synced(path, then, () -> run(() -> client.getData().inBackground(to(then)).forPath(path)));
  }

  private void synced(String path, Consumer<? super CuratorEvent> failed, Runnable then) {
    run(() ->
        client
            .sync()
            .inBackground(
                to(event -> {
                  if (code(event) == Code.OK) {
                    then.run();
                  } else {
                    failed.accept(event);
                  }
                }))
            .forPath(path));
  }

  /// Ends the session, and all that was entered in it.
  @Override
  public synchronized void close() {
    closed = true;
    client.close();
    tls.ifPresent(TlsFiles::close);
  }
}
