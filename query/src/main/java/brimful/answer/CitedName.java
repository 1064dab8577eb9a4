package brimful.answer;

import brimful.corpus.DocumentId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the name that a place belongs to, by looking left from it.
record CitedName(WindowContents evidence) {
  private static final int UNKNOWN_CHARS_MAX = 300;
  private static final Pattern FILE_NAME =
      Pattern.compile("(?:.*/)?[^/@]*\\.[A-Za-z][A-Za-z0-9]{0,9}");

  private static final Pattern PATH = Pattern.compile(".*[/.].*");

  /// A file's name that is no word or product such as `Node.js`, and no pattern or placeholder: it
  /// has a folder, or the ending of what people keep rather than program.
  private static final Pattern UNKNOWN_ALONE =
      Pattern.compile(
          "(?!https?:|www\\.|(?i:path/|(?:your|my|some|example|name)[-_./]))(?!.*[\\s@:*?<>$^~{}%|\\\\])"
              + "(?:[^/]+/.*[^/]\\.[A-Za-z][A-Za-z0-9]{0,9}"
              + "|[^/]*[^/.]\\.(?i:png|jpe?g|gif|webp|bmp|tiff?|svg|heic|pdf|docx?|xlsx?|pptx?"
              + "|od[tsp]|rtf|epub|eml|msg|csv|tsv|txt|md|html?|json|xml|ya?ml|log|vtt|srt|ipynb"
              + "|mp[34]|m4a|wav|mov|mkv|webm))");

  /// Host names with these endings, followed by a colon and a number, are ports rather than files.
  private static final Set<String> HOST_ENDS =
      Set.of("com", "org", "net", "io", "dev", "local", "internal", "localhost", "svc", "edu");

  /// A name in an answer.
  ///
  /// @param documents the candidates: none, one or several
  /// @param shown the document, if there is one; otherwise the answer's own words
  record Name(List<DocumentId> documents, DocumentId shown) {}

  /// Returns the name that ends at a position.
  ///
  /// @param onlyKnown whether it must be in the window; in code, `a.b:1` is mostly code
  Optional<Name> before(String text, int end, boolean onlyKnown) {
    Optional<Name> known = known(text, end);
    return known.isPresent() || onlyKnown ? known : unknown(text, end);
  }

  /// Returns the document that a name in brackets means, without a place: `[guide.md]`, or `[see
  /// ./guide.md]`.
  ///
  /// @param onlyKnown whether it must be in the window
  Optional<Name> alone(String written, boolean onlyKnown) {
    String name = meant(written);
    List<DocumentId> documents = evidence.named(name);
    if (documents.size() == 1) {
      DocumentId id = documents.getFirst();
      // `[README]` may be any word.
      boolean word = !PATH.matcher(name).matches() && !id.value().equals(name);
      return word ? Optional.empty() : Optional.of(new Name(documents, id));
    }
    boolean named =
        documents.isEmpty()
            ? !onlyKnown && UNKNOWN_ALONE.matcher(name).matches() && !hasHost(name)
            : PATH.matcher(name).matches();
    return named ? DocumentId.named(name).map(id -> new Name(documents, id)) : Optional.empty();
  }

  private String meant(String written) {
    if (!evidence.named(written).isEmpty()) {
      return written;
    }
    String last = written.substring(written.lastIndexOf(' ') + 1);
    String plain = last.replace('\\', '/').replaceFirst("^(?:\\./)+", "");
    return PATH.matcher(plain).matches() ? evidence.inAnyCase(plain).orElse(written) : written;
  }

  /// `example.com/a.html` is an address.
  private static boolean hasHost(String name) {
    int slash = name.indexOf('/');
    return slash >= 0
        && HOST_ENDS.contains(name.substring(name.lastIndexOf('.', slash) + 1, slash));
  }

  /// The longest wins: `core/A.java` before `A.java`.
  private Optional<Name> known(String text, int end) {
    Optional<Name> longest = Optional.empty();
    int floor = Math.max(0, end - evidence.nameCharsMax());
    for (int start = end - 1; start >= floor && text.charAt(start) != '\n'; start--) {
      if (startsName(text, start)) {
        String name = text.substring(start, end);
        List<DocumentId> documents = evidence.named(name);
        if (!documents.isEmpty()) {
          DocumentId shown = documents.size() == 1 ? documents.getFirst() : new DocumentId(name);
          longest = Optional.of(new Name(documents, shown));
        }
      }
    }
    return longest;
  }

  private static boolean startsName(String text, int start) {
    int before = start;
    if (before > 0 && text.charAt(before - 1) == '/') {
      before--;
      if (before > 0 && text.charAt(before - 1) == '.') {
        before--;
      }
    }
    return !isName(text, start - 1) || (before < start && !isName(text, before - 1));
  }

  private static boolean isName(String text, int position) {
    if (position < 0) {
      return false;
    }
    char c = text.charAt(position);
    return Character.isLetterOrDigit(c) || "_./!@+~$%-:\\".indexOf(c) >= 0;
  }

  private static Optional<Name> unknown(String text, int end) {
    int start = end;
    while (start > 0
        && end - start < UNKNOWN_CHARS_MAX
        && text.charAt(start - 1) != ':'
        && isName(text, start - 1)) {
      start--;
    }
    String token = text.substring(start, end);
    boolean address = token.startsWith("//") || (start > 0 && text.charAt(start - 1) == ':');
    String name = token.replaceFirst("^\\.?/", "");
    if (address || name.startsWith("/") || !FILE_NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return name.indexOf('/') < 0 && HOST_ENDS.contains(ending)
        ? Optional.empty()
        : Optional.of(new Name(List.of(), new DocumentId(name)));
  }
}
