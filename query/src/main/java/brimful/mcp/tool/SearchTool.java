package brimful.mcp.tool;

import brimful.corpus.Counted;
import brimful.service.FoundDocument;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Finds the documents that match a question best, and where to read in them.
final class SearchTool implements Tool {
  private static final int LIMIT = 8;
  private static final int LIMIT_MAX = 50;

  /// Whoever needs more documents than this needs other words.
  private static final int RESULTS_MAX = 200;

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
    Finds the documents of a collection that match a question best, best first: of each the places to read, with one \
    line that tells why, and the definitions that the question speaks of. Read all places of a document at once, as \
    in read a.md:12-40,60-90. For an exact string or a pattern, use grep.\
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
        ToolSchemas.number(1, LIMIT_MAX, "The most documents; %s if left out.".formatted(LIMIT)));
    properties.put("cursor", ToolSchemas.CURSOR);
    return properties;
  }

  @Override
  public List<String> required() {
    return List.of("question");
  }

  @Override
  public Map<String, Object> output() {
    Map<String, Object> place =
        ToolSchemas.object(
            Map.of(
                "place", ToolSchemas.text("Lines such as 12-40, or p. 7, slide 3, …"),
                "why", ToolSchemas.text("Heading, and the line that matches best.")),
            List.of("place", "why"));
    Map<String, Object> document =
        ToolSchemas.object(
            Map.of(
                "document", ToolSchemas.text("Its path, for read."),
                "places", ToolSchemas.list(place),
                "definitions",
                    ToolSchemas.list(
                        ToolSchemas.text("A line that defines what the question speaks of."))),
            List.of("document", "places"));
    return ToolSchemas.object(
        Map.of(
            "results",
            ToolSchemas.list(document),
            "cursor",
            ToolSchemas.text("Gets the next documents; missing if there are none."),
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
    int wanted = Math.min(limit, RESULTS_MAX - at.skip());
    FoundDocument.Page page =
        call.backend()
            .searchDocuments(
                call.corpus(),
                question,
                new FoundDocument.Wanted(at.skip(), wanted, SearchHit.CHUNKS_MAX));
    Why why = Why.of(question);
    List<SearchHit> hits = fitting(page.documents(), why);
    boolean more =
        hits.size() < page.documents().size()
            || (page.more() && at.skip() + hits.size() < RESULTS_MAX);
    String notice = call.notice().strip();

    var json = new LinkedHashMap<String, Object>();
    json.put("results", hits.stream().map(SearchHit::json).toList());
    if (more) {
      json.put("cursor", at.next(hits.size()));
    }
    if (!notice.isEmpty()) {
      json.put("notice", notice);
    }
    return ToolResults.structured(json, summary(collection, hits, more, notice));
  }

  /// Returns the first documents that one result has room for; the cursor gets the rest.
  private static List<SearchHit> fitting(List<FoundDocument> documents, Why why) {
    var hits = new ArrayList<SearchHit>();
    int length = 0;
    for (FoundDocument document : documents) {
      var hit = SearchHit.of(document, why);
      length += hit.length();
      if (!hits.isEmpty() && length > Passages.CHARACTERS_MAX) {
        break;
      }
      hits.add(hit);
    }
    return hits;
  }

  private static String summary(
      String collection, List<SearchHit> hits, boolean more, String notice) {
    String found =
        hits.isEmpty()
            ? "nothing in %s matches: ask in other words".formatted(collection)
            : "%s%s: %s"
                .formatted(
                    Counted.of(hits.size(), "document"),
                    more ? ", there are more" : "",
                    hits.stream().map(SearchHit::address).collect(Collectors.joining(" ")));
    return notice.isEmpty() ? found : found + "; " + notice;
  }
}
