package brimful.mcp.tool;

import brimful.corpus.Chunk;
import brimful.corpus.Counted;
import brimful.corpus.DocumentId;
import brimful.service.Found;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Finds the places that match a question best.
final class SearchTool implements Tool {
  private static final int LIMIT = 10;
  private static final int LIMIT_MAX = 50;

  /// Whoever needs more results than this needs other words.
  private static final int RESULTS_MAX = 200;

  /// So many places of each document come before any third one: who searches wants to see which
  /// documents matter, and the best of them would otherwise fill whole pages.
  private static final int TOGETHER_MAX = 2;

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String title() {
    return "Search documents";
  }

  @Override
  public String description() {
    return """
    Finds the places in a collection's documents that match a question best, best first: path, lines or page, and one \
    line that tells why. Returns no text: read the place, or call pack for the text of everything that matters. \
    For an exact string or a pattern, use grep.\
    """;
  }

  @Override
  public Map<String, Object> properties() {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("question", ToolSchemas.QUESTION);
    properties.put("collection", ToolSchemas.COLLECTION);
    properties.put("scope", ToolSchemas.SCOPE);
    properties.put(
        "limit",
        ToolSchemas.number(1, LIMIT_MAX, "The most places; %s if left out.".formatted(LIMIT)));
    properties.put("cursor", ToolSchemas.CURSOR);
    return properties;
  }

  @Override
  public List<String> required() {
    return List.of("question");
  }

  @Override
  public Map<String, Object> output() {
    return ToolSchemas.object(
        Map.of(
            "results",
            ToolSchemas.list(
                ToolSchemas.object(
                    Map.of(
                        "document", ToolSchemas.text("Its path, for read."),
                        "place", ToolSchemas.text("Lines such as 12-40, or p. 7, slide 3, …"),
                        "why", ToolSchemas.text("Heading, and the line that matches best.")),
                    List.of("document", "place", "why"))),
            "cursor",
            ToolSchemas.text("Gets the next places; missing if there are none."),
            "notice",
            ToolSchemas.text("What to know about the collection, if anything.")),
        List.of("results"));
  }

  @Override
  public McpSchema.CallToolResult run(ToolCall call) {
    String collection = call.collection();
    String question = call.text("question");
    int limit = call.number("limit", LIMIT, 1, LIMIT_MAX);
    PageCursor at =
        PageCursor.of(
            call, "%s\n%s\n%s".formatted(collection, call.scope(), question), RESULTS_MAX);
    int end = Math.min(RESULTS_MAX, at.skip() + limit);
    List<Chunk> all = spread(call.backend().search(call.corpus(), question, RESULTS_MAX));
    List<Chunk> page = all.stream().limit(end).skip(at.skip()).toList();
    String notice = call.notice(collection).strip();

    var json = new LinkedHashMap<String, Object>();
    Why why = Why.of(question);
    json.put("results", page.stream().map(chunk -> result(chunk, why)).toList());
    boolean more = all.size() > end;
    if (more) {
      json.put("cursor", at.next(page.size()));
    }
    if (!notice.isEmpty()) {
      json.put("notice", notice);
    }
    return ToolResults.structured(json, summary(collection, page, more, notice));
  }

  /// Returns the first two places of each document in their order, then the next two of each, and
  /// so on.
  static List<Chunk> spread(List<Found> found) {
    var seen = new HashMap<DocumentId, Integer>();
    SortedMap<Integer, List<Chunk>> rounds = new TreeMap<>();
    for (Found one : found) {
      int before = seen.merge(one.chunk().document(), 1, Integer::sum) - 1;
      rounds.computeIfAbsent(before / TOGETHER_MAX, _ -> new ArrayList<>()).add(one.chunk());
    }
    return rounds.values().stream().flatMap(List::stream).toList();
  }

  private static Map<String, Object> result(Chunk chunk, Why why) {
    var result = new LinkedHashMap<String, Object>();
    result.put("document", chunk.document().value());
    result.put("place", chunk.locator().display());
    result.put("why", why.line(chunk));
    return result;
  }

  private static String summary(String collection, List<Chunk> page, boolean more, String notice) {
    String found =
        page.isEmpty()
            ? "nothing in %s matches: ask in other words".formatted(collection)
            : "%s%s: %s"
                .formatted(
                    Counted.of(page.size(), "place"),
                    more ? ", there are more" : "",
                    page.stream()
                        .map(chunk ->
                            "%s:%s".formatted(chunk.document().value(), chunk.locator().display()))
                        .collect(Collectors.joining(", ")));
    return notice.isEmpty() ? found : found + "; " + notice;
  }
}
