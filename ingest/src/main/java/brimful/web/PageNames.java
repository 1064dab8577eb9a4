package brimful.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import brimful.corpus.DocumentId;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Gives each page of a site an id that no other one has: its path as a file would be named. For
/// one thread; the same pages in the same order have the same ids.
///
/// | path | id |
/// |---|---|
/// | `/guide/` | `guide/index.html` |
/// | `/guide/intro` | `guide/intro.html` |
/// | `/caf%C3%A9.html` | `café.html` |
/// | `/view.php?id=7` | `view.php?id=7.html` |
/// | `/report.pdf?v=2` | `report.pdf?v=2.pdf` |
public final class PageNames {
  /// The end of a name that says what the content is.
  private static final Pattern ENDING = Pattern.compile("\\.(?=[0-9]*[a-z])[a-z0-9]{1,10}$");

  /// What makes a page each time that it is asked for. Its content is not its own code.
  private static final Pattern MADE =
      Pattern.compile("\\.(?:php[0-9]?|phtml|aspx?|ashx|jspx?|jsf|cgi|do|action|cfm|pl)$");

  private static final String PAGE = ".html";

  private static final int BROKEN_CHARS_MAX = 100;

  private final Set<DocumentId> given = new HashSet<>();

  /// Returns the id of a page of the site.
  ///
  /// @param path as [WebAddress#path] has it
  public DocumentId of(String path) {
    return unique("", path);
  }

  /// Returns the id of what a list names on another host.
  public DocumentId elsewhere(WebAddress address) {
    return unique(address.authority() + "/", address.path());
  }

  /// Returns the id of what a list names and is no address.
  public DocumentId broken(String text) {
    String shown = shown(text);
    return unique("", Escaped.text(shown.isEmpty() ? "empty" : shown));
  }

  /// Returns what an id has of what is no address.
  static String shown(String text) {
    String start = text.strip();
    return start.substring(0, Math.min(start.length(), BROKEN_CHARS_MAX));
  }

  private DocumentId unique(String folder, String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    String named = folder + plain.replaceFirst("^/+", "");
    String whole = named.isEmpty() || named.endsWith("/") ? named + "index" + PAGE : named;
    String ending = ending(latin(whole));
    if (query >= 0) {
      whole += path.substring(query) + (ending.isEmpty() ? PAGE : ending);
    } else if (ending.isEmpty()) {
      whole += PAGE;
    }
    // A name may have any bytes.
    String shown = latin(whole);
    String last = ending(shown);
    String stem = shown.substring(0, shown.length() - last.length());
    DocumentId id = DocumentId.of(shown.getBytes(ISO_8859_1));
    for (int n = 2; !given.add(id); n++) {
      id = DocumentId.of("%s~%s%s".formatted(stem, n, last).getBytes(ISO_8859_1));
    }
    return id;
  }

  private static String latin(String escaped) {
    return new String(Escaped.bytes(escaped), ISO_8859_1);
  }

  /// Returns the ending of a name; empty if it has none, or one that says nothing about the
  /// content.
  private static String ending(String name) {
    String lower = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    var found = ENDING.matcher(lower);
    return found.find() && found.start() > 0 && !MADE.matcher(lower).find() ? found.group() : "";
  }
}
