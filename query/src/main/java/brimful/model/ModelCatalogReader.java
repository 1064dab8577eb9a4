package brimful.model;

import brimful.corpus.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads the catalog's files: first merges them as JSON, then reads each model.
final class ModelCatalogReader {
  private static final String BUILT_IN = "models.json";
  private static final int FILE_BYTES_MAX = 1 << 20;

  private final Map<String, JsonValue> providers = new LinkedHashMap<>();
  private final Map<String, JsonValue> models = new LinkedHashMap<>();
  private final Map<String, ModelCatalog.Retired> retired = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private String defaultModel = "";

  private ModelCatalogReader() {}

  static ModelCatalog read(Optional<Path> file) {
    var reader = new ModelCatalogReader();
    reader.addBuiltIn();
    if (file.isPresent() && Files.exists(file.get())) {
      reader.addFile(file.get());
    }
    return reader.catalog();
  }

  private void addBuiltIn() {
    try (InputStream stream =
        Objects.requireNonNull(ModelCatalogReader.class.getResourceAsStream(BUILT_IN))) {
      add(JsonValue.read(stream.readNBytes(FILE_BYTES_MAX)), BUILT_IN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addFile(Path file) {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new UserError(
            UserError.Kind.CONFIG,
            String.format(
                Locale.ROOT,
                "%s has more than %,d bytes: that is not a list of models",
                file,
                FILE_BYTES_MAX));
      }
      add(JsonValue.read(Files.readAllBytes(file)), file.toString());
    } catch (JsonProcessingException e) {
      throw new UserError(UserError.Kind.CONFIG, JsonErrors.line(file.toString(), e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(JsonValue root, String name) {
    if (!root.isObject()) {
      problems.add(name + " is not an object: write {\"models\": [...]}");
      return;
    }
    defaultModel = root.field("default").text(defaultModel);
    for (JsonValue old : root.field("retired").items()) {
      String id = old.field("id").text("");
      retired.put(
          id, new ModelCatalog.Retired(id, old.field("since").text(""), old.field("use").text("")));
    }
    root.field("providers")
        .fields()
        .forEach((id, provider) -> merge(providers, id, provider, name));
    for (JsonValue model : root.field("models").items()) {
      String id = model.field("id").text("");
      if (id.isBlank()) {
        problems.add(name + " has a model without an id: give it \"id\"");
      } else {
        merge(models, id, model, name);
      }
    }
  }

  private void merge(Map<String, JsonValue> known, String id, JsonValue entry, String name) {
    if (entry.isObject()) {
      known.merge(id, entry, JsonValue::with);
    } else {
      problems.add("%s: %s is not an object: write {...}".formatted(name, id));
    }
  }

  private ModelCatalog catalog() {
    var profiles = new ArrayList<ModelProfile>();
    models.forEach((id, model) -> {
      String name = model.field("provider").text("");
      JsonValue provider = providers.get(name);
      if (provider == null) {
        problems.add(
            "model %s: provider \"%s\" is none of %s: name one of them, or add it to \"providers\""
                .formatted(id, name, providers.keySet()));
      } else {
        // A model has all that its provider has, unless it says otherwise.
        new ProfileReader(id, provider.with(model), problems).read().ifPresent(profiles::add);
      }
    });
    if (problems.isEmpty() && !models.containsKey(defaultModel)) {
      problems.add(
          "default model \"%s\" is not in the list: name one that is".formatted(defaultModel));
    }
    if (!problems.isEmpty()) {
      throw new UserError(UserError.Kind.CONFIG, String.join("\n", problems));
    }
    return new ModelCatalog(defaultModel, profiles, List.copyOf(retired.values()));
  }
}
