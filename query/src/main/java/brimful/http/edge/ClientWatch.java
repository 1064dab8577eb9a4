package brimful.http.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that a client has closed its connection while its request is still being handled.
///
/// Jetty 12 reads no further while a servlet runs, so nobody notices a client that hangs up until
/// something is written. One thread polls the sockets of all watched requests without blocking,
/// from the moment when a request's body is read to its end until the request is done; nobody else
/// reads from them in that time. A client that only closes its sending side counts as gone, as for
/// most servers.
///
/// Bytes that arrive meanwhile belong to the next request of the connection. They are returned to
/// it, and this request is no longer watched. HTTP/1.1 only. Safe for many threads.
public final class ClientWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClientWatch.class);

  private static final Duration POLL_EVERY = Duration.ofMillis(200);
  private static final int PIPELINED_BYTES_MAX = 1 << 10;

  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("client-watch").factory());

  public ClientWatch() {
    ScheduledFuture<?> _ =
        poller.scheduleWithFixedDelay(
            this::poll, POLL_EVERY.toMillis(), POLL_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Watches the client of a request until the result is closed, which must happen before the
  /// request completes.
  ///
  /// @param gone called once, in the poller's thread, if the client leaves; must not block
  public Watch watch(HttpServletRequest request, Runnable gone) {
    Connection connection =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection();
    var watch = new Watch(request, connection, gone);
    watches.add(watch);
    return watch;
  }

  /// Returns how many requests are being watched.
  public int watched() {
    return watches.size();
  }

  private void poll() {
    for (Watch watch : watches) {
      try {
        watch.poll();
      } catch (RuntimeException e) {
        // A failing connection must not stop the watch of the others.
        LOG.error("cannot watch a client", e);
        watches.remove(watch);
      }
    }
  }

  @Override
  public void close() {
    poller.shutdownNow();
  }

  /// A watched request. Its lock keeps the poller away from a connection that already serves the
  /// next request.
  public final class Watch implements AutoCloseable {
    private final HttpServletRequest request;
    private final Connection connection;
    private final Runnable gone;
    private boolean left;

    private Watch(HttpServletRequest request, Connection connection, Runnable gone) {
      this.request = request;
      this.connection = connection;
      this.gone = gone;
    }

    private synchronized void poll() {
      if (!watches.contains(this) || !isBodyRead()) {
        return;
      }
      EndPoint socket = connection.getEndPoint();
      ByteBuffer next = BufferUtil.allocate(PIPELINED_BYTES_MAX);
      if (fill(socket, next) < 0) {
        left = true;
        watches.remove(this);
        gone.run();
      } else if (next.hasRemaining()) {
        watches.remove(this);
        if (connection instanceof Connection.UpgradeTo http) {
          http.onUpgradeTo(next);
        }
      }
    }

    private boolean isBodyRead() {
      try {
        return request.getInputStream().isFinished();
      } catch (IOException | IllegalStateException e) {
        // The body was read as characters, by a handler that does not need the watch.
        return false;
      }
    }

    private static int fill(EndPoint socket, ByteBuffer next) {
      try {
        return socket.fill(next);
      } catch (IOException e) {
        // Reset by the client, which is as good as closed.
        return -1;
      }
    }

    /// Returns whether the client has left.
    public synchronized boolean hasLeft() {
      return left;
    }

    /// Stops watching. From then on, the poller does not touch the connection.
    @Override
    public synchronized void close() {
      watches.remove(this);
    }
  }
}
