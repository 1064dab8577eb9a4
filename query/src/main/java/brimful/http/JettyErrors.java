package brimful.http;

import brimful.http.edge.Problem;
import io.javalin.http.HttpStatus;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers requests that Jetty rejects before any filter sees them, such as those with malformed
/// paths or too long headers. They get our format, not Jetty's error page.
final class JettyErrors extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(JettyErrors.class);

  private final int headerBytesMax;

  JettyErrors(int headerBytesMax) {
    this.headerBytesMax = headerBytesMax;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HttpStatus status = status(response.getStatus());
    String path = String.valueOf(request.getHttpURI().getPath());
    head(response.getHeaders(), path);
    LOG.info("request refused before the guard status={}", status.getCode());
    response.write(true, ByteBuffer.wrap(problem(status).body(path)), callback);
    return true;
  }

  @Override
  public ByteBuffer badMessageError(int code, String reason, HttpFields.Mutable fields) {
    head(fields, "");
    return ByteBuffer.wrap(problem(status(code)).body(""));
  }

  private static void head(HttpFields.Mutable fields, String path) {
    Guard.SAFE_HEADERS.forEach((name, value) -> fields.put(new HttpField(name, value)));
    // What follows on the connection may be the rest of the unreadable request.
    fields.put(HttpHeader.CONNECTION, "close");
    fields.put("X-Request-Id", UUID.randomUUID().toString());
    fields.put(HttpHeader.CONTENT_TYPE, Problem.contentType(path));
  }

  private static HttpStatus status(int code) {
    return Arrays.stream(HttpStatus.values())
        .filter(status -> status.getCode() == code)
        .findFirst()
        .orElse(HttpStatus.BAD_REQUEST);
  }

  private Problem problem(HttpStatus status) {
    String detail =
        switch (status) {
          case REQUEST_HEADER_FIELDS_TOO_LARGE ->
              String.format(Locale.ROOT, "the headers exceed %,d bytes: send less", headerBytesMax);
          case URI_TOO_LONG -> "the path and query are too long: send long texts in a body";
          default ->
              status.getCode() < 500
                  ? "the request line or a header cannot be read: check the path and its encoding"
                  : "the server cannot handle this request: try again";
        };
    return new Problem(status, detail);
  }
}
