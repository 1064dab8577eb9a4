package brimful.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/// Sends bytes that no client would, and reads all that comes back.
final class RawHttp {
  private RawHttp() {}

  /// An answer, as text.
  record Answer(int status, String head, String body) {}

  /// Sends a request without a body on a connection of its own.
  static Answer send(int port, String method, String path, String... headers) {
    List<String> more = Arrays.asList(headers);
    boolean hosted = more.stream().anyMatch(one -> one.startsWith("Host:"));
    return send(
        port,
        "%s %s HTTP/1.1\r\n%s%sConnection: close\r\n\r\n"
            .formatted(
                method,
                path,
                hosted ? "" : "Host: localhost\r\n",
                String.join("", more.stream().map(one -> one + "\r\n").toList())));
  }

  static Answer send(int port, String request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      int end = all.indexOf("\r\n\r\n");
      return new Answer(
          Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
