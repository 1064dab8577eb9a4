package brimful.cli.view;

import brimful.corpus.Counted;
import brimful.corpus.PictureSize;
import brimful.index.Outline;
import brimful.view.JsonText;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// What the folders and files of a corpus cost in a window, in tokens.
///
/// Ids of members, such as `a.zip!/b/c.txt`, count below their archive.
public final class TokenTree {
  private static final Comparator<Cost> LARGEST_FIRST =
      Comparator.comparingLong(Cost::tokens).reversed().thenComparing(Cost::path);

  private final List<Cost> files;
  private final Map<String, Cost> folders = new TreeMap<>();

  /// What a file, or all files of a folder, cost.
  private record Cost(String path, long tokens, long files) {
    private Cost plus(Cost other) {
      return new Cost(path, tokens + other.tokens, files + other.files);
    }
  }

  private TokenTree(List<Cost> files) {
    this.files = files;
    for (Cost file : files) {
      add("", file);
      for (int slash = file.path.indexOf('/');
          slash >= 0;
          slash = file.path.indexOf('/', slash + 1)) {
        add(file.path.substring(0, slash + 1), file);
      }
    }
  }

  private void add(String folder, Cost file) {
    folders.merge(folder, new Cost(folder, file.tokens, 1), Cost::plus);
  }

  /// Returns the tree of documents.
  public static TokenTree of(List<Outline> documents) {
    return of(documents, _ -> 0);
  }

  /// Returns the tree of documents with their pictures.
  ///
  /// @param pictureTokens what a picture costs
  public static TokenTree of(List<Outline> documents, ToIntFunction<PictureSize> pictureTokens) {
    return new TokenTree(
        documents.stream()
            .map(outline ->
                new Cost(
                    outline.document().value(),
                    outline.tokens() + pictures(outline, pictureTokens),
                    1))
            .toList());
  }

  private static long pictures(Outline outline, ToIntFunction<PictureSize> tokens) {
    return outline.chunks().stream().mapToLong(ref -> tokens.applyAsInt(ref.picture())).sum();
  }

  /// Returns the tree as text: folders with their share, then the largest files.
  ///
  /// @param depth of folders
  /// @param top how many of the largest files
  public String text(int depth, int top) {
    long total = total();
    var text = new StringBuilder();
    text.append(line(total, total, "total, " + Counted.of(files.size(), "file")));
    for (Cost folder : shown(depth)) {
      String indent = "  ".repeat(depthOf(folder.path));
      String own = folder.path.replaceFirst("/$", "");
      String name = own.substring(own.lastIndexOf('/') + 1) + "/";
      text.append(line(folder.tokens, total, indent + name));
    }
    text.append("\nlargest files\n");
    largest(top).forEach(file -> text.append(line(file.tokens, total, file.path)));
    return text.toString();
  }

  /// Returns the same as JSON.
  public String json(int depth, int top) {
    return JsonText.object(json -> {
      json.writeNumberField("total", total());
      json.writeNumberField("files", files.size());
      write(json, "folders", shown(depth));
      write(json, "largest", largest(top));
    });
  }

  private static void write(JsonGenerator json, String name, List<Cost> costs) throws IOException {
    json.writeArrayFieldStart(name);
    for (Cost cost : costs) {
      json.writeStartObject();
      json.writeStringField("path", cost.path);
      json.writeNumberField("tokens", cost.tokens);
      json.writeNumberField("files", cost.files);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private long total() {
    return files.stream().mapToLong(Cost::tokens).sum();
  }

  private List<Cost> shown(int depth) {
    return folders.values().stream()
        .filter(folder -> !folder.path.isEmpty() && depthOf(folder.path) <= depth)
        .toList();
  }

  private List<Cost> largest(int top) {
    return files.stream().sorted(LARGEST_FIRST).limit(top).toList();
  }

  private static int depthOf(String folder) {
    return (int) folder.chars().filter(c -> c == '/').count();
  }

  private static String line(long tokens, long total, String name) {
    return String.format(
        Locale.ROOT, "%,12d  %5.1f %%  %s\n", tokens, 100.0 * tokens / Math.max(1, total), name);
  }
}
