package brimful.model;

import brimful.corpus.UserError;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The known models: the built-in ones, and those of the person's own file.
///
/// @param defaultModel the model that is asked unless another is named
/// @param models in the order of the files
/// @param retired names that no longer work
public record ModelCatalog(String defaultModel, List<ModelProfile> models, List<Retired> retired) {
  /// The file in the configuration folder that adds models and changes them.
  public static final String FILE = "models.json";

  private static final int SUGGESTIONS_MAX = 3;

  public ModelCatalog {
    models = List.copyOf(models);
    retired = List.copyOf(retired);
  }

  /// A name that no longer works.
  ///
  /// @param since the first day
  /// @param use the replacement
  public record Retired(String id, String since, String use) {}

  /// Returns the built-in models.
  public static ModelCatalog builtIn() {
    return ModelCatalogReader.read(Optional.empty());
  }

  /// Returns the built-in models, changed and extended by a person's file.
  ///
  /// @param file has the form of the built-in one; an entry for a known id needs only the
  ///   differences. It need not exist
  /// @throws UserError if the file is wrong; the message has every problem, a line each
  public static ModelCatalog load(Path file) {
    return ModelCatalogReader.read(Optional.of(file));
  }

  /// Returns the model that is asked unless another is named.
  public ModelProfile defaultProfile() {
    return find(defaultModel);
  }

  /// Returns the model of a name, or the default for an empty one.
  public ModelProfile named(String name) {
    return name.isEmpty() ? defaultProfile() : find(name);
  }

  /// Returns the model of a name, upper or lower case.
  ///
  /// @param name its id or an alias
  /// @throws UserError if there is none; the message suggests the nearest names
  public ModelProfile find(String name) {
    Optional<ModelProfile> known = known(name);
    if (known.isPresent()) {
      return known.get();
    }
    String wanted = key(name);
    for (Retired old : retired) {
      if (key(old.id()).equals(wanted)) {
        throw new UserError(
            UserError.Kind.NOT_FOUND,
            "model %s is retired since %s: use %s".formatted(old.id(), old.since(), old.use()));
      }
    }
    throw new UserError(
        UserError.Kind.NOT_FOUND,
        "no model is called \"%s\": %s`brimful models` lists all, and what runs here"
            .formatted(name, nearest(wanted)));
  }

  /// Returns the model of a name if there is one; an id goes before another model's alias.
  ///
  /// @param name its id or an alias, upper or lower case
  public Optional<ModelProfile> known(String name) {
    String wanted = key(name);
    for (ModelProfile model : models) {
      if (key(model.id()).equals(wanted)) {
        return Optional.of(model);
      }
    }
    return models.stream()
        .filter(model -> model.aliases().stream().anyMatch(alias -> key(alias).equals(wanted)))
        .findFirst();
  }

  /// Returns a question with the names that may be meant; empty if none is near.
  private String nearest(String wanted) {
    List<String> names =
        models.stream()
            .map(ModelProfile::id)
            .filter(id -> isNear(wanted, key(id)))
            .sorted(
                Comparator.comparingInt((String id) -> distance(wanted, key(id)))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(SUGGESTIONS_MAX)
            .toList();
    return names.isEmpty() ? "" : "did you mean %s? ".formatted(String.join(", ", names));
  }

  private static boolean isNear(String wanted, String known) {
    boolean part = wanted.length() > 2 && (known.contains(wanted) || wanted.contains(known));
    return part || distance(wanted, known) <= Math.max(1, wanted.length() / 3);
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /// Returns how many characters must be added, dropped or replaced, O(n·m).
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
