package brimful.cli.project;

import brimful.collection.scope.Scope;
import brimful.corpus.UserError;
import brimful.service.Budget;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the text of a project's file. Each error is one line with the file, the key and what is
/// allowed.
final class ProjectReader {
  /// The keys that a file may have.
  static final List<String> NAMES =
      List.of("include", "exclude", "model", "budget", "instructions", "collections");

  private static final int SHOWN_CHARS_MAX = 60;

  /// YAML as data: it makes no objects of other classes.
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final Path root;

  ProjectReader(Path file, Path root) {
    this.file = file;
    this.root = root;
  }

  ProjectSettings read(String text) {
    JsonNode tree = tree(text);
    if (tree.isMissingNode() || tree.isNull()) {
      return new ProjectSettings(Map.of(), List.of(), List.of(), List.of());
    }
    if (!tree.isObject()) {
      throw error("has no keys: write lines like model: deepseek-flash");
    }
    tree.fieldNames().forEachRemaining(this::requireKnown);
    Map<String, String> values = new HashMap<>();
    if (tree.has("model")) {
      values.put("model", word(tree, "model", "the name of a model"));
    }
    if (tree.has("budget")) {
      values.put("budget", budget(tree));
    }
    if (tree.has("instructions")) {
      values.put("instructions", instructions(tree));
    }
    return new ProjectSettings(
        values,
        patterns(tree, "include"),
        patterns(tree, "exclude"),
        list(tree, "collections", "names of collections"));
  }

  private JsonNode tree(String text) {
    try {
      return text.isBlank() ? YAML.nullNode() : YAML.readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String wrong =
          String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
              ? "line %s has a key for the second time: leave one out"
              : "line %s is not valid YAML: correct it there";
      throw error(wrong.formatted(line));
    }
  }

  private void requireKnown(String key) {
    if (NAMES.contains(key)) {
      return;
    }
    throw error(
        "has the key %s, which a project cannot set: allowed are %s; all else is set by options, or brimful config"
            .formatted(shown(key), String.join(", ", NAMES)));
  }

  private String budget(JsonNode tree) {
    JsonNode node = tree.path("budget");
    String text = node.isTextual() || node.isIntegralNumber() ? node.asText().strip() : "";
    boolean plain = !text.contains(":") && !Budget.isNone(text);
    if (!plain || !Budget.isOne(text)) {
      throw wrong("budget", node, "a number of tokens like 8000, 128k or 1M, or auto");
    }
    return text;
  }

  private String word(JsonNode tree, String key, String allowed) {
    JsonNode node = tree.path(key);
    if (!node.isTextual() || node.asText().isBlank()) {
      throw wrong(key, node, allowed);
    }
    return node.asText().strip();
  }

  /// Returns a file of the project as an absolute path: no link leads out of it.
  private String instructions(JsonNode tree) {
    String name = word(tree, "instructions", "the path of a file in the project");
    try {
      Path path = file.resolveSibling(name).normalize();
      if (!path.startsWith(root) || !Files.exists(path)) {
        throw wrong("instructions", tree.path("instructions"), "a file in the project");
      }
      Path real = ProjectFile.real(path);
      if (!real.startsWith(root) || isOfGit(root.relativize(real))) {
        throw wrong("instructions", tree.path("instructions"), "a file in the project");
      }
      return real.toString();
    } catch (InvalidPathException e) {
      throw wrong("instructions", tree.path("instructions"), "a file in the project");
    }
  }

  /// What git keeps may hold passwords.
  private static boolean isOfGit(Path below) {
    for (Path part : below) {
      if (part.toString().equalsIgnoreCase(".git")) {
        return true;
      }
    }
    return false;
  }

  private List<String> patterns(JsonNode tree, String key) {
    List<String> patterns = list(tree, key, "patterns of paths like src/** or \"*.md\"");
    try {
      return new Scope(patterns).patterns();
    } catch (UserError e) {
      throw error("key %s: %s".formatted(key, e.line().replaceFirst("^scope ", "")));
    }
  }

  private List<String> list(JsonNode tree, String key, String allowed) {
    JsonNode node = tree.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    var words = new ArrayList<String>();
    for (JsonNode one : node.isArray() ? node : List.of(node)) {
      if (!one.isTextual() || one.asText().isBlank()) {
        throw wrong(key, one, "a list of " + allowed);
      }
      words.add(one.asText().strip());
    }
    return words;
  }

  private UserError wrong(String key, JsonNode value, String allowed) {
    return error("key %s is %s: give %s".formatted(key, shown(value.toString()), allowed));
  }

  private static String shown(String text) {
    String bare = text.replaceAll("\\p{Cntrl}", " ");
    String quoted = bare.startsWith("\"") ? bare : "\"" + bare + "\"";
    return quoted.length() <= SHOWN_CHARS_MAX
        ? quoted
        : quoted.substring(0, SHOWN_CHARS_MAX) + "…\"";
  }

  private UserError error(String line) {
    return ProjectFile.error(file, line);
  }
}
