package brimful.token;

import brimful.corpus.UserError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Finds the counter of a tokenizer by its name; each is made when first asked for, and then
/// shared.
public final class Tokenizers {
  private static final Map<String, Supplier<TokenCounter>> MAKERS = makers();
  private static final Map<String, TokenCounter> MADE = new ConcurrentHashMap<>();

  private Tokenizers() {}

  /// Returns the counter of a tokenizer, such as `deepseek-v3`, `o200k_base` or `estimate-claude`.
  ///
  /// @throws UserError for a name that is not known
  public static TokenCounter named(String name) {
    Supplier<TokenCounter> maker = MAKERS.get(name);
    if (maker == null) {
      throw new UserError(
          UserError.Kind.USAGE,
          "unknown tokenizer \"%s\": use one of %s"
              .formatted(name, String.join(", ", MAKERS.keySet())));
    }
    TokenCounter made = MADE.get(name);
    if (made != null) {
      return made;
    }
    TokenCounter counter = maker.get();
    TokenCounter first = MADE.putIfAbsent(name, counter);
    return first == null ? counter : first;
  }

  /// Returns the names of all tokenizers, in order.
  public static List<String> names() {
    return List.copyOf(MAKERS.keySet());
  }

  private static Map<String, Supplier<TokenCounter>> makers() {
    var makers = new TreeMap<String, Supplier<TokenCounter>>();
    makers.put(DeepSeekTokenizer.NAME, DeepSeekTokenizer::new);
    makers.put(O200kTokenizer.NAME, O200kTokenizer::new);
    makers.put(OpenAiTokenizer.CL100K_BASE, OpenAiTokenizer::new);
    for (EstimatedTokenizer.Family family : EstimatedTokenizer.Family.values()) {
      makers.put(
          family.tokenizer(),
          () -> new EstimatedTokenizer(family, Tokenizers.named(DeepSeekTokenizer.NAME)));
    }
    return makers;
  }
}
