package brimful.cli.view;

import brimful.cli.option.Terminal;
import brimful.corpus.Chunk;
import brimful.service.QueryService;
import java.util.List;

/// Prints an answer as it comes; where no model gives one, the evidence as soon as it is ranked,
/// while the window is still being packed.
///
/// @param bar shows how much of the window is read, and ends with the first word
public record AnswerPrinter(
    Terminal terminal, PrefillBar bar, boolean showsEvidence, boolean showsText)
    implements QueryService.Listener {
  @Override
  public void prefill(long tokens, long of) {
    bar.shows(tokens, of);
  }

  @Override
  public void reasoning(String delta) {
    bar.close();
  }

  @Override
  public void ranked(List<Chunk> best) {
    if (showsEvidence) {
      EvidenceView.print(best, terminal.out());
    }
  }

  @Override
  public void text(String delta) {
    bar.close();
    if (showsText) {
      terminal.out().print(SafeText.of(delta));
      terminal.out().flush();
    }
  }
}
