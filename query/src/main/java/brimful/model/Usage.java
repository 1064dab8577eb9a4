package brimful.model;

/// The tokens of a call, as the model reports them.
///
/// @param prompt everything it read; 0 if the server did not report it
/// @param cached the part of `prompt` that came from its cache
/// @param written the part of `prompt` that it put into its cache at a price
/// @param completion everything it wrote, reasoning included
/// @param reasoning the part of `completion` that is reasoning, as far as the server says
public record Usage(long prompt, long cached, long written, long completion, long reasoning) {
  /// The usage of a server that reports nothing.
  public static final Usage UNREPORTED = new Usage(0, 0, 0, 0, 0);

  public Usage {
    if (cached < 0 || written < 0 || completion < 0 || reasoning < 0 || prompt < cached + written) {
      throw new IllegalArgumentException(
          "usage of %s prompt tokens with %s cached and %s written does not add up: read it again"
              .formatted(prompt, cached, written));
    }
  }

  /// Returns whether the server said anything.
  public boolean reported() {
    return prompt > 0;
  }

  /// Returns the share of the prompt that came from the cache, 0 to 1.
  public double cachedShare() {
    return prompt == 0 ? 0 : (double) cached / prompt;
  }
}
