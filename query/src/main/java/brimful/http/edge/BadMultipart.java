package brimful.http.edge;

import java.io.EOFException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;

/// What is wrong with a form of parts, for the client. Jetty calls all of them "bad multipart" and
/// has the reason in a cause.
final class BadMultipart {
  private static final String REASON = "bad multipart";
  private static final int CAUSES_MAX = 10;

  private BadMultipart() {}

  /// Returns the line about an exception; empty if it is about something else.
  static Optional<String> line(Throwable failure) {
    return REASON.equals(reason(failure)) ? Optional.of(told(root(failure))) : Optional.empty();
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof HttpException jetty) {
        return String.valueOf(jetty.getReason()).strip();
      }
      cause = cause.getCause();
    }
    return "";
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int i = 0; i < CAUSES_MAX && root.getCause() != null; i++) {
      root = root.getCause();
    }
    return root;
  }

  private static String told(Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    return switch (cause) {
      case EOFException _ when said.contains("PREAMBLE") ->
          "no part begins with the boundary of the Content-Type: begin each with two dashes and the boundary";
      case EOFException _ ->
          "the form ended within a part: send all of it, up to the boundary with two dashes before and behind it";
      // Javalin looks for the part by its name, which this one lacks.
      case NullPointerException _ ->
          "a part has no name: give each Content-Disposition: form-data; name=\"…\"; filename=\"…\"";
      case IllegalStateException _ when said.contains("boundary") ->
          "the Content-Type has no boundary: leave the header to your HTTP library, or write multipart/form-data; boundary=…";
      case IllegalStateException _ when said.contains("too many") ->
          "the form has more parts than this server takes at once: send them in several requests";
      case HttpException _ ->
          "a header of a part cannot be read: write each as Name: value, and an empty line before the content";
      default -> "the parts of the form cannot be read: send them as curl -F file=@NAME does";
    };
  }
}
