package brimful.ask;

import brimful.model.CacheRule;
import brimful.pack.Window;
import java.util.List;

/// A window as the messages of a chat.
public final class Messages {
  /// The model's part between a prefix and the question; the same bytes for ever.
  static final String ACKNOWLEDGEMENT =
      "I have read these documents. Give me the others and the question.\n";

  private Messages() {}

  /// Returns the system's message, which may be empty, then those of the person and the model by
  /// turns.
  ///
  /// A prefix gets a turn of its own where the cache keeps what ends with a message.
  public static List<String> of(Window window, CacheRule rule) {
    String question = window.documents() + window.question();
    if (window.prefix().isEmpty()) {
      return List.of(window.instructions(), question);
    }
    return switch (rule.match()) {
      case NOTHING, PREFIX -> List.of(window.instructions(), window.prefix() + question);
      case UNITS, MARKS ->
          List.of(window.instructions(), window.prefix(), ACKNOWLEDGEMENT, question);
    };
  }
}
