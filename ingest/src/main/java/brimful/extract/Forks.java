package brimful.extract;

import brimful.source.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// The processes that parse: one for each thread that has a document at the same time, started when
/// there is a document for it, and kept for the next.
///
/// Safe for many threads.
final class Forks implements AutoCloseable {
  private final ForkLimits limits;
  private final Deque<Fork> idle = new ArrayDeque<>();
  private final Set<Fork> all = new HashSet<>();
  private boolean closed;

  Forks(ForkLimits limits) {
    this.limits = limits;
  }

  /// Returns a parser that borrows a process for each document.
  DocumentParser parser(ExtractLimits limits, Rules rules, Pulse pulse) {
    return (id, bytes) -> parse(new Wire.Request(id, limits, rules), bytes, pulse);
  }

  private Extraction parse(Wire.Request request, InputStream bytes, Pulse pulse)
      throws IOException {
    try {
      Fork fork = take();
      try {
        return fork.parse(request, bytes, pulse);
      } finally {
        give(fork);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Extraction.failed(Breakdown.INTERRUPTED, "interrupted");
    }
  }

  private Fork take() throws InterruptedException {
    synchronized (this) {
      if (closed) {
        throw new NoParserProcess(new IOException("the extractor is closed: make another one"));
      }
      // The last one used, whose memory is still warm.
      Fork known = idle.pollLast();
      if (known != null) {
        return known;
      }
    }
    Fork fork = Fork.start(limits);
    synchronized (this) {
      all.add(fork);
    }
    return fork;
  }

  private void give(Fork fork) {
    synchronized (this) {
      if (fork.isFit() && !closed) {
        idle.addLast(fork);
        return;
      }
      all.remove(fork);
    }
    fork.close();
  }

  /// Ends all processes, also those in use.
  @Override
  public void close() {
    Set<Fork> running;
    synchronized (this) {
      closed = true;
      running = Set.copyOf(all);
      all.clear();
      idle.clear();
    }
    running.forEach(Fork::close);
  }
}
