package brimful.ask;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads the catalog's files: first merges them as JSON, then reads each model.
final class CatalogReader {
  private static final String BUILT_IN = "models.json";
  private static final int FILE_BYTES_MAX = 1 << 20;

  private final ObjectMapper json = new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);
  private final Map<String, ObjectNode> providers = new LinkedHashMap<>();
  private final Map<String, ObjectNode> models = new LinkedHashMap<>();
  private final Map<String, Catalog.Retired> retired = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private String defaultModel = "";

  private CatalogReader() {}

  static Catalog read(Optional<Path> file) {
    var reader = new CatalogReader();
    reader.addBuiltIn();
    if (file.isPresent() && Files.exists(file.get())) {
      reader.addFile(file.get());
    }
    return reader.catalog();
  }

  private void addBuiltIn() {
    try (InputStream stream =
        Objects.requireNonNull(CatalogReader.class.getResourceAsStream(BUILT_IN))) {
      add(json.readTree(stream), BUILT_IN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addFile(Path file) {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new IllegalArgumentException(
            "%s has more than %,d bytes: that is no list of models"
                .formatted(file, FILE_BYTES_MAX));
      }
      add(json.readTree(Files.readAllBytes(file)), file.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s line %d is not JSON: %s"
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(JsonNode root, String name) {
    if (!root.isObject()) {
      problems.add(name + " is not an object: write {\"models\": [...]}");
      return;
    }
    if (root.path("default").isTextual()) {
      defaultModel = root.path("default").textValue();
    }
    for (JsonNode old : root.path("retired")) {
      String id = old.path("id").asText("");
      retired.put(
          id, new Catalog.Retired(id, old.path("since").asText(""), old.path("use").asText("")));
    }
    for (Map.Entry<String, JsonNode> provider : root.path("providers").properties()) {
      merge(providers, provider.getKey(), provider.getValue(), name);
    }
    for (JsonNode model : root.path("models")) {
      String id = model.path("id").asText("");
      if (id.isBlank()) {
        problems.add(name + " has a model without an id: give it \"id\"");
      } else {
        merge(models, id, model, name);
      }
    }
  }

  private void merge(Map<String, ObjectNode> known, String id, JsonNode entry, String name) {
    if (entry instanceof ObjectNode fields) {
      known.computeIfAbsent(id, _ -> json.createObjectNode()).setAll(fields);
    } else {
      problems.add("%s: %s is not an object: write {...}".formatted(name, id));
    }
  }

  private Catalog catalog() {
    var profiles = new ArrayList<ModelProfile>();
    models.forEach((id, model) -> {
      ObjectNode provider = providers.get(model.path("provider").asText(""));
      if (provider == null) {
        problems.add(
            "model %s: provider \"%s\" is none of %s: name one of them, or add it to \"providers\""
                .formatted(id, model.path("provider").asText(""), providers.keySet()));
      } else {
        // A model has all that its provider has, unless it says otherwise.
        ObjectNode merged = provider.deepCopy().setAll(model);
        new ProfileReader(id, merged, problems).read().ifPresent(profiles::add);
      }
    });
    if (problems.isEmpty() && !models.containsKey(defaultModel)) {
      problems.add(
          "default model \"%s\" is not in the list: name one that is".formatted(defaultModel));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new Catalog(defaultModel, profiles, List.copyOf(retired.values()));
  }
}
