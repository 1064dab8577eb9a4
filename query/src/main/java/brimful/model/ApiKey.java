package brimful.model;

import brimful.corpus.UserError;

/// A secret that opens a provider's door; it never prints.
///
/// @param value without spaces around it; empty where no key is needed
public record ApiKey(String value) {
  /// No key, as local runners need none.
  public static final ApiKey NONE = new ApiKey("");

  private static final int SHOWN_FROM_CHARS = 16;

  public ApiKey {
    value = value.strip();
    if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "an API key has spaces or other characters that no key has: copy it again");
    }
  }

  /// Returns whether there is no key.
  public boolean isEmpty() {
    return value.isEmpty();
  }

  /// Returns enough of it to tell two keys apart, and no more: `sk-...7f3a`.
  public String masked() {
    if (value.isEmpty()) {
      return "";
    }
    return value.length() < SHOWN_FROM_CHARS
        ? "..."
        : value.substring(0, 3) + "..." + value.substring(value.length() - 4);
  }

  /// Returns a text without the key, should a server have said it back.
  public String redact(String text) {
    return value.isEmpty() ? text : text.replace(value, masked());
  }

  @Override
  public String toString() {
    return "ApiKey[" + masked() + "]";
  }
}
