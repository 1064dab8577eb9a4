package brimful.exhaustive;

import brimful.answer.Answer;
import brimful.batch.Unit;
import brimful.batch.table.Cell;
import brimful.collection.scope.PartSnapshot;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.rank.Rescorer;
import brimful.service.Budget;
import brimful.service.Filler;
import brimful.token.TokenCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What windows have said to one question, after the check of their quotes.
///
/// @param found in canonical order
/// @param dropped how many quotes stand nowhere in their window
/// @param failed a line for each window without a result
record Findings(List<FoundQuote> found, int dropped, List<String> failed) {
  /// Checks what windows have said.
  ///
  /// @param cells of the windows, in their order; none is open
  static Findings of(List<Unit> windows, Snapshot snapshot, List<Cell> cells) {
    var found = new ArrayList<FoundQuote>();
    var failed = new ArrayList<String>();
    int dropped = 0;
    for (int i = 0; i < windows.size(); i++) {
      Unit window = windows.get(i);
      switch (cells.get(i)) {
        case Cell.Answered answered -> {
          var quoteCheck = new QuoteCheck(snapshot, window);
          for (WindowQuestion.Quote quote : WindowQuestion.quotes(answered.json())) {
            Optional<FoundQuote> finding = quoteCheck.find(quote);
            finding.ifPresent(found::add);
            dropped += finding.isPresent() ? 0 : 1;
          }
        }
        case Cell.Failed(var cause, String message, _) ->
            failed.add("%s: %s (%s)".formatted(window.name(), message, cause.word()));
        case Cell.Pending _, Cell.Draft _, Cell.Sent _ ->
            throw new IllegalStateException("a run that ended left " + window.name());
      }
    }
    return new Findings(Evidence.sorted(found), dropped, failed);
  }

  /// Checks the citations of a text against the places of all findings, whatever level showed them.
  Answer checked(String text, Snapshot snapshot, TokenCounter counter) {
    if (found.isEmpty()) {
      return new Answer(text, List.of());
    }
    List<Outline> places = new Evidence(found).outlines(snapshot.outlines());
    var task =
        new Filler.Task(new Prompt(Prompt.INSTRUCTIONS, ""), "", Budget.of(Integer.MAX_VALUE / 2));
    var nothing = new Ingested(new LinkedHashMap<>(), 0, 0);
    Window shown =
        new Filler(counter, Rescorer.NONE)
            .fill(
                task,
                new PartSnapshot(snapshot, places),
                new Filler.Arrival(nothing, Duration.ZERO),
                _ -> {})
            .window();
    return Answer.of(text, shown);
  }
}
