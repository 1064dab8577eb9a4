package brimful.http.edge;

import brimful.corpus.UserError;
import java.net.URI;
import java.util.List;

/// How the outside reaches a server.
///
/// @param origins origins whose pages may use it, such as `https://app.example`
/// @param publicUrl its public address behind a proxy that strips the path; empty if there is no
///   such proxy
/// @param trustedProxies addresses, or blocks of them, whose `X-Forwarded-For` is trusted
public record EdgeConfig(List<String> origins, String publicUrl, List<String> trustedProxies) {
  /// No other origins, no proxies.
  public static final EdgeConfig NONE = new EdgeConfig(List.of(), "", List.of());

  public EdgeConfig {
    origins = List.copyOf(origins);
    trustedProxies = List.copyOf(trustedProxies);
    for (String origin : origins) {
      if (!Origins.normal(origin).equals(origin)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--allow-origin %s is not an origin: write it like https://app.example"
                .formatted(origin));
      }
    }
    trustedProxies.forEach(AddressBlock::parse);
    publicUrl = publicUrl.replaceFirst("/+$", "");
    if (!publicUrl.isEmpty() && !isPlain(publicUrl)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--public-url %s is not an address: write it like https://host/path"
              .formatted(publicUrl));
    }
  }

  private static boolean isPlain(String url) {
    try {
      URI uri = URI.create(url);
      return url.matches("https?://.*")
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
