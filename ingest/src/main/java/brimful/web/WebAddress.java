package brimful.web;

import brimful.corpus.UserError;
import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a page, a list of pages or a folder of a site is: `web:https://host/path`.
///
/// @param scheme `http` or `https`
/// @param authority the host in lower case and ASCII, with its port if that is not the usual one
/// @param path from the first slash on, escaped the one way of [Escaped]; with the query
public record WebAddress(String scheme, String authority, String path) {
  /// What a sitemap allows: less than this, <https://www.sitemaps.org/protocol.html>.
  public static final int CHARS_MAX = 2_048;

  private static final String SCHEME = "web:";

  private static final Pattern FORM =
      Pattern.compile("(?i)(https?)://([^/?#]*+)((?:[/?][^#]*+)?)(?:#.*)?", Pattern.DOTALL);

  private static final Pattern HOST =
      Pattern.compile(
          "((?i)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?[.]?|\\[[0-9a-f:.]+\\])(?::(\\d{1,5}))?");

  /// Returns whether a location is meant to be one, well-formed or not.
  public static boolean isMeant(String location) {
    return location.startsWith(SCHEME);
  }

  /// Reads `web:https://host/path`. What follows a `#` means nothing.
  ///
  /// @throws UserError if it has another form, or a password
  public static WebAddress of(String location) {
    String url = location.substring(SCHEME.length()).strip();
    Matcher form = FORM.matcher(url);
    if (!form.matches() || url.length() > CHARS_MAX) {
      throw malformed(location.length() > CHARS_MAX ? "it" : "\"%s\"".formatted(location));
    }
    if (form.group(2).contains("@")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "the address contains a user name or password, which others would see: leave it out");
    }
    return parsed(url).orElseThrow(() -> malformed("\"%s\"".formatted(location)));
  }

  private static UserError malformed(String what) {
    return new UserError(
        UserError.Kind.USAGE,
        "%s is no address of the web: write it like web:https://host/path".formatted(what));
  }

  private static Optional<WebAddress> parsed(String url) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      return Optional.empty();
    }
    String scheme = form.group(1).toLowerCase(Locale.ROOT);
    Matcher host = HOST.matcher(ascii(form.group(2)));
    if (!host.matches() || (host.group(2) != null && Integer.parseInt(host.group(2)) > 65_535)) {
      return Optional.empty();
    }
    String port = host.group(2) == null ? "" : host.group(2);
    boolean usual = port.isEmpty() || port.equals(scheme.equals("https") ? "443" : "80");
    String authority = host.group(1).toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    return Optional.of(new WebAddress(scheme, authority, Escaped.path(form.group(3))));
  }

  private static String ascii(String authority) {
    try {
      return authority.startsWith("[") ? authority : IDN.toASCII(authority, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /// Returns the host, without its port.
  public String host() {
    return authority.replaceFirst(":\\d+$", "");
  }

  /// Returns whether it names all pages below it.
  public boolean isFolder() {
    return path.endsWith("/");
  }

  /// Returns the address of another page of the same site.
  ///
  /// @param other its path, with the query, as [#path] has it
  public WebAddress at(String other) {
    return new WebAddress(scheme, authority, Escaped.path(other));
  }

  /// Returns what a link on this page points to; empty if that is nothing of the web.
  public Optional<WebAddress> link(String text) {
    String link = text.strip();
    if (link.isEmpty() || link.length() > CHARS_MAX) {
      return Optional.empty();
    }
    if (link.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      return parsed(link);
    }
    if (link.startsWith("//")) {
      return parsed(scheme + ":" + link);
    }
    String plain = link.replaceFirst("(?s)#.*", "");
    String here = path.replaceFirst("(?s)[?].*", "");
    if (plain.startsWith("/")) {
      return Optional.of(at(plain));
    }
    if (plain.isEmpty() || plain.startsWith("?")) {
      return Optional.of(at(plain.isEmpty() ? path : here + plain));
    }
    return Optional.of(at(here.substring(0, here.lastIndexOf('/') + 1) + plain));
  }

  /// Returns whether another address is of the same host and port; `http` and `https` on their
  /// usual ports count as the same.
  public boolean isSameSite(WebAddress other) {
    return authority.equals(other.authority) && (scheme.equals(other.scheme) || !hasPort());
  }

  private boolean hasPort() {
    return authority.matches(".*:\\d+");
  }

  /// Returns the address as browsers write it.
  public String url() {
    return scheme + "://" + authority + path;
  }

  URI uri() {
    return URI.create(url());
  }

  @Override
  public String toString() {
    return SCHEME + url();
  }
}
