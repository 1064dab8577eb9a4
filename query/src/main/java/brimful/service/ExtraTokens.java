package brimful.service;

import brimful.ask.CallOptions;
import brimful.corpus.UserError;
import brimful.model.ModelProfile;
import brimful.token.Tokenizers;
import java.util.Locale;

/// Counts what a model reads in addition to its window: images, definitions of tools, a schema, and
/// messages after the question.
final class ExtraTokens {
  /// What a chat template adds to a message or to a list of tools, with room to spare.
  private static final int TEMPLATE_TOKENS = 16;

  /// Templates write definitions of tools in their own form, some with examples of it.
  private static final double TOOLS_FACTOR = 1.25;

  private static final int TOOLS_TEMPLATE_TOKENS = 400;

  private ExtraTokens() {}

  /// Returns the most tokens that options can cost.
  ///
  /// @param images those of the options
  static int tokens(CallOptions options, Images images, ModelProfile model) {
    String read = options.read();
    if (read.isEmpty()) {
      return images.tokens();
    }
    long counted = Tokenizers.named(model.tokenizer()).count(read);
    long templates =
        (long) TEMPLATE_TOKENS * (options.later().size() + options.fields().size())
            + (options.fields().containsKey("tools") ? TOOLS_TEMPLATE_TOKENS : 0);
    return (int)
        Math.min(Integer.MAX_VALUE, images.tokens() + (long) (TOOLS_FACTOR * counted) + templates);
  }

  /// Returns what is left of a prompt for the window.
  ///
  /// @throws UserError if nothing is
  static int left(int prompt, int beside) {
    if (beside >= prompt) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "images, tools and messages after the question cost up to %,d tokens, and the model reads %,d: send less",
              beside,
              prompt));
    }
    return prompt - beside;
  }
}
