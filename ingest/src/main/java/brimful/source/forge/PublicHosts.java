package brimful.source.forge;

import brimful.corpus.UserError;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.transport.HttpTransport;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/// Protects a server against server-side request forgery: a host counts as public only if every
/// address of its name is.
public final class PublicHosts {
  private PublicHosts() {}

  /// From now on, git connects over HTTP to public hosts only, redirects included.
  ///
  /// The name is resolved here, and again by the connection right afterwards: the JVM's lookup
  /// cache, which keeps entries for 30 s, returns the same addresses. Applies to the whole process.
  ///
  /// @param trusted hosts of the own network that the operator has named
  public static void guardGit(Set<String> trusted) {
    HttpTransport.setConnectionFactory(new Guard(trusted));
  }

  private static final class Guard extends JDKHttpConnectionFactory {
    private final Set<String> trusted;

    Guard(Set<String> trusted) {
      this.trusted = Set.copyOf(trusted);
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
      check(url.getHost());
      return super.create(url);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
      check(url.getHost());
      return super.create(url, proxy);
    }

    private void check(String host) {
      if (!trusted.contains(host)) {
        require(host);
      }
    }
  }

  /// Accepts the address of a public git repository.
  ///
  /// @param location such as `https://host/owner/name@v1.2`
  /// @throws UserError if it is anything else, or contains a password
  public static void requireAddress(String location) {
    URI uri;
    try {
      uri = URI.create(location.replaceAll("@[^@/]*$", ""));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "%s is not an address: write https://host/owner/name".formatted(location),
          e);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "%s: only http and https git addresses are allowed here".formatted(location));
    }
    if (uri.getRawUserInfo() != null) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "the address contains a user name or password, which others would see: leave it out");
    }
    require(uri.getHost());
  }

  /// Accepts a public host.
  ///
  /// @param host a name or an address, as in a URL
  /// @throws UserError if it is not public, or not known
  public static void require(@Nullable String host) {
    if (host == null || host.isBlank()) {
      throw new UserError(
          UserError.Kind.FORBIDDEN, "the address has no host: write https://host/owner/name");
    }
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new UserError(
          UserError.Kind.FORBIDDEN, "unknown host %s: check the address".formatted(host));
    }
    if (!Arrays.stream(addresses).allMatch(PublicHosts::isPublic)) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "%s is not a public host: a server does not read from its own network".formatted(host));
    }
  }

  /// Returns whether a host is public, and known.
  ///
  /// @param host a name or an address, as in a URL
  public static boolean isPublic(String host) {
    try {
      require(host);
      return true;
    } catch (UserError e) {
      return false;
    }
  }

  /// Returns whether an address belongs to the public network: RFC 6890's special blocks do not.
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> isPublic4(bytes);
      case Inet6Address _ -> isPublic6(bytes);
      default -> false;
    };
  }

  private static boolean isPublic4(byte[] bytes) {
    int a = bytes[0] & 0xff;
    int b = bytes[1] & 0xff;
    int c = bytes[2] & 0xff;
    boolean shared = a == 100 && (b & 0xc0) == 64;
    boolean benchmark = a == 198 && (b & 0xfe) == 18;
    boolean documentation =
        (a == 192 && b == 0 && (c == 0 || c == 2))
            || (a == 198 && b == 51 && c == 100)
            || (a == 203 && b == 0 && c == 113);
    return a != 0 && a < 240 && !shared && !benchmark && !documentation;
  }

  private static boolean isPublic6(byte[] bytes) {
    // Only 2000::/3 is assigned; within it, 6to4, Teredo and documentation may embed another
    // address.
    boolean global = (bytes[0] & 0xe0) == 0x20;
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean special = bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xfe) == 0;
    boolean documentation =
        bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8;
    return global && !sixToFour && !special && !documentation;
  }
}
