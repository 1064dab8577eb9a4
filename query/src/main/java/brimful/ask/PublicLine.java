package brimful.ask;

import brimful.corpus.UserError;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What callers of a server may read of an error: where the server's model is, and what its key is,
/// are not theirs to know. Who runs the server finds both in its configuration. Nor have callers
/// the options of the command line, so advice says what these are for.
public final class PublicLine {
  private static final Pattern ADDRESS =
      Pattern.compile("\\bhttps?://[^\\s\"'<>()\\[\\],;]*[^\\s\"'<>()\\[\\],;:.]");

  /// A key, or what providers show of one: its end behind stars.
  private static final Pattern KEY =
      Pattern.compile(
          "[\\w-]*+\\.{3}[\\w-]++|\\b(?:sk|pk|gsk|xai|key)-[\\w-]{4,}+|\\*{2,}+[\\w-]*+|\\bAIza[\\w-]{10,}+");

  /// Longer texts first, since they may hold shorter ones.
  private static final List<Map.Entry<String, String>> OPTIONS =
      List.of(
          Map.entry(
              ": see which rules left files out, and lift one with --keep RULE",
              ": see what became of its files"),
          Map.entry(": start it, or use --transcribe off", ": start it"),
          Map.entry("name it in its --roots", "whoever runs the server may add it to its roots"),
          Map.entry("--transcribe", "an endpoint that transcribes"),
          Map.entry("--base-url", "the model's address"),
          Map.entry("--budget", "the budget"),
          Map.entry("--retry-failed", "retry_failed"));

  private PublicLine() {}

  /// Returns a line as advice to people who have no command line.
  public static String withoutOptions(String line) {
    String plain = line;
    for (Map.Entry<String, String> option : OPTIONS) {
      plain = plain.replace(option.getKey(), option.getValue());
    }
    return plain;
  }

  /// Returns an error's line. What is wrong with a request keeps the addresses that it named.
  public static String of(UserError error) {
    return switch (error.kind()) {
      case USAGE, INPUT, TOO_LARGE, MEDIA_TYPE, NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, CONFLICT ->
          withoutOptions(error.line());
      default -> of(error.line());
    };
  }

  /// Returns a line about the server's model.
  public static String of(String line) {
    String plain = withoutOptions(line);
    return KEY.matcher(ADDRESS.matcher(plain).replaceAll("the model's server")).replaceAll("…");
  }
}
