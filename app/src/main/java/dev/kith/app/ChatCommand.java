package dev.kith.app;

import dev.kith.app.chat.Chat;
import dev.kith.group.Scope;
import dev.kith.net.OutboundLimits;
import dev.kith.net.RateLimit;
import dev.kith.net.ServerSettings;
import dev.kith.net.WebServer;
import dev.kith.process.Node;
import dev.kith.wire.web.Admission;
import dev.kith.wire.web.Route;
import dev.kith.wire.web.Site;
import dev.kith.wire.web.Status;
import dev.kith.wire.web.WebRequest;
import dev.kith.wire.web.WebResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kith chat`: a node with the chat on it, alone or one of many, served until it is told to end.
@Command(name = "chat", description = "Serves the chat.", mixinStandardHelpOptions = true)
final class ChatCommand implements Callable<Integer> {
  /// A client may say 5,000 things in one go without being slowed down, again and again.
  private static final RateLimit RATE = new RateLimit(20_000, 50_000);

  /// Room for everybody's bursts to reach a client that reads at its own pace.
  private static final OutboundLimits OUTBOUND =
      OutboundLimits.standard().withBytes(16 << 20).withFrames(100_000);

  private static final int NODES_MAX = 100;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "the address to listen on (${DEFAULT-VALUE})")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "the port to listen on, 0 for any (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--name",
      paramLabel = "NODE",
      defaultValue = "kith",
      description = "the name of the node (${DEFAULT-VALUE})")
  private String name = "";

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description =
          "starts so many nodes, each in a JVM of its own and on the next port, as one chat")
  private @Nullable Integer nodes;

  @Option(
      names = "--link-port",
      paramLabel = "P",
      description = "the port to listen on for other nodes, 0 for any")
  private @Nullable Integer linkPort;

  @Option(names = "--end-with-input", hidden = true, description = "ends when standard input does")
  private boolean endsWithInput;

  @Mixin private final LinkOptions links = new LinkOptions();

  private volatile Phase phase = Phase.STARTING;
  private volatile @Nullable Chat chat;

  @Override
  public Integer call() throws Exception {
    return nodes == null ? serve() : launch(nodes);
  }

  private int launch(int count) throws IOException, InterruptedException, Refusal {
    if (count < 1 || count > NODES_MAX || linkPort != null || links.namesPort()) {
      throw new Refusal(
          "--nodes is a number from 1 to " + NODES_MAX + ", and they choose their link ports");
    }
    address();
    IntFunction<List<String>> registrar = registrar(count);
    ChatNodes children = new ChatNodes(System.out);
    Farewell.onEnd(children::end);
    children.start(
        count,
        port,
        links.host(),
        links.joined(),
        number -> {
          List<String> arguments = new ArrayList<>(List.of("--host", host));
          arguments.addAll(links.words(ChatNodes.name(number)));
          arguments.addAll(registrar.apply(number));
          return arguments;
        });
    children.await();
    return 0;
  }

  /// What each is told of an ensemble of their own, if they want one.
  private IntFunction<List<String>> registrar(int count) throws IOException {
    if (!links.wantsEnsemble()) {
      return _ -> List.of();
    }
    Ensemble ensemble = Ensemble.of(count);
    System.err.println(
        "kith: whoever joins these is a member with --registrar " + ensemble.description());
    return node -> List.of("--registrar", ensemble.words(node));
  }

  private int serve() throws Exception {
    InetSocketAddress address = address();
    Node node = Node.start(NodeCommand.nodeName(name));
    WebServer server = listen(address, node);
    LinkedNode linked = link(node, server);
    chat = Chat.start(node, linked == null ? Scope.on(node) : linked.cluster().scope("kith.rooms"));
    phase = Phase.READY;
    Farewell.onEnd(() -> end(node, linked, server));
    System.out.println(
        "ready http://"
            + printable(address)
            + ":"
            + server.port()
            + "/"
            + (linked == null ? "" : " " + linked.words()));
    System.out.flush();
    if (endsWithInput) {
      System.in.transferTo(OutputStream.nullOutputStream());
      return 0;
    }
    new CountDownLatch(1).await();
    return 0;
  }

  /// Null if this node is alone.
  private @Nullable LinkedNode link(Node node, WebServer server) throws Refusal {
    if (linkPort == null && !links.areGiven()) {
      return null;
    }
    try {
      return links.link(node, linkPort == null ? 0 : linkPort, Chat.messages());
    } catch (Refusal refused) {
      server.close(Duration.ZERO);
      throw refused;
    }
  }

  // Starting

  private InetSocketAddress address() throws Refusal {
    if (port < 0 || port > 65_535) {
      throw new Refusal("--port is a number from 0 to 65535, not " + port);
    }
    try {
      InetAddress resolved = InetAddress.getByName(host);
      if (!resolved.isLoopbackAddress()) {
        System.err.println(
            "kith: warning: "
                + host
                + " can be reached by other machines, and nothing is encrypted");
      }
      return new InetSocketAddress(resolved, port);
    } catch (UnknownHostException _) {
      throw new Refusal("--host " + host + " is not known");
    }
  }

  private WebServer listen(InetSocketAddress address, Node node) throws Refusal {
    ServerSettings settings = ServerSettings.at(address).withRate(RATE).withOutbound(OUTBOUND);
    return switch (WebServer.start(settings, site())) {
      case WebServer.Start.Serving(WebServer server) -> server;
      case WebServer.Start.PortTaken(InetSocketAddress taken) -> {
        node.close();
        throw new Refusal("port " + taken.getPort() + " is in use; choose another with --port");
      }
      case WebServer.Start.NotPossible(InetSocketAddress _, String why) -> {
        node.close();
        throw new Refusal("cannot listen on " + host + ":" + port + ": " + why);
      }
    };
  }

  private static String printable(InetSocketAddress address) {
    String text = address.getAddress().getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }

  // Serving

  private Site site() {
    return Page.addTo(Site.empty())
        .withRoute("/health", Route.always(WebResponse.json(Status.OK, "{\"status\":\"alive\"}")))
        .withRoute("/ready", _ -> readiness())
        .withEndpoint("/socket", this::admit);
  }

  private WebResponse readiness() {
    return switch (phase) {
      case READY -> WebResponse.json(Status.OK, "{\"status\":\"ready\"}");
      case STARTING -> WebResponse.json(Status.UNAVAILABLE, "{\"status\":\"starting\"}");
      case DRAINING -> WebResponse.json(Status.UNAVAILABLE, "{\"status\":\"draining\"}");
    };
  }

  private Admission admit(WebRequest request) {
    Chat running = chat;
    return running == null
        ? Admission.refuse(WebResponse.json(Status.UNAVAILABLE, "{\"error\":\"starting\"}"))
        : running.endpoint().admit(request);
  }

  // Ending

  /// How long load balancers get to see that the node is draining.
  private static final Duration LAME_DUCK = Duration.ofMillis(300);

  /// How long clients get to take what is on its way to them.
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private void end(Node node, @Nullable LinkedNode linked, WebServer server)
      throws InterruptedException {
    phase = Phase.DRAINING;
    Chat running = chat;
    if (running != null) {
      running.drain();
    }
    new CountDownLatch(1).await(LAME_DUCK.toMillis(), TimeUnit.MILLISECONDS);
    server.close(GOODBYE);
    if (linked == null) {
      node.close();
    } else {
      linked.close();
    }
  }
}
