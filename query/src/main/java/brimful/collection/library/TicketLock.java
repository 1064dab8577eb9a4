package brimful.collection.library;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Serialises work on collections in the order in which its tickets were drawn: all of it, or per
/// collection name. Safe for many threads.
final class TicketLock {
  private final boolean sideBySide;

  /// The last ticket, by the name that it waits for.
  private final Map<String, Ticket> last = new HashMap<>();

  /// @param sideBySide whether work on collections of different names may overlap
  TicketLock(boolean sideBySide) {
    this.sideBySide = sideBySide;
  }

  /// A place in the queue; its holder must [#end] it.
  final class Ticket {
    private final String queue;
    private final CompletableFuture<Void> before;
    private final CompletableFuture<Void> own = new CompletableFuture<>();
    private final CompletableFuture<Void> done;

    private Ticket(String queue, CompletableFuture<Void> before) {
      this.queue = queue;
      this.before = before;
      done = CompletableFuture.allOf(before, own);
    }

    /// Waits until all earlier tickets have ended.
    void await() throws InterruptedException {
      try {
        before.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a ticket only ever ends", e);
      }
    }

    /// Lets the next ticket proceed, once all earlier ones have ended.
    void end() {
      own.complete(null);
      synchronized (TicketLock.this) {
        if (done.isDone()) {
          last.remove(queue, this);
        }
      }
    }
  }

  /// Draws the next ticket.
  synchronized Ticket ticket(String name) {
    String queue = sideBySide ? name : "";
    Ticket before = last.get(queue);
    var ticket =
        new Ticket(queue, before == null ? CompletableFuture.completedFuture(null) : before.done);
    last.put(queue, ticket);
    return ticket;
  }
}
