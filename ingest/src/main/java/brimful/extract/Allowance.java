package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.UniqueIds;
import brimful.extract.limit.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What is left of a file's budget: how many members it may have, and how many bytes they may
/// unpack to. It is one budget for all layers, so that a zip bomb that contains another zip, which
/// contains ten more, ends at the same limit as one that is not nested.
///
/// Also counts the progress of the parser. One for each file, used by the one thread that parses
/// it; others may only read the progress.
final class Allowance {
  private static final int CAUSES_MAX = 20;

  private final ExtractLimits limits;
  private final UniqueIds ids = new UniqueIds();
  private int members;
  private long expandedBytes;
  private final AtomicLong progress = new AtomicLong();

  Allowance(ExtractLimits limits) {
    this.limits = limits;
  }

  /// Takes a member, if one is left to take.
  boolean takeMember() {
    if (members == limits.membersMax()) {
      return false;
    }
    members++;
    advance(1);
    return true;
  }

  /// Returns an id that no other member of the file has: the requested one, or that with a number.
  DocumentId unique(DocumentId id) {
    return ids.of(id);
  }

  /// Returns a stream whose bytes count against the allowance.
  InputStream counting(InputStream in) {
    return new MeteredStream(in, this::take);
  }

  private void take(int bytes) throws BombException {
    expandedBytes += bytes;
    advance(bytes);
    if (expandedBytes > limits.expandedBytesMax()) {
      throw BombException.beyond(limits, "unpacks to more than %,d bytes");
    }
  }

  /// Counts work done: bytes, characters, elements.
  void advance(long work) {
    // There is one writer, so no locked instruction is needed for each character.
    progress.lazySet(progress.getPlain() + work);
  }

  /// Returns how much work was done; it only grows.
  long progress() {
    return progress.get();
  }

  /// Throws what ends the whole file, if it is the root of an exception.
  static void rethrowBomb(Throwable thrown) throws BombException {
    @Nullable Throwable at = thrown;
    for (int i = 0; i < CAUSES_MAX && at != null; i++) {
      if (at instanceof BombException bomb) {
        throw bomb;
      }
      at = at.getCause();
    }
  }

  /// Ends the whole file, not only the member in which it occurs.
  static final class BombException extends IOException {
    private static final long serialVersionUID = 1L;

    BombException(String message) {
      super(message);
    }

    /// @param what takes the limit as a number
    static BombException beyond(ExtractLimits limits, String what) {
      long bytes = limits.expandedBytesMax();
      return new BombException(
          String.format(Locale.ROOT, what + " (%s)", bytes, Limit.UNPACKED.met(bytes)));
    }
  }
}
