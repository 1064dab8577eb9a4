package brimful.mcp.tool;

import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.UserError;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the document that a model means: by its path, by its path within its source, or by an end
/// of its path that no other document has.
///
/// Models copy paths out of our tags, where `&` is written `&amp;`, and write `./a.md` or
/// `a.md:12-40`; all of that is understood.
///
/// @param sources the collection's sources, which its paths may begin with
/// @param ids all documents of the collection
record DocumentNames(String collection, Set<String> sources, List<DocumentId> ids) {
  private static final int SUGGESTIONS_MAX = 5;
  private static final int LAST_LINE = 1_000_000_000;
  private static final String RANGE = "\\d{1,18}(?:-\\d{1,18})?";
  private static final Pattern LINES =
      Pattern.compile("(.+?):(%1$s(?:, ?%1$s){0,49})".formatted(RANGE));
  private static final Pattern BETWEEN = Pattern.compile(", ?");

  /// The lines from one to another; as written, so perhaps the wrong way round.
  record Range(int first, int last) {
    static Range parse(String written) {
      int dash = written.indexOf('-');
      int first = Math.max(1, number(dash < 0 ? written : written.substring(0, dash)));
      return new Range(first, dash < 0 ? first : number(written.substring(dash + 1)));
    }

    /// No document has as many lines as the largest number.
    private static int number(String digits) {
      return (int) Math.min(LAST_LINE, Long.parseLong(digits));
    }
  }

  /// A document, or some lines of it.
  ///
  /// @param ranges empty for the whole document
  record Place(DocumentId document, List<Range> ranges) {
    Place {
      ranges = List.copyOf(ranges);
    }

    Place(DocumentId document) {
      this(document, List.of());
    }

    Place(DocumentId document, int first, int last) {
      this(document, List.of(new Range(first, last)));
    }

    boolean isRange() {
      return !ranges.isEmpty();
    }

    int first() {
      return isRange() ? ranges.getFirst().first : 1;
    }

    int last() {
      return isRange() ? ranges.getLast().last : LAST_LINE;
    }
  }

  /// Returns what is meant.
  ///
  /// @throws UserError that suggests documents with a similar name
  Place place(String written) {
    String name = plain(written);
    List<DocumentId> found = found(written, name);
    if (found.size() == 1) {
      return new Place(found.getFirst());
    }
    Matcher lines = LINES.matcher(name);
    if (found.isEmpty() && lines.matches()) {
      List<DocumentId> ranged = found(lines.group(1), lines.group(1));
      if (ranged.size() == 1) {
        return new Place(
            ranged.getFirst(), BETWEEN.splitAsStream(lines.group(2)).map(Range::parse).toList());
      }
    }
    throw found.isEmpty() ? none(written, name) : several(written, found);
  }

  private List<DocumentId> found(String written, String name) {
    String folding = Folding.of(name);
    for (Predicate<String> rule :
        List.<Predicate<String>>of(
            written::equals,
            name::equals,
            id -> Folding.of(id).equals(folding),
            id -> withinSource(id).equals(name),
            id -> id.endsWith("/" + name))) {
      List<DocumentId> found = ids.stream().filter(id -> rule.test(id.value())).toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /// Returns the names of a call's collection.
  static DocumentNames of(ToolCall call, String collection, List<DocumentId> ids) {
    return new DocumentNames(collection, call.folders(), ids);
  }

  /// Returns a path without its source, which models leave out.
  private String withinSource(String id) {
    int slash = id.indexOf('/');
    return slash >= 0 && sources.contains(id.substring(0, slash)) ? id.substring(slash + 1) : id;
  }

  /// Returns a folder's or an archive's path as documents' paths begin with it, with a slash behind
  /// it, or nothing for the whole collection; empty if there is no such folder.
  Optional<String> folder(String path) {
    if (path.isEmpty()) {
      return Optional.of("");
    }
    return Stream.concat(Stream.of(""), sources.stream().sorted().map(source -> source + "/"))
        .flatMap(source -> Stream.of("/", "!/").map(end -> source + path + end))
        .filter(folder -> ids.stream().anyMatch(id -> id.value().startsWith(folder)))
        .findFirst();
  }

  private static String plain(String written) {
    return written
        .replace("&lt;", "<")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replaceFirst("^(\\./|/)+", "");
  }

  private static UserError several(String written, List<DocumentId> found) {
    return new UserError(
        UserError.Kind.NOT_FOUND,
        String.format(
            Locale.ROOT,
            "%,d documents end with %s: say which, such as %s",
            found.size(),
            written,
            shown(found)));
  }

  private UserError none(String written, String name) {
    String end = Folding.of(name.substring(name.lastIndexOf('/') + 1)).toLowerCase(Locale.ROOT);
    List<DocumentId> similar =
        end.isEmpty() ? List.of() : ids.stream().filter(id -> isSimilar(id.value(), end)).toList();
    return new UserError(
        UserError.Kind.NOT_FOUND,
        similar.isEmpty()
            ? "collection %s has no document %s: search for it".formatted(collection, written)
            : "collection %s has no document %s: perhaps %s"
                .formatted(collection, written, shown(similar)));
  }

  /// Returns whether a document has this name, in any case, with any ending or with none.
  private static boolean isSimilar(String id, String end) {
    String own = Folding.of(id.substring(id.lastIndexOf('/') + 1)).toLowerCase(Locale.ROOT);
    return own.equals(end) || stem(own).equals(stem(end));
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /// The least deep ones are likeliest.
  private static String shown(List<DocumentId> found) {
    return found.stream()
            .map(DocumentId::value)
            .sorted(
                Comparator.comparingLong((String id) -> id.chars().filter(c -> c == '/').count())
                    .thenComparing(Comparator.naturalOrder()))
            .limit(SUGGESTIONS_MAX)
            .collect(Collectors.joining(", "))
        + (found.size() > SUGGESTIONS_MAX ? ", …" : "");
  }
}
