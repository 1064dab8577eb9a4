package brimful.mcp;

import brimful.model.JsonErrors;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// One client over two streams, one message a line.
///
/// The SDK's own transport drops unanswered requests when the input ends, and stops at the first
/// line that is not JSON. This one answers all requests, and reports such a line.
final class StdioTransport implements McpServerTransportProvider {
  private static final int LINE_BYTES_MAX = 1 << 20;
  private static final int REQUESTS_MAX = 32;
  private static final Duration GOODBYE_MAX = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode NOTHING = MissingNode.getInstance();

  /// There is one client, and therefore one session.
  private static final String SESSION = "";

  private final McpJsonMapper json;
  private final StatelessRequests stateless;
  private final InputStream in;
  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private final CallRegistry calls = new CallRegistry();
  private final Semaphore requests = new Semaphore(REQUESTS_MAX);
  private @Nullable McpServerSession session;

  /// Whether `initialize` came; used by the reading thread alone.
  private boolean opened;

  StdioTransport(
      McpJsonMapper json, StatelessRequests stateless, InputStream in, OutputStream out) {
    this.json = json;
    this.stateless = stateless;
    this.in = new BufferedInputStream(in);
    this.out = out;
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory factory) {
    session = factory.create(new Client());
  }

  /// Handles each line until the input ends, then waits a while for the remaining answers.
  void run() {
    McpServerSession open = session;
    if (open == null) {
      throw new IllegalStateException("there is no server: build one on this transport first");
    }
    try {
      for (Optional<String> line = line(); line.isPresent(); line = line()) {
        if (!line.get().isBlank()) {
          accept(line.get(), open);
        }
      }
      boolean _ = requests.tryAcquire(REQUESTS_MAX, GOODBYE_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.close();
    }
  }

  private void accept(String line, McpServerSession open) {
    JsonNode tree;
    McpSchema.JSONRPCMessage message;
    try {
      tree = JSON.readTree(line);
      Optional<RpcError> bad = McpMessages.check(tree);
      if (bad.isPresent()) {
        write(bad.get().json());
        return;
      }
      message = McpSchema.deserializeJsonRpcMessage(json, line);
    } catch (JsonProcessingException e) {
      refuse(NOTHING, McpSchema.ErrorCodes.PARSE_ERROR, JsonErrors.line("this message", e));
      return;
    } catch (IOException | RuntimeException e) {
      // Whatever the parser throws: the next line may be valid.
      refuse(NOTHING, McpSchema.ErrorCodes.PARSE_ERROR, "this line is not a message of JSON-RPC");
      return;
    }
    calls.heed(SESSION, tree);
    if (RequestMeta.isIn(tree) && message instanceof McpSchema.JSONRPCRequest) {
      answer(tree);
      return;
    }
    if (!(message instanceof McpSchema.JSONRPCRequest)) {
      var _ = open.handle(message).onErrorComplete().subscribe();
      return;
    }
    if (!opens(tree)) {
      // The SDK would hold it back, and the process with it.
      refuse(
          tree,
          McpSchema.ErrorCodes.INVALID_REQUEST,
          "no session is open: send initialize first, or a request of 2026-07-28 with its _meta");
      return;
    }
    Optional<RpcError> unknown = McpMessages.checkRequest(tree);
    if (unknown.isPresent()) {
      write(unknown.get().json());
      return;
    }
    if (!requests.tryAcquire()) {
      refuse(tree, RpcError.REFUSED, tooMany());
      return;
    }
    JsonNode id = tree.path("id");
    CancellableCall call = calls.enter(SESSION, id);
    var context = McpTransportContext.create(Map.of(CancellableCall.KEY, call));
    var _ =
        open.handle(message)
            .contextWrite(writing -> writing.put(McpTransportContext.KEY, context))
            // The client has left, and reads no answer.
            .onErrorComplete()
            .doFinally(_ -> {
              calls.leave(SESSION, id, call);
              requests.release();
            })
            .subscribe();
  }

  /// Tells whether a session is open, or a request opens it.
  private boolean opens(JsonNode request) {
    opened |= request.path("method").asText().equals(McpSchema.METHOD_INITIALIZE);
    return opened;
  }

  /// Answers a request of the revision without sessions, in a thread of its own. Who cancels it
  /// gets no answer.
  private void answer(JsonNode message) {
    Optional<RpcError> bad = RequestMeta.check(message);
    if (bad.isPresent()) {
      write(bad.get().json());
      return;
    }
    if (!requests.tryAcquire()) {
      refuse(message, RpcError.REFUSED, tooMany());
      return;
    }
    JsonNode id = message.path("id");
    CancellableCall call = calls.enter(SESSION, id);
    var context = McpTransportContext.create(Map.of(CancellableCall.KEY, call));
    Thread _ =
        Thread.startVirtualThread(() -> {
          try {
            StatelessRequests.Response answer =
                stateless.answer(message, context, notification -> write(notification.toString()));
            if (!call.isCancelled()) {
              write(answer.json().toString());
            }
          } catch (UncheckedIOException e) {
            // The client has left, and reads no answer.
          } finally {
            calls.leave(SESSION, id, call);
            requests.release();
          }
        });
  }

  private static String tooMany() {
    return "%s requests are waiting: send fewer".formatted(REQUESTS_MAX);
  }

  private void refuse(JsonNode message, int code, String line) {
    write(new RpcError(0, code, RpcError.idOf(message), line).json());
  }

  /// Returns the next line. A too long line is cut, which makes it invalid.
  private Optional<String> line() {
    var line = new ByteArrayOutputStream();
    try {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      for (; next >= 0 && next != '\n'; next = in.read()) {
        if (line.size() < LINE_BYTES_MAX) {
          line.write(next);
        }
      }
    } catch (IOException e) {
      // The pipe is broken: nobody writes to it any more.
      return Optional.empty();
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }

  private void write(String message) {
    writing.lock();
    try {
      out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the client reads no more", e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    McpServerSession open = session;
    return open == null ? Mono.empty() : open.sendNotification(method, params);
  }

  @Override
  public Mono<Void> closeGracefully() {
    McpServerSession open = session;
    return open == null ? Mono.empty() : open.closeGracefully();
  }

  /// The client's end of the connection.
  private final class Client implements McpServerTransport {
    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
      return Mono.fromRunnable(() -> {
        try {
          write(json.writeValueAsString(message));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
      return json.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }
  }
}
