package brimful.collection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A job as it is at one moment: one source being read or forgotten, or a collection being counted
/// with another tokenizer.
///
/// @param source the source's id; of a count, the tokenizer
/// @param counts how far it is
/// @param started [Instant#MAX] while it waits
/// @param ended [Instant#MAX] while it has not
/// @param error why it failed, in one line; empty if it did not
public record Job(
    String id,
    String collection,
    String source,
    Kind kind,
    State state,
    Counts counts,
    Instant created,
    Instant started,
    Instant ended,
    String error) {

  /// What is done.
  public enum Kind {
    SYNC,
    REMOVE,
    /// Counts the chunks of a collection with another tokenizer.
    COUNT
  }

  /// How far it is.
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    /// Returns whether nothing will change any more.
    public boolean isEnd() {
      return this == DONE || this == FAILED || this == CANCELLED;
    }
  }

  /// What there is to do, and what is done of it.
  ///
  /// @param files to read; those that have not changed are not among them. Of a count, the chunks
  /// @param read how many of them are done, failed ones included
  public record Counts(
      long files, long read, long bytes, long bytesRead, long tokens, long failed, long removed) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    Counts withRead(long count) {
      return new Counts(files, count, bytes, bytesRead, tokens, failed, removed);
    }

    Counts withRemoved(long items) {
      return new Counts(files, read, bytes, bytesRead, tokens, failed, items);
    }
  }

  /// Returns how many files were read each second so far.
  public double filesPerSecond(Instant now) {
    double seconds = seconds(now);
    return seconds <= 0 ? 0 : counts.read() / seconds;
  }

  /// Returns how long it will go on, by the bytes that are done, or the chunks of a count.
  public Optional<Duration> left(Instant now) {
    long done = kind == Kind.COUNT ? counts.read() : counts.bytesRead();
    long all = kind == Kind.COUNT ? counts.files() : counts.bytes();
    if (state != State.RUNNING || done == 0) {
      return Optional.empty();
    }
    double rest = (double) (all - done) / done;
    return Optional.of(Duration.ofMillis((long) (1e3 * seconds(now) * Math.max(0, rest))));
  }

  private double seconds(Instant now) {
    if (started.equals(Instant.MAX)) {
      return 0;
    }
    return Duration.between(started, state.isEnd() ? ended : now).toMillis() / 1e3;
  }
}
