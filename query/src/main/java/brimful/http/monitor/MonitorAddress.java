package brimful.http.monitor;

import brimful.corpus.UserError;

/// Where a process serves its metrics.
///
/// @param port 0 for any free one
public record MonitorAddress(String host, int port) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PORT_MAX = 65_535;

  /// Reads `PORT`, which is one of this machine only, or `HOST:PORT`.
  ///
  /// @throws UserError if it is neither
  public static MonitorAddress of(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? LOOPBACK : text.substring(0, colon).replaceAll("^\\[|]$", "");
    String port = text.substring(colon + 1);
    if (host.isBlank() || !port.matches("\\d{1,5}") || Integer.parseInt(port) > PORT_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--metrics \"%s\": give a port, as in 9464, or an address and a port, as in 0.0.0.0:9464"
              .formatted(text));
    }
    return new MonitorAddress(host, Integer.parseInt(port));
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[%s]:%s".formatted(host, port) : host + ":" + port;
  }
}
