package brimful.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/// An entry of a spend ledger, written as words separated by spaces; the last word is a checksum of
/// the others.
sealed interface SpendEntry {
  /// A call is about to leave that can cost at most so much.
  record Reserve(String id, String account, double usd, Instant at) implements SpendEntry {}

  /// A call has ended.
  record Settle(String id, double usd) implements SpendEntry {}

  /// The sum of entries that were removed.
  record Carry(String account, double usd) implements SpendEntry {}

  /// Returns the entry as a line without a line break.
  default String line() {
    String words =
        switch (this) {
          case Reserve(String id, String account, double usd, Instant at) ->
              "reserve %s %s %s %s".formatted(id, account, usd, at.getEpochSecond());
          case Settle(String id, double usd) -> "settle %s %s".formatted(id, usd);
          case Carry(String account, double usd) -> "carry %s %s".formatted(account, usd);
        };
    return words + " " + checksum(words);
  }

  /// Parses a line; empty if it is not an entry, or its checksum is wrong.
  static Optional<SpendEntry> parse(String line) {
    int end = line.lastIndexOf(' ');
    if (end < 0 || !line.substring(end + 1).equals(checksum(line.substring(0, end)))) {
      return Optional.empty();
    }
    String[] words = line.substring(0, end).split(" ", -1);
    try {
      return switch (words[0] + words.length) {
        case "reserve5" ->
            Optional.of(
                new Reserve(
                    words[1],
                    words[2],
                    usd(words[3]),
                    Instant.ofEpochSecond(Long.parseLong(words[4]))));
        case "settle3" -> Optional.of(new Settle(words[1], usd(words[2])));
        case "carry3" -> Optional.of(new Carry(words[1], usd(words[2])));
        default -> Optional.empty();
      };
    } catch (NumberFormatException | java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  private static double usd(String word) {
    double usd = Double.parseDouble(word);
    if (!(usd >= 0) || Double.isInfinite(usd)) {
      throw new NumberFormatException(word);
    }
    return usd;
  }

  private static String checksum(String words) {
    var crc = new CRC32();
    crc.update(words.getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
