package brimful.mcp;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request whose body was read and can be read again. If its client accepts anything, the Accept
/// header names what the SDK insists on.
final class ReplayableRequest extends HttpServletRequestWrapper {
  private static final String ACCEPT = "application/json, text/event-stream";

  private final byte[] body;
  private final Optional<String> ended;

  ReplayableRequest(HttpServletRequest request, byte[] body) {
    this(request, body, Optional.empty());
  }

  private ReplayableRequest(HttpServletRequest request, byte[] body, Optional<String> ended) {
    super(request);
    this.body = body.clone();
    this.ended = ended;
  }

  /// Returns a request of the same client that ends a session, because the SDK ends sessions in no
  /// other way.
  ReplayableRequest ending(String session) {
    return new ReplayableRequest(
        (HttpServletRequest) getRequest(), new byte[0], Optional.of(session));
  }

  @Override
  public String getMethod() {
    return ended.isPresent() ? "DELETE" : super.getMethod();
  }

  @Override
  public @Nullable String getHeader(String name) {
    if (ended.isPresent() && name.equalsIgnoreCase("Mcp-Session-Id")) {
      return ended.get();
    }
    return name.equalsIgnoreCase("Accept") ? ACCEPT : super.getHeader(name);
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public ServletInputStream getInputStream() {
    var bytes = new ByteArrayInputStream(body);
    return new ServletInputStream() {
      @Override
      public int read() {
        return bytes.read();
      }

      @Override
      public boolean isFinished() {
        return bytes.available() == 0;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("the body is read already");
      }
    };
  }
}
