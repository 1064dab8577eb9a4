package brimful.ingest;

import brimful.source.Source;
import brimful.source.copy.FetchWatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// A source that one thread opens and others await. Opening may fetch, which takes long; all of
/// them hear that it goes on.
final class OpeningSource {
  private final CompletableFuture<Source> opened = new CompletableFuture<>();
  private final List<Runnable> awaiting = new CopyOnWriteArrayList<>();

  /// Opens it in this thread; what fails here also fails for those that wait.
  ///
  /// @param moved called while a fetch goes on
  void open(Supplier<Source> opener, Runnable moved) {
    awaiting.add(moved);
    try {
      var watch = FetchWatch.hearing(() -> awaiting.forEach(Runnable::run));
      opened.complete(watch.during(opener));
    } catch (RuntimeException | Error e) {
      opened.completeExceptionally(e);
    }
    awaiting.remove(moved);
  }

  /// Waits for the thread that opens it.
  ///
  /// @param moved called while its fetch goes on
  /// @throws RuntimeException why it cannot be opened
  Source await(Runnable moved) {
    awaiting.add(moved);
    try {
      return opened.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a source is opened");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new CompletionException(e);
      }
    } finally {
      awaiting.remove(moved);
    }
  }

  /// Returns whether the thread that opens it was interrupted: another one may try.
  boolean isCancelled() {
    return opened.isCancelled();
  }

  /// Returns whether it could not be opened.
  boolean isFailed() {
    return opened.isCompletedExceptionally();
  }

  /// Returns the source, if it is open.
  Optional<Source> source() {
    return opened.isDone() && !opened.isCompletedExceptionally()
        ? Optional.of(opened.join())
        : Optional.empty();
  }
}
