package brimful.http.edge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a file that a request wants, as in `Range: bytes=0-1023`.
///
/// @param first the first byte, from 0
/// @param last the last byte, inclusive
public record ByteRange(long first, long last) {
  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  public ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("bytes %s to %s are no range".formatted(first, last));
    }
  }

  /// Returns the part that a header asks for. As HTTP permits, a header counts as none if it is
  /// malformed, names several parts, or one that the file does not have.
  ///
  /// @param header may be empty
  /// @param bytes the file's size
  /// @return empty for the whole file
  public static Optional<ByteRange> of(String header, long bytes) {
    Matcher matcher = ONE.matcher(header.strip());
    if (!matcher.matches() || bytes == 0) {
      return Optional.empty();
    }
    String from = matcher.group(1);
    String to = matcher.group(2);
    if (from.isEmpty()) {
      long tail = to.isEmpty() ? 0 : Math.min(bytes, Long.parseLong(to));
      return tail == 0 ? Optional.empty() : Optional.of(new ByteRange(bytes - tail, bytes - 1));
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? bytes - 1 : Math.min(bytes - 1, Long.parseLong(to));
    return first >= bytes || last < first
        ? Optional.empty()
        : Optional.of(new ByteRange(first, last));
  }

  /// Returns how many bytes it has.
  public long bytes() {
    return last - first + 1;
  }

  /// Returns it as the header `Content-Range` says it.
  public String display(long of) {
    return "bytes %s-%s/%s".formatted(first, last, of);
  }
}
