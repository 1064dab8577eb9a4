package brimful.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a site's robots.txt allows this program, RFC 9309: the groups for `brimful`, else those for
/// `*`; of the rules that fit, the longest holds, and of equally long ones the one that allows.
///
/// @param rules of the groups that are about this program
/// @param sitemaps the addresses of all `Sitemap:` lines, as they are written
public record RobotsRules(List<PathRule> rules, List<String> sitemaps) {
  /// Allows everything: the site has no such file.
  public static final RobotsRules ALL = new RobotsRules(List.of(), List.of());

  /// What must be read of the file; RFC 9309 lets the rest be ignored.
  static final int BYTES_MAX = 500 << 10;

  /// Far more than sites have; each page is compared with each rule.
  public static final int RULES_MAX = 10_000;

  static final String PATH = "/robots.txt";

  private static final String AGENT = "brimful";
  private static final String EVERYBODY = "*";

  /// One rule.
  ///
  /// @param pieces the pattern's literal pieces between its `*`
  /// @param whole whether the path ends where the pattern does: it ends in `$`
  /// @param octets how long the pattern is
  record PathRule(boolean allows, List<String> pieces, boolean whole, int octets) {
    PathRule {
      pieces = List.copyOf(pieces);
    }

    static PathRule of(boolean allows, String pattern) {
      boolean whole = pattern.endsWith("$");
      String open = whole ? pattern.substring(0, pattern.length() - 1) : pattern;
      List<String> pieces = new ArrayList<>();
      for (String piece : open.split("\\*+", -1)) {
        pieces.add(Escaped.text(piece));
      }
      return new PathRule(allows, pieces, whole, Escaped.text(pattern).length());
    }

    /// Takes each piece at its first place, which leaves the most for the next.
    boolean fits(String path) {
      String first = pieces.getFirst();
      if (!path.startsWith(first)) {
        return false;
      }
      int at = first.length();
      int last = pieces.size() - 1;
      for (int i = 1; i <= last; i++) {
        String piece = pieces.get(i);
        if (i == last && whole) {
          return path.length() - piece.length() >= at && path.endsWith(piece);
        }
        int found = path.indexOf(piece, at);
        if (found < 0) {
          return false;
        }
        at = found + piece.length();
      }
      return !whole || at == path.length();
    }
  }

  public RobotsRules {
    rules = List.copyOf(rules);
    sitemaps = List.copyOf(sitemaps);
  }

  /// Reads the file. What is no rule is passed over.
  static RobotsRules of(byte[] file) {
    String text = new String(file, 0, Math.min(file.length, BYTES_MAX), UTF_8);
    List<PathRule> own = new ArrayList<>();
    List<PathRule> everybody = new ArrayList<>();
    List<String> sitemaps = new ArrayList<>();
    boolean named = false;
    boolean forOwn = false;
    boolean forAll = false;
    boolean inAgents = false;
    for (String line : text.replace("\ufeff", "").split("[\r\n]+")) {
      String said = line.replaceFirst("#.*", "");
      int colon = said.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String value = said.substring(colon + 1).strip();
      switch (said.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
        case "user-agent" -> {
          forOwn = (inAgents && forOwn) || isOwn(value);
          forAll = (inAgents && forAll) || value.equals(EVERYBODY);
          named |= forOwn;
          inAgents = true;
        }
        case "allow", "disallow" -> {
          inAgents = false;
          if (value.startsWith("/") || value.startsWith("*")) {
            boolean allows = said.strip().toLowerCase(Locale.ROOT).startsWith("allow");
            PathRule rule = PathRule.of(allows, value);
            if (forOwn) {
              own.add(rule);
            }
            if (forAll) {
              everybody.add(rule);
            }
          }
        }
        case "sitemap" -> {
          if (!value.isEmpty()) {
            sitemaps.add(value);
          }
        }
        default -> {
          // Other records are not about what may be read.
        }
      }
    }
    return new RobotsRules(named ? own : everybody, sitemaps);
  }

  /// The name ends where its letters do: `Brimful/1.0` is this program, too.
  private static boolean isOwn(String value) {
    return value.replaceFirst("[^A-Za-z_-].*", "").equalsIgnoreCase(AGENT);
  }

  /// Returns whether a page may be read.
  public boolean allows(WebAddress page) {
    if (page.path().equals(PATH)) {
      return true;
    }
    int longest = -1;
    boolean allowed = true;
    for (PathRule rule : rules) {
      boolean decides = rule.octets > longest || (rule.octets == longest && rule.allows);
      if (decides && rule.fits(page.path())) {
        longest = rule.octets;
        allowed = rule.allows;
      }
    }
    return allowed;
  }
}
