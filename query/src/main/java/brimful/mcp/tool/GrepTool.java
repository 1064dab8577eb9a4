package brimful.mcp.tool;

import brimful.corpus.Chunk;
import brimful.corpus.Counted;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds the lines that a text or a regular expression matches.
final class GrepTool implements Tool {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 200;
  private static final int RESULTS_MAX = 10_000;
  private static final int LINE_CHARS_MAX = 200;

  /// How much of a long line is shown before its match.
  private static final int BEFORE_CHARS = 40;

  private static final Duration TIME_MAX = Duration.ofSeconds(10);

  private final Duration timeMax;

  GrepTool() {
    this(TIME_MAX);
  }

  GrepTool(Duration timeMax) {
    this.timeMax = timeMax;
  }

  @Override
  public String name() {
    return "grep";
  }

  @Override
  public String title() {
    return "Find lines";
  }

  @Override
  public String description() {
    return """
    Finds all lines of a collection's documents that contain a text, or that a regular expression (RE2) matches, in \
    order, each with its document and line number. Good for names and exact strings; search understands questions.\
    """;
  }

  @Override
  public Map<String, Object> properties() {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("pattern", ToolSchemas.text("The text to find, or the regular expression."));
    properties.put(
        "regex", ToolSchemas.flag("Whether pattern is a regular expression; false if left out."));
    properties.put("ignore_case", ToolSchemas.flag("Whether upper and lower case are the same."));
    properties.put("collection", ToolSchemas.COLLECTION);
    properties.put("scope", ToolSchemas.SCOPE);
    properties.put(
        "limit",
        ToolSchemas.number(1, LIMIT_MAX, "The most lines; %s if left out.".formatted(LIMIT)));
    properties.put("cursor", ToolSchemas.CURSOR);
    return properties;
  }

  @Override
  public List<String> required() {
    return List.of("pattern");
  }

  @Override
  public McpSchema.CallToolResult run(ToolCall call) {
    String collection = call.collection();
    String text = call.text("pattern");
    boolean regex = call.flag("regex");
    boolean ignoreCase = call.flag("ignore_case");
    int limit = call.number("limit", LIMIT, 1, LIMIT_MAX);
    String request =
        "%s\n%s\n%s %s\n%s".formatted(collection, call.scope(), regex, ignoreCase, text);
    PageCursor at = PageCursor.of(call, request, RESULTS_MAX);
    var listing = new Listing(at.skip(), Math.min(limit, RESULTS_MAX - at.skip()));
    GrepPattern pattern = GrepPattern.of(text, regex, ignoreCase);
    var heartbeat = new Heartbeat(call);
    long start = System.nanoTime();
    boolean[] late = {false};
    call.backend()
        .scan(
            call.corpus(),
            _ -> true,
            chunks -> {
              for (Chunk chunk : chunks) {
                if (System.nanoTime() - start > timeMax.toNanos()) {
                  late[0] = true;
                  return false;
                }
                if (!listing.add(chunk, pattern.matches(chunk.text()))) {
                  return false;
                }
              }
              heartbeat.beat("found " + Counted.of(listing.lines, "line"));
              return true;
            });
    return ToolResults.text(
        listing.text.toString(),
        summary(listing, at, late[0], text, regex),
        late[0] ? late() : "",
        call.notice());
  }

  private String late() {
    return String.format(
        Locale.ROOT,
        "stopped after %,d seconds, before the last document: give a scope for the rest",
        timeMax.toSeconds());
  }

  private static String summary(
      Listing listing, PageCursor at, boolean late, String text, boolean regex) {
    if (listing.lines == 0) {
      boolean pattern = !regex && text.matches(".*[|*+?\\\\\\[(^$].*");
      return late
          ? "no line matches so far"
          : "no line matches"
              + (pattern ? ": if it is a regular expression, set regex to true" : "");
    }
    String found =
        "%s of %s"
            .formatted(
                Counted.of(listing.lines, "line"), Counted.of(listing.documents, "document"));
    return listing.full && at.skip() + listing.lines < RESULTS_MAX
        ? "%s, and there are more: go on with cursor %s".formatted(found, at.next(listing.lines))
        : found;
  }

  /// The lines found so far, under the paths of their documents. Each line begins with its place,
  /// so that no text of a document looks like a path.
  private static final class Listing {
    private final StringBuilder text = new StringBuilder();
    private final int skip;
    private final int limit;
    private String document = "";
    private int seen;
    private int lines;
    private int documents;
    private boolean full;

    Listing(int skip, int limit) {
      this.skip = skip;
      this.limit = limit;
    }

    /// Adds matches of a chunk; returns whether there is room for more.
    boolean add(Chunk chunk, List<GrepPattern.Match> matches) {
      for (GrepPattern.Match match : matches) {
        if (seen++ < skip) {
          continue;
        }
        if (lines == limit || text.length() > Passages.CHARACTERS_MAX) {
          full = true;
          return false;
        }
        String path = chunk.document().value();
        if (!path.equals(document)) {
          text.append(path).append('\n');
          document = path;
          documents++;
        }
        String place = place(chunk.locator(), match.index());
        text.append(place).append(": ").append(shown(match)).append('\n');
        lines++;
      }
      return true;
    }

    private static String place(Locator locator, int index) {
      return locator instanceof Locator.Lines(int first, int last)
          ? Integer.toString(Math.min(first + index, last))
          : locator.display();
    }

    private static String shown(GrepPattern.Match match) {
      String line = match.line();
      if (line.length() <= LINE_CHARS_MAX) {
        return Markup.FOR_ANY.neutral(line.stripTrailing());
      }
      int from = Math.max(0, match.at() - BEFORE_CHARS);
      int to = Math.min(line.length(), from + LINE_CHARS_MAX);
      from += from > 0 && Character.isLowSurrogate(line.charAt(from)) ? 1 : 0;
      to -= to < line.length() && Character.isLowSurrogate(line.charAt(to)) ? 1 : 0;
      return (from > 0 ? "…" : "")
          + Markup.FOR_ANY.neutral(line.substring(from, to))
          + (to < line.length() ? "…" : "");
    }
  }
}
