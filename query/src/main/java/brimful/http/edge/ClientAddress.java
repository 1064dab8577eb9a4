package brimful.http.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Finds a client's address: that of the connection or, behind trusted proxies, the last one in
/// `X-Forwarded-For` that is not a trusted proxy's. Clients can forge the addresses before it.
public final class ClientAddress {
  private final List<AddressBlock> trusted;

  public ClientAddress(List<String> trustedProxies) {
    trusted = trustedProxies.stream().map(AddressBlock::parse).toList();
  }

  /// Returns the address of the client of a request.
  public String of(HttpServletRequest request) {
    return of(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")));
  }

  /// @param forwarded the headers in their order, each a comma-separated list
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
