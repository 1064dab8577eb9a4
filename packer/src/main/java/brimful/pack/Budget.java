package brimful.pack;

/// How a model's window is divided, in tokens.
///
/// @param windowTokens the most tokens the model reads and writes in one call
/// @param replyTokens kept free for the answer, with the thinking before it
/// @param templateTokens what the chat template adds around the prompt
public record Budget(int windowTokens, int replyTokens, int templateTokens) {
  public Budget {
    if (replyTokens < 1
        || templateTokens < 0
        || windowTokens <= (long) replyTokens + templateTokens) {
      throw new IllegalArgumentException(
          "window of %d tokens leaves nothing for the prompt after reply %d and template %d: raise the window or lower the reply"
              .formatted(windowTokens, replyTokens, templateTokens));
    }
  }

  /// Returns the most that a prompt may cost, at least 1.
  public int promptTokens() {
    return windowTokens - replyTokens - templateTokens;
  }
}
