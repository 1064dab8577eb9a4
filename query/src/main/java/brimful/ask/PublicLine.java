package brimful.ask;

import brimful.corpus.UserError;
import java.util.regex.Pattern;

/// What callers of a server may read of an error: where the server's model is, and what its key is,
/// are not theirs to know. Who runs the server finds both in its configuration.
public final class PublicLine {
  private static final Pattern ADDRESS =
      Pattern.compile("\\bhttps?://[^\\s\"'<>()\\[\\],;]*[^\\s\"'<>()\\[\\],;:.]");

  /// A key, or what providers show of one: its end behind stars.
  private static final Pattern KEY =
      Pattern.compile(
          "[\\w-]*+\\.{3}[\\w-]++|\\b(?:sk|pk|gsk|xai|key)-[\\w-]{4,}+|\\*{2,}+[\\w-]*+|\\bAIza[\\w-]{10,}+");

  private PublicLine() {}

  /// Returns an error's line. What is wrong with a request keeps the addresses that it named.
  public static String of(UserError error) {
    return switch (error.kind()) {
      case USAGE, INPUT, TOO_LARGE, MEDIA_TYPE, NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, CONFLICT ->
          error.line();
      default -> of(error.line());
    };
  }

  /// Returns a line about the server's model.
  public static String of(String line) {
    return KEY.matcher(ADDRESS.matcher(line).replaceAll("the model's server")).replaceAll("…");
  }
}
