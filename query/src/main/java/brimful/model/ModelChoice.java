package brimful.model;

import brimful.corpus.UserError;
import java.time.Instant;
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
/// @param runner the local runner that has the model, if it is one
public record ModelChoice(
    ModelProfile model, Optional<ApiKey> key, int replyTokens, Optional<LocalRunner> runner) {
  /// The catalog's entry for models of runners.
  private static final String LOCAL = "local";

  /// Returns a choice of a provider's model.
  public ModelChoice(ModelProfile model, Optional<ApiKey> key, int replyTokens) {
    this(model, key, replyTokens, Optional.empty());
  }

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
    var search =
        new Search(catalog, settings, settings.key(catalog.find(LOCAL), environment), notes);
    if (!settings.model().isEmpty() && catalog.known(settings.model()).isEmpty()) {
      Optional<ModelChoice> here = search.running();
      if (here.isPresent()) {
        return here.get();
      }
    }
    ModelProfile model = catalog.named(settings.model());
    ApiKey key = settings.key(model, environment);
    if (!settings.model().isEmpty() && model.endpoint().baseUrl().isEmpty()) {
      return search
          .running()
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
    return search.running().orElseGet(() -> choice(model, Optional.empty(), settings));
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

  /// Returns this choice of a server, if it can be asked.
  ///
  /// @param purpose what it is wanted for, such as `read the windows`
  /// @throws UserError if no model is connected
  public ModelChoice connected(String purpose) {
    if (key.isEmpty() || isKeyMissing()) {
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "no model is connected to %s: set %s where the server runs"
              .formatted(purpose, model.endpoint().keyVariable()));
    }
    return this;
  }

  /// Returns whether somebody bills its calls at a price that nobody knows here, so that no limit
  /// of money can be kept. What needs no key costs nothing, and neither does what runs on this
  /// machine.
  ///
  /// @param cost of a call
  public boolean isBilledUnseen(Cost cost) {
    return key.filter(it -> !it.isEmpty()).isPresent()
        && !runner.map(LocalRunner::isHere).orElse(false)
        && (!cost.known() || (isLocal() && cost.mostUsd() == 0));
  }

  private boolean isLocal() {
    return model.endpoint().provider().equals(LOCAL);
  }

  /// Refuses a limit of money that cannot be kept.
  ///
  /// @param limit what people know it by, such as `--max-cost`
  /// @throws UserError of kind USAGE
  public void requirePrice(String limit, Instant at) {
    if (isBilledUnseen(Cost.estimate(model, 1, 1, at))) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s has no known price, so %s cannot be kept: leave the limit out, or %s"
              .formatted(model.id(), limit, pricing()));
    }
  }

  /// Returns what gives the model a price, in USD for a million tokens. A model that is not in the
  /// catalog needs more than a price there.
  public String pricing() {
    String more =
        isLocal()
            ? ", \"provider\": \"%s\", \"base_url\": \"https://HOST/v1\", \"window_tokens\": 131072"
                .formatted(LOCAL)
            : "";
    return "add {\"models\": [{\"id\": \"%s\"%s, \"prices\": [{\"miss\": 0.5, \"hit\": 0.1, \"output\": 1.5}]}]} to %s in the configuration folder, with its USD for a million tokens"
        .formatted(model.id(), more, ModelCatalog.FILE);
  }

  /// Returns the same model with another room for its answer.
  public ModelChoice replying(int tokens) {
    return new ModelChoice(model, key, tokens, runner);
  }

  /// Returns the tokens that a prompt may have.
  public int promptTokens() {
    return model.limits().promptTokens(replyTokens);
  }

  private static ModelChoice choice(ModelProfile model, Optional<ApiKey> key, Settings settings) {
    return new ModelChoice(model, key, settings.replyTokens(model));
  }

  /// A server at an address that was given: a runner tells its window itself, others need a model.
  /// Whoever wants a key there bills at a price that the catalog's entry does not have.
  private static ModelChoice elsewhere(
      ModelCatalog catalog,
      Settings settings,
      Map<String, String> environment,
      Consumer<String> notes) {
    Optional<ModelProfile> listed =
        catalog.known(settings.model()).filter(model -> !model.endpoint().baseUrl().isEmpty());
    ModelProfile named = listed.orElseGet(() -> catalog.find(LOCAL).named(settings.model()));
    ApiKey key = settings.key(named, environment);
    if (listed.isEmpty()) {
      var search = new Search(catalog, settings, key, notes);
      Optional<ModelChoice> runner =
          new LocalRunners()
              .at(settings.baseUrl(), key)
              .flatMap(found -> {
                found
                    .trouble()
                    .ifPresent(line -> {
                      throw new UserError(UserError.Kind.UNAVAILABLE, line);
                    });
                return search.loaded(found);
              });
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
    ModelProfile billed = listed.isEmpty() ? there.unpriced() : there;
    return choice(key.isEmpty() ? there.keyless() : billed, Optional.of(key), settings);
  }

  /// A search for the model among local runners.
  ///
  /// @param key goes along to a runner that asked for one
  private record Search(
      ModelCatalog catalog, Settings settings, ApiKey key, Consumer<String> notes) {
    Optional<ModelChoice> running() {
      List<LocalRunner> runners = new LocalRunners(key).find();
      Optional<ModelChoice> found =
          runners.stream().map(this::loaded).flatMap(Optional::stream).findFirst();
      if (found.isEmpty()) {
        runners.stream()
            .map(LocalRunner::trouble)
            .flatMap(Optional::stream)
            .findFirst()
            .ifPresent(notes);
      }
      return found;
    }

    Optional<ModelChoice> loaded(LocalRunner runner) {
      return runner.models().stream()
          .filter(model -> settings.model().isEmpty() || model.isCalled(settings.model()))
          .findFirst()
          .map(model -> chosen(runner, model));
    }

    private ModelChoice chosen(LocalRunner runner, LocalRunner.Loaded model) {
      if (!model.loaded()) {
        notes.accept(
            String.format(
                Locale.ROOT,
                "%s loads %s for this question, planned with a context of %,d tokens",
                runner.kind().display(),
                model.id(),
                model.windowTokens()));
      }
      ModelProfile profile = runner.profile(model, catalog.find(LOCAL));
      ApiKey opens = runner.state() == LocalRunner.State.KEYED ? key : ApiKey.NONE;
      return new ModelChoice(
          profile, Optional.of(opens), settings.replyTokens(profile), Optional.of(runner));
    }
  }
}
