package brimful.service;

import brimful.collection.Home;
import brimful.corpus.UserError;
import brimful.extract.ocr.ImageMode;
import brimful.model.ConfigFile;
import brimful.model.ModelCatalog;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.token.Vision;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Chooses models for questions. Safe for many threads.
///
/// A choice is cached for a while, because looking for local runners takes longer than a search. It
/// ends when the configuration file changes. The person's own list of models is read once.
public final class Models {
  private static final String MODEL_VARIABLE = "BRIMFUL_MODEL";
  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Map<String, String> environment;
  private final Consumer<String> notes;
  private final ConfigFile file;
  private volatile Read read;
  private final ModelCatalog catalog;
  private final ImageMode images;
  private final Map<String, Kept> choices = new ConcurrentHashMap<>();

  /// @param stamp of the configuration file before it was read
  private record Read(Settings settings, String stamp) {}

  /// @param stamp as in [Read]
  private record Kept(ModelChoice choice, String stamp, long nanos) {}

  /// @param environment the process's variables, with the providers' keys
  public Models(Map<String, String> environment) {
    this(environment, _ -> {});
  }

  /// @param notes receives what a person should know about a choice, one line each
  public Models(Map<String, String> environment, Consumer<String> notes) {
    this.environment = Map.copyOf(environment);
    this.notes = notes;
    file = ConfigFile.of(environment);
    read = read();
    images = ImageMode.of(environment);
    catalog = ModelCatalog.load(read.settings.models());
  }

  private Read read() {
    String stamp = file.stamp();
    return new Read(Settings.read(environment), stamp);
  }

  /// Returns the settings as they are now; the last good ones while somebody's editor has left the
  /// file broken. A question says what is wrong with it.
  public Settings settings() {
    if (!file.stamp().equals(read.stamp)) {
      try {
        read = read();
      } catch (UserError e) {
        return read.settings;
      }
    }
    return read.settings;
  }

  /// Returns where Brimful keeps what it can make again.
  public Home home() {
    return Home.of(environment);
  }

  /// Changes the model that is asked unless a question names one; blank for the catalog's default.
  ///
  /// @throws UserError if there is no such model, or the environment decides
  public void setModel(String name) {
    requireOpen(MODEL_VARIABLE);
    if (!name.isBlank()) {
      catalog.find(name);
    }
    set("model", name);
  }

  /// Keeps a provider's key; blank forgets it.
  ///
  /// @throws UserError if there is no such provider, or the environment has its key
  public void setKey(String provider, String key) {
    String variable = keyVariables().get(provider);
    if (variable == null) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no provider is called %s: say %s"
              .formatted(provider, String.join(", ", keyVariables().keySet())));
    }
    requireOpen(variable);
    set("api_key." + provider, key);
  }

  private void set(String name, String value) {
    file.set(name, value);
    read = read();
  }

  private void requireOpen(String variable) {
    if (isInEnvironment(variable)) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "%s of the server's environment decides: change it there".formatted(variable));
    }
  }

  /// Returns whether a variable decides instead of the configuration file.
  private boolean isInEnvironment(String variable) {
    return !environment.getOrDefault(variable, "").isBlank();
  }

  /// Returns whether the environment decides which model is asked.
  public boolean isModelFixed() {
    return isInEnvironment(MODEL_VARIABLE);
  }

  /// Returns where the key of each provider comes from.
  public SortedMap<String, KeyPlace> keys() {
    var keys = new TreeMap<String, KeyPlace>();
    keyVariables()
        .forEach((provider, variable) ->
            keys.put(
                provider,
                isInEnvironment(variable)
                    ? KeyPlace.ENVIRONMENT
                    : settings().keys().containsKey(provider) ? KeyPlace.FILE : KeyPlace.NONE));
    return keys;
  }

  /// Where a provider's key comes from.
  public enum KeyPlace {
    ENVIRONMENT,
    FILE,
    NONE
  }

  /// Returns the variable of each provider that wants a key.
  private SortedMap<String, String> keyVariables() {
    var variables = new TreeMap<String, String>();
    for (ModelProfile model : catalog.models()) {
      String variable = model.endpoint().keyVariable();
      if (!variable.isEmpty()) {
        variables.put(model.endpoint().provider(), variable);
      }
    }
    return variables;
  }

  /// Chooses a model.
  ///
  /// @param name the model's name; empty for the server's own
  /// @throws IllegalArgumentException if no model has that name
  public ModelChoice choose(String name) {
    Kept kept = choices.get(name);
    String stamp = file.stamp();
    if (kept != null
        && kept.stamp.equals(stamp)
        && System.nanoTime() - kept.nanos < KEPT.toNanos()) {
      return kept.choice;
    }
    var chosen = new HashMap<>(environment);
    if (!name.isEmpty()) {
      // Callers may choose among known models, and nothing else.
      catalog.find(name);
      chosen.put(MODEL_VARIABLE, name);
    }
    ModelChoice choice = name.isEmpty() ? own() : named(chosen);
    choices.put(name, new Kept(choice, stamp, System.nanoTime()));
    return choice;
  }

  /// Looks for local runners again at the next choice, at most every few seconds.
  void forget() {
    long now = System.nanoTime();
    choices
        .values()
        .removeIf(
            kept -> kept.choice.runner().isPresent() && now - kept.nanos > LOOK_EVERY.toNanos());
  }

  private ModelChoice named(Map<String, String> variables) {
    return ModelChoice.of(Settings.read(variables), environment, notes);
  }

  /// A wrong name in the configuration is not the caller's fault.
  private ModelChoice own() {
    try {
      return named(environment);
    } catch (UserError e) {
      throw e.kind() == UserError.Kind.NOT_FOUND
          ? new UserError(UserError.Kind.CONFIG, e.line(), e)
          : e;
    }
  }

  /// Returns how a model sees, unless images are off.
  public Optional<Vision> vision(ModelProfile model) {
    return images == ImageMode.OFF ? Optional.empty() : model.vision();
  }

  /// Returns the models that use a tokenizer and have a key.
  public List<String> ids(String tokenizer) {
    return catalog.models().stream()
        .filter(model -> model.tokenizer().equals(tokenizer))
        .filter(model -> !settings().key(model, environment).isEmpty())
        .map(ModelProfile::id)
        .toList();
  }
}
