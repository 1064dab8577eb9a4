package brimful.http;

import brimful.ask.Unavailable;
import brimful.corpus.UserError;
import brimful.desk.Desk;
import brimful.library.Library;
import brimful.library.Places;
import brimful.queue.KafkaUnreachable;
import brimful.store.Disk;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what goes wrong into problems that clients can read: the only place that does.
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /// More of a refused request is not waited for.
  private static final int READ_BYTES_MAX = 64 << 10;

  private Problems() {}

  static void register(RoutesConfig routes) {
    routes.exception(Exception.class, (e, context) -> send(context, of(e)));
    routes.error(404, context -> unlessSaid(context, "nothing is at %s: see /openapi.json"));
    routes.error(405, context -> unlessSaid(context, "%s takes other methods: see /openapi.json"));
  }

  private static void unlessSaid(Context context, String detail) {
    String type = String.valueOf(context.res().getContentType());
    if (!type.contains("json")) {
      send(context, new Problem(context.status(), detail.formatted(context.path())));
    }
  }

  /// Answers with a problem, unless the answer is on its way already.
  static void send(Context context, Problem problem) {
    if (context.res().isCommitted()) {
      return;
    }
    if (!isReadToItsEnd(context.req())) {
      // Jetty closes the connection then, and a client must not send anything else on it.
      context.header("Connection", "close");
    }
    boolean openAi = context.path().startsWith("/v1/chat/");
    context
        .status(problem.status())
        .contentType(openAi ? "application/json" : Problem.CONTENT_TYPE)
        .result(Json.bytes(openAi ? problem.openAi() : problem.json()));
  }

  /// Reads what a refused request still has to say, if that is little.
  private static boolean isReadToItsEnd(HttpServletRequest request) {
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
    } catch (IOException e) {
      return false;
    }
  }

  /// Returns the problem that an exception is. What is our fault is logged, and not told.
  static Problem of(Exception e) {
    return switch (e) {
      case Problem problem -> problem;
      case UserError user -> new Problem(status(user.kind()), user.line());
      case Library.Missing missing -> new Problem(HttpStatus.NOT_FOUND, line(missing));
      case Library.Conflict conflict -> new Problem(HttpStatus.CONFLICT, line(conflict));
      case Places.Refused refused -> new Problem(HttpStatus.FORBIDDEN, line(refused));
      case Desk.Unpaid unpaid -> new Problem(HttpStatus.PAYMENT_REQUIRED, line(unpaid));
      case Desk.Unanswerable no -> new Problem(HttpStatus.UNPROCESSABLE_CONTENT, line(no));
      case IllegalArgumentException bad -> new Problem(HttpStatus.BAD_REQUEST, line(bad));
      case Unavailable away -> new Problem(HttpStatus.SERVICE_UNAVAILABLE, line(away));
      case KafkaUnreachable away -> new Problem(HttpStatus.SERVICE_UNAVAILABLE, line(away));
      case HttpResponseException own ->
          new Problem(HttpStatus.forStatus(own.getStatus()), line(own));
      default -> ours(e);
    };
  }

  private static HttpStatus status(UserError.Kind kind) {
    return switch (kind) {
      case USAGE, INPUT -> HttpStatus.BAD_REQUEST;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case CONFLICT -> HttpStatus.CONFLICT;
      case FORBIDDEN -> HttpStatus.FORBIDDEN;
      case UNPAID -> HttpStatus.PAYMENT_REQUIRED;
      case UNANSWERABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
      case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
      case UNAVAILABLE, BUSY -> HttpStatus.SERVICE_UNAVAILABLE;
      case CONFIG, CANNOT_WRITE -> HttpStatus.INTERNAL_SERVER_ERROR;
      case DISK_FULL -> HttpStatus.INSUFFICIENT_STORAGE;
    };
  }

  private static Problem ours(Exception e) {
    if (Disk.isFull(e)) {
      UserError full = Disk.full("the request", e);
      return new Problem(HttpStatus.INSUFFICIENT_STORAGE, full.line());
    }
    HttpException own = HttpException.asHttpException(e);
    if (own != null && own.getCode() < 500) {
      return new Problem(
          HttpStatus.forStatus(own.getCode()), String.valueOf(own.getReason()).strip());
    }
    if (e instanceof UncheckedIOException || e instanceof IOException) {
      LOG.warn("request failed cause={}", e.toString());
      return new Problem(
          HttpStatus.INTERNAL_SERVER_ERROR, "the disk or the connection did not do its part");
    }
    LOG.error("request failed", e);
    return new Problem(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "this is a defect of the server: its log has more under this request's id");
  }

  private static String line(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
