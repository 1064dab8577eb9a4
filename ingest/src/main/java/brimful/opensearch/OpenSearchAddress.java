package brimful.opensearch;

import brimful.corpus.UserError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Pattern;

/// Where an OpenSearch cluster is, who we are to it, and how the names of our indexes begin.
///
/// Its text form has no secrets.
///
/// @param server scheme, host, port, and perhaps a path
/// @param user empty if the cluster asks for none
public record OpenSearchAddress(URI server, String prefix, String user, String password) {
  private static final String PREFIX_DEFAULT = "brimful";
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
  private static final String USER = "BRIMFUL_OPENSEARCH_USER";
  private static final String PASSWORD = "BRIMFUL_OPENSEARCH_PASSWORD";
  private static final String KIND = "opensearch=";

  /// Reads `opensearch=http[s]://[USER:PASSWORD@]HOST[:PORT][/PREFIX]`.
  ///
  /// @param environment has user and password if the address has none
  public static OpenSearchAddress of(String text, Map<String, String> environment) {
    if (!text.startsWith(KIND)) {
      throw wrong(shown(text), "begin it with " + KIND);
    }
    URI uri = uri(text.substring(KIND.length()));
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw wrong(shown(text), "write opensearch=https://HOST:9200/PREFIX");
    }
    String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("/+$", "");
    int slash = path.lastIndexOf('/');
    String prefix = slash < 0 ? PREFIX_DEFAULT : path.substring(slash + 1);
    if (!PREFIX.matcher(prefix).matches()) {
      throw wrong(shown(text), "a prefix has small letters, digits, - and _ only");
    }
    String[] who = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
    try {
      return new OpenSearchAddress(
          new URI(
              uri.getScheme(),
              null,
              uri.getHost(),
              uri.getPort(),
              slash < 0 ? "" : path.substring(0, slash),
              null,
              null),
          prefix,
          who.length > 0 ? who[0] : environment.getOrDefault(USER, ""),
          who.length > 1 ? who[1] : environment.getOrDefault(PASSWORD, ""));
    } catch (URISyntaxException e) {
      throw wrong(shown(text), "write opensearch=https://HOST:9200/PREFIX");
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Its message has the text, and perhaps a password.
      throw wrong(
          shown(KIND + text),
          "write opensearch=https://HOST:9200/PREFIX, and what a URL cannot have of a password as %XX or in "
              + PASSWORD);
    }
  }

  private static String shown(String text) {
    return text.replaceFirst("(?s)^(opensearch=)?(https?://)?.*@", "$1$2…@");
  }

  private static UserError wrong(String shown, String fix) {
    return new UserError(UserError.Kind.USAGE, "--index %s is no index: %s".formatted(shown, fix));
  }

  /// Returns it for people, without secrets.
  public String display() {
    return server + "/" + prefix;
  }

  @Override
  public String toString() {
    return display();
  }
}
