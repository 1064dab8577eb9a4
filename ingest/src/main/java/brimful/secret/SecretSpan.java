package brimful.secret;

/// A secret in a text.
///
/// @param end exclusive
record SecretSpan(int start, int end, String rule) {
  SecretSpan {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "a secret from %s to %s: it has a character".formatted(start, end));
    }
  }
}
