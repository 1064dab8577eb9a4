package brimful.cli.view;

import brimful.ask.Reply;
import brimful.corpus.Counted;
import brimful.model.Cost;
import brimful.model.Usage;
import brimful.pack.Window;
import brimful.service.AskResult;
import brimful.service.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a call to a model takes, in one line for people.
public final class CallSummary {
  private CallSummary() {}

  /// Returns what a call costs, before it is made, and a line for what its window lacks.
  public static String before(Prepared prepared) {
    Window window = prepared.assembled().window();
    String line =
        String.format(
            Locale.ROOT,
            "asking %s: %,d tokens of %s%s%s",
            prepared.choice().model().id(),
            window.tokens(),
            Counted.of(WindowSummary.documents(window), "document"),
            window.images().images().isEmpty()
                ? ""
                : " with " + Counted.of(window.images().images().size(), "image"),
            prepared.cost().known()
                ? ", %s to read them, %s if cached"
                    .formatted(
                        Cost.display(prepared.cost().missUsd()),
                        Cost.display(prepared.cost().hitUsd()))
                : "");
    var lines = new ArrayList<>(List.of(line));
    lines.addAll(WindowSummary.leftOutImages(window.leftOut()));
    return String.join("\n", lines);
  }

  /// Returns what a call has used.
  public static String after(Reply.Answered answered, AskResult.Replied replied) {
    String model =
        answered.model().isEmpty() ? replied.prepared().choice().model().id() : answered.model();
    if (!answered.usage().reported()) {
      return "%s did not say what it used; %s s"
          .formatted(model, WindowSummary.seconds(answered.took()));
    }
    if (replied.lost().isPresent()) {
      return "%s; %s s".formatted(replied.lost().get(), WindowSummary.seconds(answered.took()));
    }
    Usage usage = replied.paid().usage();
    return String.format(
        Locale.ROOT,
        "%s: %,d tokens in (%.0f %% cached), %,d out, %s, %s s",
        model,
        usage.prompt(),
        100 * usage.cachedShare(),
        usage.completion(),
        Cost.display(replied.paid().usd()),
        WindowSummary.seconds(answered.took()));
  }
}
