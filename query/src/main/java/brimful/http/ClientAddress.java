package brimful.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Finds the address of a client: that of the connection or, behind proxies that are trusted, the
/// last one in `X-Forwarded-For` that is not a trusted proxy's. What stands before it may be the
/// client's own invention.
final class ClientAddress {
  private final List<AddressBlock> trusted;

  ClientAddress(List<String> trustedProxies) {
    trusted = trustedProxies.stream().map(AddressBlock::parse).toList();
  }

  String of(HttpServletRequest request) {
    return of(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }

  /// @param forwarded the headers in their order, each a list with commas
  String of(String peer, List<String> forwarded) {
    var hops = new ArrayList<String>();
    forwarded.forEach(header -> hops.addAll(List.of(header.split(",", -1))));
    String client = peer;
    for (String hop : hops.reversed()) {
      Optional<InetAddress> before = literal(hop.strip());
      if (!isTrusted(client) || before.isEmpty()) {
        return client;
      }
      client = before.get().getHostAddress();
    }
    return client;
  }

  private boolean isTrusted(String address) {
    return literal(address)
        .filter(is -> trusted.stream().anyMatch(block -> block.contains(is)))
        .isPresent();
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
