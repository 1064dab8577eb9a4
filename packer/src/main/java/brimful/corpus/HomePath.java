package brimful.corpus;

import java.util.Map;

/// Expands `~` where no shell does: in the middle of a list, after `=`, in a variable or in the
/// body of a request.
public final class HomePath {
  private HomePath() {}

  /// Returns a path with a leading `~` replaced by the home folder; others unchanged.
  ///
  /// @param environment the process's variables; without a home in them, the password file's
  public static String expanded(String path, Map<String, String> environment) {
    return path.equals("~") || path.startsWith("~/") ? home(environment) + path.substring(1) : path;
  }

  private static String home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
    return home.isBlank() ? System.getProperty("user.home", "") : home;
  }
}
