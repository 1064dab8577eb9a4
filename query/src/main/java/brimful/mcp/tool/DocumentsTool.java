package brimful.mcp.tool;

import brimful.corpus.Counted;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Lists the documents of a collection.
final class DocumentsTool implements Tool {
  private static final int DOCUMENTS_MAX = 500;

  @Override
  public String name() {
    return "documents";
  }

  @Override
  public String title() {
    return "List documents";
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT,
        "Lists the documents of a collection by their paths, in order, %,d at most. To find out what they say, use search.",
        DOCUMENTS_MAX);
  }

  @Override
  public Map<String, Object> properties() {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("collection", ToolSchemas.COLLECTION);
    properties.put(
        "contains",
        ToolSchemas.text("Only paths that contain this, such as src/ or .pdf; any case."));
    return properties;
  }

  @Override
  public McpSchema.CallToolResult run(ToolCall call) {
    String part = call.text("contains", "").toLowerCase(Locale.ROOT);
    List<String> all =
        call.backend().documents(call.whole()).stream()
            .map(id -> id.value())
            .filter(id -> id.toLowerCase(Locale.ROOT).contains(part))
            .toList();
    List<String> shown = shown(all);
    String count =
        shown.size() == all.size()
            ? Counted.of(all.size(), "document") + "\n"
            : String.format(
                Locale.ROOT,
                "the first %,d of %,d documents: say more of what the path contains for others\n",
                shown.size(),
                all.size());
    return ToolResults.text(count + String.join("\n", shown), call.notice());
  }

  private static List<String> shown(List<String> all) {
    var shown = new ArrayList<String>();
    int characters = 0;
    for (String id : all) {
      characters += id.length() + 1;
      if (shown.size() == DOCUMENTS_MAX || characters > Passages.CHARACTERS_MAX) {
        break;
      }
      shown.add(id);
    }
    return shown;
  }
}
