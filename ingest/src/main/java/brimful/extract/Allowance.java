package brimful.extract;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// What the members of one file may still take, in all layers together.
///
/// Not thread-safe; one a file.
final class Allowance {
  private static final int CAUSES_MAX = 20;

  private final ExtractLimits limits;
  private int members;
  private long expandedBytes;

  Allowance(ExtractLimits limits) {
    this.limits = limits;
  }

  /// Takes a member, if there is one left to take.
  boolean takeMember() {
    if (members == limits.membersMax()) {
      return false;
    }
    members++;
    return true;
  }

  /// Returns a stream whose bytes count against the allowance.
  InputStream counting(InputStream in) {
    return new MeteredStream(in, this::take);
  }

  private void take(int bytes) throws BombException {
    expandedBytes += bytes;
    if (expandedBytes > limits.expandedBytesMax()) {
      throw new BombException(
          "unpacks to more than %,d bytes".formatted(limits.expandedBytesMax()));
    }
  }

  /// Throws what ends the whole file, if that is at the bottom of an exception.
  static void rethrowBomb(Throwable thrown) throws BombException {
    @Nullable Throwable at = thrown;
    for (int i = 0; i < CAUSES_MAX && at != null; i++) {
      if (at instanceof BombException bomb) {
        throw bomb;
      }
      at = at.getCause();
    }
  }

  /// Ends the whole file, not just the member in which it shows.
  static final class BombException extends IOException {
    private static final long serialVersionUID = 1L;

    BombException(String message) {
      super(message);
    }
  }
}
