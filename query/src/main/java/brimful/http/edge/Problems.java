package brimful.http.edge;

import brimful.ask.PublicLine;
import brimful.corpus.DiskSpace;
import brimful.corpus.UserError;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maps exceptions to problems that clients can read; no other class does.
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /// No more than this is read of a refused request.
  private static final int READ_BYTES_MAX = 64 << 10;

  private static final int CAUSES_MAX = 10;

  private static final String DEFECT =
      "this is a defect of the server: its log has more under this request's id";
  private static final String DISK_FULL =
      "the server's disk is full: free some space there, and try again";

  private Problems() {}

  public static void register(RoutesConfig routes) {
    routes.exception(Exception.class, (e, context) -> send(context, of(e)));
    // Javalin answers its own exceptions in plain text unless they are handled here. Unknown paths
    // and methods are handled below.
    routes.exception(
        HttpResponseException.class,
        (e, context) -> {
          if (e.getStatus() == 404 || e.getStatus() == 405) {
            context.status(e.getStatus());
            Optional.ofNullable(e.getDetails().get("availableMethods"))
                .ifPresent(methods -> context.header("Allow", methods));
          } else {
            send(context, of(e));
          }
        });
    routes.error(404, context -> unlessSaid(context, "nothing is at %s: see /openapi.json"));
    routes.error(500, context -> unlessSaid(context, DEFECT));
    routes.error(405, context -> unlessSaid(context, "%s takes other methods: see /openapi.json"));
  }

  private static void unlessSaid(Context context, String detail) {
    String type = String.valueOf(context.res().getContentType());
    if (!type.contains("json")) {
      send(context, new Problem(context.status(), detail.formatted(context.path())));
    }
  }

  /// Sends a problem, unless the response is already on its way.
  static void send(Context context, Problem problem) {
    if (context.res().isCommitted()) {
      return;
    }
    if (context.isMultipart() || !isReadToItsEnd(context.req())) {
      // Jetty then closes the connection, and the client must not send anything else on it.
      context.header("Connection", "close");
    }
    if (problem.retrySeconds() > 0) {
      context.header("Retry-After", Integer.toString(problem.retrySeconds()));
    }
    context
        .status(problem.status())
        .contentType(Problem.contentType(context.path()))
        .result(problem.body(context.path()));
  }

  /// Reads the rest of a refused request, if it is short.
  public static boolean isReadToItsEnd(HttpServletRequest request) {
    long bytes = request.getContentLengthLong();
    if (bytes <= 0) {
      return request.getHeader("Transfer-Encoding") == null;
    }
    if (bytes > READ_BYTES_MAX) {
      return false;
    }
    try {
      byte[] _ = request.getInputStream().readNBytes(READ_BYTES_MAX);
      return true;
    } catch (IOException | RuntimeException e) {
      // Jetty also gives up a body that arrives too slowly, as any may on a busy machine.
      return false;
    }
  }

  /// Returns the status of a kind of error.
  public static HttpStatus status(UserError.Kind kind) {
    return switch (kind) {
      case USAGE, INPUT -> HttpStatus.BAD_REQUEST;
      case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
      case MEDIA_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case FORBIDDEN -> HttpStatus.FORBIDDEN;
      case UNPAID -> HttpStatus.PAYMENT_REQUIRED;
      case CONFLICT -> HttpStatus.CONFLICT;
      case UNANSWERABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
      case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
      case BUSY, UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case UPSTREAM, CUT_OFF -> HttpStatus.BAD_GATEWAY;
      case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
      case CONFIG, CANNOT_WRITE, IO -> HttpStatus.INTERNAL_SERVER_ERROR;
      case DISK_FULL -> HttpStatus.INSUFFICIENT_STORAGE;
    };
  }

  /// Returns after how many seconds a client should try again; empty if that would not help.
  public static OptionalInt retryAfter(HttpStatus status) {
    return switch (status) {
      case TOO_MANY_REQUESTS -> OptionalInt.of(60);
      case SERVICE_UNAVAILABLE -> OptionalInt.of(10);
      default -> OptionalInt.empty();
    };
  }

  /// Returns the problem of an exception. Our own faults are logged, and clients learn no details.
  public static Problem of(Exception e) {
    return switch (e) {
      case UserError error -> of(error);
      case HttpResponseException own -> of(own);
      case CancellationException _ ->
          new Problem(
              HttpStatus.SERVICE_UNAVAILABLE, "stopped before the answer came: try again later");
      default -> ours(e);
    };
  }

  private static Problem of(UserError error) {
    HttpStatus status = status(error.kind());
    return switch (error.kind()) {
      // These lines name files of the server, so they go to its operator only.
      case CONFIG, CANNOT_WRITE, IO -> {
        LOG.warn("request failed kind={} cause={}", error.kind(), error.line());
        yield new Problem(
            status,
            error.kind() == UserError.Kind.CONFIG
                ? "the server's configuration is wrong: its log says where"
                : "I/O error of the server: its log has more under this request's id");
      }
      default ->
          new Problem(status, PublicLine.of(error).lines().findFirst().orElse(""), error.field());
    };
  }

  private static Problem of(HttpResponseException own) {
    HttpStatus status = HttpStatus.forStatus(own.getStatus());
    return new Problem(
        status,
        status == HttpStatus.CONTENT_TOO_LARGE
            ? "the body is longer than this server takes: send less"
            : firstLine(own));
  }

  private static Problem ours(Exception e) {
    Optional<String> parts = BadMultipart.line(e);
    if (parts.isPresent()) {
      return new Problem(HttpStatus.BAD_REQUEST, parts.get());
    }
    // Not Jetty's asHttpException, which turns any IllegalArgumentException into a bad request.
    Throwable cause = e;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof HttpException own && own.getCode() < 500) {
        return new Problem(
            HttpStatus.forStatus(own.getCode()), String.valueOf(own.getReason()).strip());
      }
      if (cause instanceof EofException) {
        // The client left in the middle of its request, so nobody reads this.
        return new Problem(HttpStatus.BAD_REQUEST, "the request ended before its body did");
      }
      cause = cause.getCause();
    }
    if (e instanceof UncheckedIOException || e instanceof IOException) {
      LOG.warn("request failed cause={}", e.toString());
      return DiskSpace.isExhausted(e)
          ? new Problem(HttpStatus.INSUFFICIENT_STORAGE, DISK_FULL)
          : new Problem(
              HttpStatus.INTERNAL_SERVER_ERROR,
              "I/O error of the server: its log has more under this request's id");
    }
    LOG.error("request failed", e);
    return new Problem(HttpStatus.INTERNAL_SERVER_ERROR, DEFECT);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
