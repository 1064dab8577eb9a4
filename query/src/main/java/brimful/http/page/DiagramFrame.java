package brimful.http.page;

import java.util.Map;
import java.util.Set;

/// The frame that draws one diagram for the page.
///
/// Mermaid's styles are inline, and its diagrams come from a model. So the frame has a policy of
/// its own, which allows such styles; no network, and no origin, so that what runs in it reaches
/// neither the page nor its key. A frame without an origin may load only what says that any origin
/// may.
final class DiagramFrame {
  private static final String POLICY =
      "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

  private static final Set<String> SCRIPTS = Set.of("diagram-frame.js", "mermaid.min.js");

  private static final Map<String, String> SCRIPT =
      Map.of("Cross-Origin-Resource-Policy", "cross-origin");

  private static final Map<String, String> DOCUMENT =
      Map.of("Content-Security-Policy", POLICY, "X-Frame-Options", "SAMEORIGIN");

  private DiagramFrame() {}

  /// Returns the headers of a file that differ from those of every response.
  static Map<String, String> headers(String file) {
    return loads(file) ? SCRIPT : file.equals("diagram-frame.html") ? DOCUMENT : Map.of();
  }

  /// Returns whether the frame loads a file, which a browser then asks for as of the origin `null`.
  static boolean loads(String file) {
    return SCRIPTS.contains(file);
  }
}
