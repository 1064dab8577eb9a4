package brimful.http;

import java.util.regex.Pattern;

/// Keeps the server's folders from callers that are not its operators: of an absolute path, the
/// last name stays.
final class Redaction {
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w:/.…-])(?:/[^\\s/:,;()\"']+)*/([^\\s/:,;()\"']+)");

  private Redaction() {}

  /// Returns a line as a caller may see it.
  static String line(Caller caller, String line) {
    return caller.may(Right.OPERATE) ? line : PATH.matcher(line).replaceAll("…/$1");
  }

  /// Returns a source's location as a caller may see it. An address is no secret of the server's.
  static String location(Caller caller, String location) {
    if (caller.may(Right.OPERATE) || !location.startsWith("/")) {
      return location;
    }
    return "…/" + location.substring(location.lastIndexOf('/') + 1);
  }
}
