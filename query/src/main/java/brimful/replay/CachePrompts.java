package brimful.replay;

import brimful.ask.Messages;
import brimful.replay.CacheReplay.Part;
import brimful.replay.CacheReplay.Prompt;
import brimful.model.CacheRule;
import brimful.pack.Window;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Splits windows into parts whose tokens add up, for [CacheReplay].
///
/// A split precedes a line that no token of the previous line can reach into (RATIONALE.md, "Why
/// sums are exact"), so prompts are compared almost line by line. The chat template is left out.
/// Remembers the counts of lines; not thread-safe.
public final class CachePrompts {
  private final TokenCounter counter;
  private final Map<String, Integer> counts = new HashMap<>();

  public CachePrompts(TokenCounter counter) {
    this.counter = counter;
  }

  /// Returns a window as [Asker] sends it to a model with this rule.
  public Prompt of(Window window, CacheRule rule) {
    return of(Messages.of(window, rule));
  }

  /// Returns a prompt with only the common beginning of a session's prompts, to be stored.
  ///
  /// @param window one with a prefix
  public Prompt warmUp(Window window) {
    return of(List.of(window.instructions(), window.prefix()));
  }

  private Prompt of(List<String> messages) {
    var parts = new ArrayList<Part>();
    for (String message : messages) {
      int start = 0;
      for (int end = next(message, start); start < message.length(); end = next(message, start)) {
        String text = message.substring(start, end);
        int tokens = counts.computeIfAbsent(text, counter::count);
        parts.add(new Part(text, tokens, end == message.length()));
        start = end;
      }
    }
    return new Prompt(parts);
  }

  /// Returns where the next part begins.
  private static int next(String text, int start) {
    int end = text.indexOf('\n', start) + 1;
    while (end > 0 && end < text.length() && !begins(text.charAt(end))) {
      end = text.indexOf('\n', end) + 1;
    }
    return end == 0 ? text.length() : end;
  }

  private static boolean begins(char first) {
    return first != '/' && !Character.isWhitespace(first) && !Character.isSpaceChar(first);
  }
}
