package brimful.service;

import brimful.corpus.Markup;
import brimful.corpus.UserError;
import brimful.ingest.Ingested;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.token.TokenCounter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/// A window without documents, for [Budget#NONE].
final class BareWindow {
  private static final String REASON = "the request wants no documents";

  private BareWindow() {}

  /// Returns the window of a prompt.
  ///
  /// @param usable the most tokens
  /// @throws UserError if the prompt is longer
  static Assembled of(Prompt prompt, TokenCounter counter, int usable) {
    var markup = new Markup(counter.specials());
    String instructions = markup.neutralBesideTags(prompt.instructions());
    String question = markup.neutralBesideTags(prompt.question());
    int tokens = counter.count(instructions + question);
    if (tokens > usable) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "the question has %,d tokens, and the model reads %,d: send less",
              tokens,
              usable));
    }
    var window =
        new Window(
            instructions,
            "",
            "",
            question,
            tokens,
            tokens,
            counter.exact(),
            List.of(),
            List.of(),
            0);
    return new Assembled(
        window,
        new Ingested(new LinkedHashMap<>(), 0, 0),
        List.of(),
        0,
        REASON,
        List.of(),
        new Assembled.Times(Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }
}
