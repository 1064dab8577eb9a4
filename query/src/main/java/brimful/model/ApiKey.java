package brimful.model;

import brimful.corpus.UserError;

/// A provider's secret key; it never prints.
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
          "an API key contains spaces or other invalid characters: copy it again");
    }
  }

  /// Returns whether there is no key.
  public boolean isEmpty() {
    return value.isEmpty();
  }

  /// Returns just enough of it to tell two keys apart: `sk-...7f3a`.
  public String masked() {
    if (value.isEmpty()) {
      return "";
    }
    return value.length() < SHOWN_FROM_CHARS
        ? "..."
        : value.substring(0, 3) + "..." + value.substring(value.length() - 4);
  }

  /// Returns a text without the key, in case a server has quoted it.
  public String redact(String text) {
    return value.isEmpty() ? text : text.replace(value, masked());
  }

  @Override
  public String toString() {
    return "ApiKey[" + masked() + "]";
  }
}
