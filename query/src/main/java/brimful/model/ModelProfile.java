package brimful.model;

import brimful.corpus.UserError;
import brimful.token.Vision;
import java.util.List;
import java.util.Optional;

/// What there is to know of a model before it is asked.
///
/// @param id the name its API takes
/// @param aliases other names it is found by
/// @param endpoint where it is reached
/// @param limits how much it reads and writes
/// @param modalities what it takes, such as "text" and "image"
/// @param vision what images cost and how many it takes; empty if it does not see
/// @param rates what it costs; empty if its host decides. The last one that applies counts
/// @param cache when a prompt's beginning costs less the second time
/// @param tokenizer the name of its tokenizer, as `brimful.token` knows it
/// @param source where these facts come from, and of which day
public record ModelProfile(
    String id,
    List<String> aliases,
    Endpoint endpoint,
    Limits limits,
    List<String> modalities,
    Optional<Vision> vision,
    List<TokenPrice> rates,
    CacheRule cache,
    String tokenizer,
    Source source) {

  public ModelProfile {
    aliases = List.copyOf(aliases);
    modalities = List.copyOf(modalities);
    rates = List.copyOf(rates);
    if (id.isBlank()) {
      throw new IllegalArgumentException("a model has a blank id: give the name its API takes");
    }
  }

  /// Where a model is reached, by the OpenAI protocol.
  ///
  /// @param provider whose key opens it, such as "deepseek"
  /// @param baseUrl without a slash at the end; empty for weights that anyone may host
  /// @param keyVariable the environment variable that holds the key; empty where none is needed
  /// @param replyField the request's name for the limit of the reply
  /// @param family whose server it is, which decides on the parameters that it takes
  /// @param thinkingSwitch whether `{"thinking":{"type":...}}` turns thinking on and off
  public record Endpoint(
      String provider,
      String baseUrl,
      String keyVariable,
      String family,
      ReplyField replyField,
      boolean thinkingSwitch) {
    /// Returns whether a provider needs a key and this is none.
    public boolean isClosedTo(ApiKey key) {
      return key.isEmpty() && !keyVariable.isEmpty();
    }

    /// Returns the line for a person whose key is missing.
    public String missingKey() {
      return "no key for %s: set %s, or `brimful config set api_key.%s KEY`"
          .formatted(provider, keyVariable, provider);
    }
  }

  /// What a request calls the most tokens of the reply.
  public enum ReplyField {
    MAX_TOKENS,
    MAX_COMPLETION_TOKENS
  }

  /// How much a model reads and writes in one call, in tokens.
  ///
  /// @param windowTokens prompt and reply together
  /// @param promptTokensMax the prompt alone; the window if there is no limit of its own
  /// @param replyTokensMax the most it writes
  /// @param replyTokens what is kept free for the reply unless the person says otherwise
  /// @param templateTokens what the chat template adds to instructions, documents and question
  public record Limits(
      int windowTokens,
      int promptTokensMax,
      int replyTokensMax,
      int replyTokens,
      int templateTokens) {
    public Limits {
      if (replyTokens < 1
          || replyTokensMax < replyTokens
          || promptTokensMax > windowTokens
          || templateTokens < 0
          || Math.min(promptTokensMax, windowTokens - replyTokens) <= templateTokens) {
        throw new IllegalArgumentException(
            "window of %s tokens with at most %s of prompt, %s of reply (of at most %s) and %s of template has no room: raise the window or lower the others"
                .formatted(
                    windowTokens, promptTokensMax, replyTokens, replyTokensMax, templateTokens));
      }
    }

    /// Returns the tokens a prompt may have, its template left out, if so much is kept for a reply.
    ///
    /// @throws UserError if the model does not write so much, or nothing is left
    public int promptTokens(int reply) {
      if (reply < 1 || reply > replyTokensMax) {
        throw new UserError(
            UserError.Kind.USAGE,
            "reply of %s tokens: keep between 1 and %s free for it"
                .formatted(reply, replyTokensMax));
      }
      int left = Math.min(promptTokensMax, windowTokens - reply) - templateTokens;
      if (left < 1) {
        throw new UserError(
            UserError.Kind.USAGE,
            "a reply of %s tokens leaves no room in a window of %s: reserve less for it"
                .formatted(reply, windowTokens));
      }
      return left;
    }
  }

  /// Where facts come from.
  public record Source(String text, String asOf) {}

  /// Returns the tokens a prompt may have with the usual room for the reply.
  public int promptTokens() {
    return limits.promptTokens(limits.replyTokens());
  }

  /// Returns the same model with other limits, as a runner has loaded it.
  ModelProfile with(String name, Endpoint at, Limits loaded, String tokens) {
    return new ModelProfile(
        name, List.of(), at, loaded, modalities, vision, rates, cache, tokens, source);
  }

  /// Returns the same model without a price.
  ModelProfile unpriced() {
    return new ModelProfile(
        id, aliases, endpoint, limits, modalities, vision, List.of(), cache, tokenizer, source);
  }

  /// Returns the same model as one that sees, or does not.
  ModelProfile seeing(Optional<Vision> how) {
    return new ModelProfile(
        id,
        aliases,
        endpoint,
        limits,
        how.isPresent() ? List.of("text", "image") : List.of("text"),
        how,
        rates,
        cache,
        tokenizer,
        source);
  }

  /// Returns the same model with another rule of its cache.
  ModelProfile caching(CacheRule rule) {
    return new ModelProfile(
        id, aliases, endpoint, limits, modalities, vision, rates, rule, tokenizer, source);
  }

  /// Returns the same model under another name, as its server calls it.
  ///
  /// @param name empty for no change
  public ModelProfile named(String name) {
    return name.isEmpty() ? this : with(name, endpoint, limits, tokenizer);
  }

  /// Returns the same model, reached elsewhere.
  public ModelProfile at(String baseUrl) {
    return reached(baseUrl.replaceAll("(?<!/)/++$", ""), endpoint.keyVariable());
  }

  /// Returns the same model, at a server that may not want a key: it will say so if it does.
  public ModelProfile keyless() {
    return reached(endpoint.baseUrl(), "");
  }

  private ModelProfile reached(String baseUrl, String keyVariable) {
    Endpoint moved =
        new Endpoint(
            endpoint.provider(),
            baseUrl,
            keyVariable,
            endpoint.family(),
            endpoint.replyField(),
            endpoint.thinkingSwitch());
    return with(id, moved, limits, tokenizer);
  }
}
