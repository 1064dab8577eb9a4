package brimful.collection;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Lets work on collections go on one by one, in the order in which the tickets were drawn: all of
/// it, or that on collections of one name. Safe for many threads.
final class TicketLock {
  private final boolean sideBySide;

  /// The ticket that was drawn last, by the name of what it waits for.
  private final Map<String, Ticket> last = new HashMap<>();

  /// @param sideBySide whether work on collections of different names does not wait for another
  TicketLock(boolean sideBySide) {
    this.sideBySide = sideBySide;
  }

  /// A source in the queue; whoever draws it must [#end] it.
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

    /// Waits until all that were drawn before have ended.
    void await() throws InterruptedException {
      try {
        before.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a ticket only ever ends", e);
      }
    }

    /// Lets the next one go on, as soon as those before have ended.
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
