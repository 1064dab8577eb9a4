package brimful.http;

import brimful.http.edge.Problem;
import brimful.http.edge.Problems;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// A stream of events that begins with its first event: what fails before that is answered with an
/// HTTP status, and not with 200 and an event. Safe for many threads.
final class LateEvents implements AutoCloseable {
  private final Context context;
  private final Consumer<Events> greeting;
  private Optional<Events> events = Optional.empty();
  private Optional<Thread> alarm = Optional.empty();
  private boolean over;

  /// @param greeting says what a stream begins with
  LateEvents(Context context, Consumer<Events> greeting) {
    this.context = context;
    this.greeting = greeting;
  }

  /// Returns the stream, which begins now unless it has begun.
  synchronized Events open() {
    if (events.isEmpty()) {
      Events fresh = Events.open(context);
      events = Optional.of(fresh);
      greeting.accept(fresh);
    }
    return events.get();
  }

  /// Begins the stream after a silence: from then on its keep-alives say that the server lives.
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

  /// Tells what went wrong: by the status while there is no stream, else by an event.
  ///
  /// @param event sends it
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
