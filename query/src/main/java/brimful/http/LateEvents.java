package brimful.http;

import brimful.http.edge.Problem;
import brimful.http.edge.Problems;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// A stream of events that opens with its first event. Earlier failures get an HTTP status instead
/// of 200 and an error event. Safe for many threads.
final class LateEvents implements AutoCloseable {
  private final Context context;
  private final Consumer<Events> greeting;
  private Optional<Events> events = Optional.empty();
  private Optional<Thread> alarm = Optional.empty();
  private boolean over;

  /// @param greeting sends the first event of a stream
  LateEvents(Context context, Consumer<Events> greeting) {
    this.context = context;
    this.greeting = greeting;
  }

  /// Returns the stream, and opens it if needed.
  synchronized Events open() {
    if (events.isEmpty()) {
      Events fresh = Events.open(context);
      events = Optional.of(fresh);
      greeting.accept(fresh);
    }
    return events.get();
  }

  /// Opens the stream after a silence, so that keep-alives tell that the server lives.
  synchronized void openWithin(Duration silence) {
    alarm =
        Optional.of(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    Thread.sleep(silence);
                    openUnlessOver();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  private synchronized void openUnlessOver() {
    if (!over) {
      var _ = open();
    }
  }

  /// Reports a failure: by the HTTP status before the stream is open, by an event afterwards.
  ///
  /// @param event sends the event
  synchronized void fail(RuntimeException failure, Consumer<Problem> event) {
    over = true;
    if (events.isEmpty()) {
      throw failure;
    }
    event.accept(Problems.of(failure));
  }

  @Override
  public synchronized void close() {
    over = true;
    alarm.ifPresent(Thread::interrupt);
    events.ifPresent(Events::close);
  }
}
