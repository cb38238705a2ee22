package dev.kith.net;

import dev.kith.wire.web.Admission;
import dev.kith.wire.web.Endpoint;
import dev.kith.wire.web.Method;
import dev.kith.wire.web.Route;
import dev.kith.wire.web.Site;
import dev.kith.wire.web.Status;
import dev.kith.wire.web.WebRequest;
import dev.kith.wire.web.WebResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/*
 * A connection begins here. Requests are answered one after the other, each when its last byte has
 * come, so answers keep the order of the questions; nothing is kept of a body. When a request is
 * accepted as a WebSocket, this class puts a `SocketPipe` in its own place and is gone.
 *
 * An answer after which the connection must end (the request was broken, or asked for it) is followed
 * by the end of our half only, and what the client still sends is thrown away until it closes or its
 * time is over: closing at once with bytes unread would reset the connection and might take the answer
 * along (RFC 9112, section 9.6).
 */

/// Answers HTTP requests, and opens pipes.
///
/// **Threading.** Belongs to one loop.
final class HttpFront extends ChannelInboundHandlerAdapter implements NetLoop.Tended {
  private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());

  private final SocketChannel channel;
  private final Site site;
  private final NetLoop loop;
  private final Ledger ledger;
  private final ServerSettings settings;

  private Phase phase = Phase.SERVING;
  private long deadline;
  private boolean retiring;
  private @Nullable HttpRequest request;
  private long bodyBytes;

  HttpFront(
      SocketChannel channel, Site site, NetLoop loop, Ledger ledger, ServerSettings settings) {
    this.channel = channel;
    this.site = site;
    this.loop = loop;
    this.ledger = ledger;
    this.settings = settings;
  }

  private enum Phase {
    SERVING,
    /// The last answer is on its way; what comes is thrown away.
    ENDING,
    /// The connection belongs to a pipe.
    HANDED_ON
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline = loop.refresh() + settings.timing().handshake().toNanos();
    loop.tend(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    loop.forget(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (phase == Phase.SERVING && message instanceof HttpRequest head) {
        begin(head);
      }
      if (phase == Phase.SERVING && message instanceof HttpContent content) {
        body(content);
      }
      if (phase == Phase.SERVING && message instanceof LastHttpContent) {
        answer();
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    channel.flush();
    channel.config().setAutoRead(channel.isWritable());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    channel.config().setAutoRead(channel.isWritable());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    if (!(thrown instanceof IOException)) {
      LOG.log(System.Logger.Level.WARNING, "a connection failed", thrown);
    }
    var _ = channel.close();
  }

  @Override
  public void tend(long now) {
    if (now - deadline < 0) {
      return;
    }
    if (phase == Phase.SERVING) {
      ledger.count(Refusal.REQUEST_TIMEOUT);
    }
    var _ = channel.close();
  }

  @Override
  public void retire() {
    retiring = true;
    if (phase == Phase.SERVING && request == null) {
      endAfterFlush();
      channel.flush();
    }
  }

  @Override
  public void abort() {
    var _ = channel.close();
  }

  // ---- a request

  private void begin(HttpRequest head) {
    request = head;
    bodyBytes = 0;
    if (head.decoderResult().isFailure()) {
      refuse(statusFor(head.decoderResult().cause()));
    } else if (HttpUtil.is100ContinueExpected(head)) {
      refuse(Status.EXPECTATION_FAILED);
    } else if (HttpUtil.getContentLength(head, 0L) > settings.http().bodyBytes()) {
      refuse(Status.CONTENT_TOO_LARGE);
    }
  }

  private static Status statusFor(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ -> Status.URI_TOO_LONG;
      case TooLongHttpHeaderException _ -> Status.HEADERS_TOO_LARGE;
      default -> Status.BAD_REQUEST;
    };
  }

  private void body(HttpContent content) {
    bodyBytes += content.content().readableBytes();
    if (content.decoderResult().isFailure()) {
      refuse(Status.BAD_REQUEST);
    } else if (bodyBytes > settings.http().bodyBytes()) {
      refuse(Status.CONTENT_TOO_LARGE);
    }
  }

  private void answer() {
    var head = Objects.requireNonNull(request);
    var method = RequestLine.method(head);
    var parsed = RequestLine.parse(head, method.orElse(Method.GET), channel.remoteAddress());
    if (parsed.isEmpty()) {
      refuse(Status.BAD_REQUEST);
      return;
    }
    var place = site.at(parsed.get().path());
    if (place.isEmpty()) {
      respond(head, WebResponse.text(Status.NOT_FOUND, "not found\n"));
    } else if (method.isEmpty()) {
      respond(head, methodNotAllowed());
    } else {
      switch (place.get()) {
        case Site.Place.Answering(var route) -> respond(head, ask(route, parsed.get()));
        case Site.Place.Opening(var endpoint) -> admit(endpoint, head, parsed.get());
      }
    }
  }

  private static WebResponse methodNotAllowed() {
    return WebResponse.text(Status.METHOD_NOT_ALLOWED, "only GET and HEAD\n")
        .withHeader("allow", "GET, HEAD");
  }

  private static WebResponse ask(Route route, WebRequest request) {
    return Foreign.call(() -> route.answer(request), HttpFront::failed);
  }

  private static WebResponse failed(Throwable thrown) {
    LOG.log(System.Logger.Level.ERROR, "a route failed", thrown);
    return WebResponse.text(Status.INTERNAL_ERROR, "internal error\n");
  }

  private void admit(Endpoint endpoint, HttpRequest head, WebRequest request) {
    switch (Handshake.of(head)) {
      case Handshake.Improper(var response) -> respond(head, response);
      case Handshake.Proper(var accept) -> {
        switch (admission(endpoint, request)) {
          case Admission.Refused(var response) -> {
            ledger.count(Refusal.NOT_ADMITTED);
            respond(head, response);
          }
          case Admission.Accepted accepted -> upgrade(accept, accepted);
        }
      }
    }
  }

  private static Admission admission(Endpoint endpoint, WebRequest request) {
    return Foreign.call(() -> endpoint.admit(request), thrown -> Admission.refuse(failed(thrown)));
  }

  /// Bytes that the client sent behind its request leave the codec when it is removed, and the pipe
  /// holds them until it is open.
  private void upgrade(String accept, Admission.Accepted accepted) {
    phase = Phase.HANDED_ON;
    ledger.requests.increment();
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept);
    var _ = channel.writeAndFlush(response);
    var pipe = new SocketPipe(channel, loop, ledger, settings);
    channel.pipeline().addLast(pipe);
    channel.pipeline().remove(this);
    channel.pipeline().remove(HttpServerCodec.class);
    pipe.open(accepted.opening());
  }

  // ---- a response

  private void refuse(Status status) {
    boolean isTooLarge =
        status.equals(Status.CONTENT_TOO_LARGE)
            || status.equals(Status.HEADERS_TOO_LARGE)
            || status.equals(Status.URI_TOO_LONG);
    ledger.count(isTooLarge ? Refusal.REQUEST_TOO_LARGE : Refusal.BAD_REQUEST);
    var words = HttpResponseStatus.valueOf(status.code()).reasonPhrase();
    write(WebResponse.text(status, words.toLowerCase(Locale.ROOT) + "\n"));
    endAfterFlush();
  }

  private void respond(HttpRequest head, WebResponse response) {
    boolean goesOn = HttpUtil.isKeepAlive(head) && !retiring;
    request = null;
    deadline = loop.refresh() + settings.timing().keepAlive().toNanos();
    if (goesOn) {
      write(response);
    } else {
      write(response.withHeader("connection", "close"));
      endAfterFlush();
    }
  }

  private void write(WebResponse response) {
    ledger.requests.increment();
    var _ = channel.write(encode(response));
  }

  private FullHttpResponse encode(WebResponse response) {
    var status = HttpResponseStatus.valueOf(response.status().code());
    var body = Unpooled.wrappedBuffer(response.body().bytes());
    var encoded = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    response.headers().forEach(encoded.headers()::add);
    if (!response.status().equals(Status.NOT_MODIFIED)) {
      encoded.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().size());
    }
    encoded.headers().set(HttpHeaderNames.DATE, loop.date());
    return encoded;
  }

  private void endAfterFlush() {
    phase = Phase.ENDING;
    deadline = loop.refresh() + settings.timing().goodbye().toNanos();
    var _ = channel.write(Unpooled.EMPTY_BUFFER).addListener(_ -> endOutput());
  }

  private void endOutput() {
    var _ = channel.shutdownOutput();
  }
}
