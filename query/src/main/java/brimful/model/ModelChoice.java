package brimful.model;

import brimful.corpus.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Which model answers, if any.
///
/// @param model whom the window is made for
/// @param key what opens its door; empty if no model is connected
/// @param replyTokens kept free for the answer
public record ModelChoice(ModelProfile model, Optional<ApiKey> key, int replyTokens) {

  /// Chooses the named model, else the default one if there is a key for it, else a local runner's.
  ///
  /// @param notes is told what a person should know of the choice, a line each
  /// @throws UserError if the named model has nobody who runs it
  public static ModelChoice of(
      Settings settings, Map<String, String> environment, Consumer<String> notes) {
    ModelCatalog catalog = ModelCatalog.load(settings.models());
    if (!settings.baseUrl().isEmpty()) {
      return elsewhere(catalog, settings, environment, notes);
    }
    ModelProfile model = catalog.named(settings.model());
    ApiKey key = settings.key(model, environment);
    if (!settings.model().isEmpty() && model.endpoint().baseUrl().isEmpty()) {
      return running(catalog, settings)
          .orElseThrow(() ->
              new UserError(
                  UserError.Kind.UNAVAILABLE,
                  "model %s has no provider in the catalog and no local runner has it: start one, or give --base-url"
                      .formatted(model.id())));
    }
    // A model that was named is asked, or its lack of a key is said; the default may be replaced.
    if (!settings.model().isEmpty() || !key.isEmpty()) {
      return choice(model, Optional.of(key), settings);
    }
    return running(catalog, settings).orElseGet(() -> choice(model, Optional.empty(), settings));
  }

  /// Returns whether a named model's provider needs a key and there is none.
  public boolean isKeyMissing() {
    return key.filter(model.endpoint()::isClosedTo).isPresent();
  }

  /// Refuses a named model whose key is missing.
  ///
  /// @throws UserError of kind UNAUTHENTICATED
  public void requireKey() {
    if (isKeyMissing()) {
      throw new UserError(UserError.Kind.UNAUTHENTICATED, model.endpoint().missingKey());
    }
  }

  /// Returns the same model with another room for its answer.
  public ModelChoice replying(int tokens) {
    return new ModelChoice(model, key, tokens);
  }

  /// Returns the tokens that a prompt may have.
  public int promptTokens() {
    return model.limits().promptTokens(replyTokens);
  }

  private static ModelChoice choice(ModelProfile model, Optional<ApiKey> key, Settings settings) {
    return new ModelChoice(model, key, settings.replyTokens(model));
  }

  private static Optional<ModelChoice> running(ModelCatalog catalog, Settings settings) {
    List<LocalRunner> runners = new LocalRunners().find();
    return runners.stream()
        .map(runner -> loaded(runner, catalog, settings))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// A server at an address that was given: a runner tells its window itself, others need a model.
  private static ModelChoice elsewhere(
      ModelCatalog catalog,
      Settings settings,
      Map<String, String> environment,
      Consumer<String> notes) {
    Optional<ModelProfile> listed =
        catalog.known(settings.model()).filter(model -> !model.endpoint().baseUrl().isEmpty());
    ModelProfile named = listed.orElseGet(() -> catalog.find("local").named(settings.model()));
    ApiKey key = settings.key(named, environment);
    if (listed.isEmpty()) {
      Optional<ModelChoice> runner =
          new LocalRunners()
              .at(settings.baseUrl(), key)
              .flatMap(found -> loaded(found, catalog, settings));
      if (runner.isPresent()) {
        return runner.get();
      }
      if (settings.model().isEmpty()) {
        throw new UserError(
            UserError.Kind.UNAVAILABLE,
            "no runner answers at %s: start it, or name the model served there with --model"
                .formatted(settings.baseUrl()));
      }
    }
    if (listed.isEmpty()) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "the context length of %s is unknown, assuming %,d tokens: add it to %s",
              named.id(),
              named.limits().windowTokens(),
              settings.models()));
    }
    ModelProfile there = named.at(settings.baseUrl());
    return choice(key.isEmpty() ? there.keyless() : there, Optional.of(key), settings);
  }

  private static Optional<ModelChoice> loaded(
      LocalRunner runner, ModelCatalog catalog, Settings settings) {
    return runner.models().stream()
        .filter(model -> settings.model().isEmpty() || model.id().equals(settings.model()))
        .findFirst()
        .map(model -> runner.profile(model, catalog.find("local")))
        .map(model -> choice(model, Optional.of(ApiKey.NONE), settings));
  }
}
