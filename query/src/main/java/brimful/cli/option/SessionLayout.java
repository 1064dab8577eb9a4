package brimful.cli.option;

import brimful.corpus.Counted;
import brimful.model.ModelProfile;
import brimful.model.PrefixPlan;
import brimful.pack.Layout;
import java.time.Instant;

/// The layout for `--session N`: a constant prefix, if the model's cache pays for it.
public final class SessionLayout {
  private SessionLayout() {}

  /// Returns the layout, and a note if a prefix was requested and does not pay.
  public static Layout of(
      Arguments arguments, ModelProfile model, int budgetTokens, Terminal terminal) {
    int questions = arguments.number("session").orElse(1);
    if (questions == 1) {
      return Layout.CANONICAL;
    }
    Layout layout =
        Layout.withPrefix(PrefixPlan.tokens(model, budgetTokens, questions, Instant.now()));
    if (layout instanceof Layout.Canonical) {
      terminal.note(
          "the cache of %s does not pay for %s: no prefix"
              .formatted(model.id(), Counted.of(questions, "question")));
    }
    return layout;
  }
}
