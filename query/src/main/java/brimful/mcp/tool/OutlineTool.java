package brimful.mcp.tool;

import brimful.corpus.Chunk;
import brimful.corpus.Counted;
import brimful.corpus.DocumentId;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Lists what a document defines, or what is in a folder.
final class OutlineTool implements Tool {
  /// The most lines of one result.
  private static final int LINES_MAX = 200;

  /// The most folders and documents of one result, whose definitions have to be read.
  private static final int ENTRIES_MAX = 60;

  private static final int RESULTS_MAX = 1_000_000;
  private static final int NAMES_MAX = 8;
  private static final int NAME_CHARS_MAX = 60;

  @Override
  public String name() {
    return "outline";
  }

  @Override
  public String title() {
    return "Outline a file or folder";
  }

  @Override
  public String description() {
    return """
    Lists the definitions of a document (types, functions, headings) with their lines; of a folder, its folders and \
    documents with the names that they define. Shows how something is built before you read it.\
    """;
  }

  @Override
  public Map<String, Object> properties() {
    var properties = new LinkedHashMap<String, Object>();
    properties.put(
        "path", ToolSchemas.text("A document or a folder; the whole collection if left out."));
    properties.put("collection", ToolSchemas.COLLECTION);
    properties.put("cursor", ToolSchemas.CURSOR);
    return properties;
  }

  @Override
  public McpSchema.CallToolResult run(ToolCall call) {
    String collection = call.collection();
    String path = call.text("path", "").replaceFirst("^(\\./|/)+", "").replaceFirst("/+$", "");
    PageCursor at = PageCursor.of(call, collection + "\n" + path, RESULTS_MAX);
    List<DocumentId> ids = call.backend().documents(call.whole());
    DocumentNames names = DocumentNames.of(call, collection, ids);
    Optional<String> folder = names.folder(path);
    String notice = call.notice();
    if (folder.isPresent()) {
      return folder(call, folder.get(), ids, at, notice);
    }
    DocumentId document = names.place(path).document();
    List<Chunk> chunks = call.backend().read(call.whole(), document.value());
    List<String> lines = Definitions.lines(chunks);
    List<String> page = lines.stream().skip(at.skip()).limit(LINES_MAX).toList();
    String what =
        lines.isEmpty()
            ? "%s defines nothing that is known by name: read it".formatted(document.value())
            : "%s: %s".formatted(document.value(), Counted.of(lines.size(), "definition"));
    return ToolResults.text(
        what + page.stream().map(line -> "\n" + line).collect(Collectors.joining()),
        more(at, page.size(), lines.size()),
        notice);
  }

  private static String more(PageCursor at, int shown, int all) {
    return at.skip() + shown < all ? "there are more: go on with cursor " + at.next(shown) : "";
  }

  private static McpSchema.CallToolResult folder(
      ToolCall call, String folder, List<DocumentId> ids, PageCursor at, String notice) {
    SortedMap<String, Integer> folders = new TreeMap<>();
    var documents = new ArrayList<DocumentId>();
    for (DocumentId id : ids) {
      if (id.value().startsWith(folder)) {
        int slash = id.value().indexOf('/', folder.length());
        if (slash < 0) {
          documents.add(id);
        } else {
          folders.merge(id.value().substring(folder.length(), slash + 1), 1, Integer::sum);
        }
      }
    }
    var entries = new ArrayList<String>();
    folders.forEach((name, count) -> entries.add(name + " " + Counted.of(count, "document")));
    int end = Math.min(folders.size() + documents.size(), at.skip() + ENTRIES_MAX);
    List<DocumentId> shown =
        documents.subList(
            Math.clamp(at.skip() - folders.size(), 0, documents.size()),
            Math.clamp(end - folders.size(), 0, documents.size()));
    List<String> page =
        new ArrayList<>(entries.stream().skip(at.skip()).limit(ENTRIES_MAX).toList());
    names(call, shown)
        .forEach((id, names) ->
            page.add(
                id.value().substring(folder.length())
                    + (names.isEmpty() ? "" : ": " + String.join(", ", names))));
    String what =
        "%s %s, %s"
            .formatted(
                folder.isEmpty() ? "the collection:" : folder,
                Counted.of(folders.size(), "folder"),
                Counted.of(documents.size(), "document"));
    return ToolResults.text(
        what + page.stream().map(line -> "\n" + line).collect(Collectors.joining()),
        more(at, page.size(), folders.size() + documents.size()),
        notice);
  }

  /// Returns the first names that each document defines.
  private static Map<DocumentId, Set<String>> names(ToolCall call, List<DocumentId> shown) {
    var names = new LinkedHashMap<DocumentId, Set<String>>();
    shown.forEach(id -> names.put(id, new LinkedHashSet<>()));
    if (shown.isEmpty()) {
      return names;
    }
    call.backend()
        .scan(
            call.corpus(),
            names::containsKey,
            chunks -> {
              Set<String> some =
                  names.computeIfAbsent(chunks.getFirst().document(), _ -> new LinkedHashSet<>());
              Definitions.names(chunks).stream()
                  .map(name -> name.substring(0, Math.min(NAME_CHARS_MAX, name.length())))
                  .limit(Math.max(0, NAMES_MAX - some.size()))
                  .forEach(some::add);
              return true;
            });
    return names;
  }
}
