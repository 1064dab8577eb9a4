package brimful.http;

import brimful.ask.PublicLine;
import brimful.http.key.Right;
import java.util.regex.Pattern;

/// Hides the server's folders from callers without the right to operate: only the last name of an
/// absolute path remains.
final class Redaction {
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w:/.…-])(?:/[^\\s/:,;()\"']+)*/([^\\s/:,;()\"']+)");

  private Redaction() {}

  /// Returns a line as the caller may see it.
  static String line(Caller caller, String line) {
    String plain = PublicLine.withoutOptions(line);
    return caller.may(Right.OPERATE) ? plain : PATH.matcher(plain).replaceAll("…/$1");
  }

  /// Returns a source's location as the caller may see it. Addresses are not hidden.
  static String location(Caller caller, String location) {
    String path = location.replaceFirst("^git-list:", "");
    if (caller.may(Right.OPERATE) || !path.startsWith("/")) {
      return location;
    }
    return location.substring(0, location.length() - path.length())
        + "…/"
        + path.substring(path.lastIndexOf('/') + 1);
  }
}
