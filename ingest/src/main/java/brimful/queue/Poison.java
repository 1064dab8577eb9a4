package brimful.queue;

import java.util.Optional;
import java.util.function.Supplier;

/// Knows which bytes broke which parser before.
@FunctionalInterface
public interface Poison {

  /// Returns the letter of bytes that broke this parser before.
  ///
  /// @param bytes how many they are; only if poison of that size is known are they hashed
  /// @param sha256 hashes them
  Optional<Letter> known(long bytes, String parser, Supplier<String> sha256);
}
