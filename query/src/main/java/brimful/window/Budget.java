package brimful.window;

/// How large a window may become.
///
/// @param tokens the most that the whole prompt may cost
/// @param auto whether it may stay below, where more no longer pays
public record Budget(int tokens, boolean auto) {
  /// A budget that is to be filled.
  public static Budget of(int tokens) {
    return new Budget(tokens, false);
  }
}
