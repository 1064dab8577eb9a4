package brimful.cli.view;

import brimful.cli.option.Terminal;
import brimful.collection.CorpusListener;
import brimful.index.RecountListener;
import brimful.ingest.Progress;

/// Shows a person the progress of updating an index.
public record TerminalListener(Terminal terminal) implements CorpusListener {
  @Override
  public void note(String line) {
    terminal.note(line);
  }

  @Override
  public Progress progress() {
    return new IngestBar(terminal);
  }

  @Override
  public RecountListener recount(String tokenizer) {
    return new RecountBar(terminal, tokenizer);
  }
}
