package brimful.mcp;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;

/// A response that hides the SDK's own errors: it remembers the status and drops the body.
final class GuardedResponse extends HttpServletResponseWrapper {
  private static final int ERRORS = 400;

  private final boolean silent;
  private int failure;

  /// Set by the thread that runs a tool.
  private volatile boolean written;

  /// @param silent whether to drop everything
  GuardedResponse(HttpServletResponse response, boolean silent) {
    super(response);
    this.silent = silent;
  }

  /// Returns the status of an error; 0 if there was none.
  int failure() {
    return failure;
  }

  /// Returns whether anything was written and not dropped.
  boolean isWritten() {
    return written;
  }

  private boolean drops() {
    return silent || failure > 0;
  }

  @Override
  public void setStatus(int status) {
    if (status >= ERRORS) {
      failure = status;
    } else if (!drops()) {
      super.setStatus(status);
    }
  }

  @Override
  public void sendError(int status) {
    failure = status;
  }

  @Override
  public void sendError(int status, String message) {
    failure = status;
  }

  @Override
  public void setHeader(String name, String value) {
    if (!drops()) {
      super.setHeader(name, value);
    }
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (drops()) {
      return new PrintWriter(Writer.nullWriter());
    }
    // Errors of the underlying writer count as errors of this one, because a PrintWriter is asked
    // for them.
    return new PrintWriter(super.getWriter()) {
      @Override
      public void write(String text, int from, int length) {
        written = true;
        super.write(text, from, length);
      }
    };
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (!drops()) {
      return super.getOutputStream();
    }
    OutputStream nowhere = OutputStream.nullOutputStream();
    return new ServletOutputStream() {
      @Override
      public void write(int one) throws IOException {
        nowhere.write(one);
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("nothing is written");
      }
    };
  }
}
