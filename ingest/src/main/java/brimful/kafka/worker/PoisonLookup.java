package brimful.kafka.worker;

import brimful.kafka.record.DeadLetter;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Looks up which bytes broke which parser before.
@FunctionalInterface
public interface PoisonLookup {

  /// Returns the dead letter of bytes that broke this parser before.
  ///
  /// @param bytes their number; they are hashed only if poison of that size is known
  /// @param sha256 computes their hash
  Optional<DeadLetter> known(long bytes, String parser, Supplier<String> sha256);

  /// Returns the same lookup without some letters, whose bytes are worth another try.
  default PoisonLookup except(Predicate<DeadLetter> retried) {
    return (bytes, parser, sha256) -> known(bytes, parser, sha256).filter(Predicate.not(retried));
  }
}
