package brimful.opensearch;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Sends some requests of one question at the same time.
final class RequestsAtOnce {
  /// So many are under way.
  private static final int REQUESTS_AT_ONCE = 4;

  private RequestsAtOnce() {}

  /// Returns results in the order of their requests, some of which are sent at the same time.
  static <A, B> List<B> results(List<A> requests, Function<A, B> send) {
    if (requests.size() == 1) {
      return List.of(send.apply(requests.getFirst()));
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(REQUESTS_AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<B>> futures =
          requests.stream().map(request -> threads.submit(() -> send.apply(request))).toList();
      try {
        return futures.stream().map(RequestsAtOnce::result).toList();
      } catch (RuntimeException e) {
        // Else each of the others would wait as long as the one that failed.
        threads.shutdownNow();
        throw e;
      }
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while asking OpenSearch");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException broken ? broken : new CompletionException(e);
    }
  }
}
