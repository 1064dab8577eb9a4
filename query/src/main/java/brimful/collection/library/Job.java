package brimful.collection.library;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A job at one moment: it reads or removes a source, or counts a collection with another
/// tokenizer.
///
/// @param source the source's id; of a count, the tokenizer
/// @param counts its progress
/// @param started [Instant#MAX] while it waits
/// @param ended [Instant#MAX] until it ends
/// @param error why it failed, in one line; empty if it did not
/// @param notice what it waits for that a person must mend, in one line; usually empty
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
    String error,
    String notice) {

  /// An estimate beyond it comes of too little that was read, and says nothing.
  private static final Duration LEFT_MAX = Duration.ofDays(30);

  /// What a job does.
  public enum Kind {
    SYNC,
    REMOVE,
    /// Counts the chunks of a collection with another tokenizer.
    COUNT
  }

  /// How far a job is.
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    /// Returns whether the job has ended.
    public boolean isEnd() {
      return this == DONE || this == FAILED || this == CANCELLED;
    }
  }

  /// What there is to do, and how much of it is done.
  ///
  /// @param files how many files to read, without unchanged ones; of a count, how many chunks
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

  /// Returns how many files were read per second so far.
  public double filesPerSecond(Instant now) {
    double seconds = seconds(now);
    return seconds <= 0 ? 0 : counts.read() / seconds;
  }

  /// Returns the estimated time to its end, by the bytes that are done, or the chunks of a count;
  /// empty if that is more than 30 days.
  public Optional<Duration> left(Instant now) {
    long done = kind == Kind.COUNT ? counts.read() : counts.bytesRead();
    long all = kind == Kind.COUNT ? counts.files() : counts.bytes();
    if (state != State.RUNNING || done == 0) {
      return Optional.empty();
    }
    double left = seconds(now) * Math.max(0, (double) (all - done) / done);
    return left > LEFT_MAX.toSeconds()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) (1e3 * left)));
  }

  private double seconds(Instant now) {
    if (started.equals(Instant.MAX)) {
      return 0;
    }
    return Duration.between(started, state.isEnd() ? ended : now).toMillis() / 1e3;
  }
}
