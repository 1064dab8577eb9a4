package brimful.cli;

import brimful.collection.CorpusListener;
import brimful.index.RecountListener;
import brimful.ingest.Progress;

/// Shows a person how an index is brought up to date.
record TerminalListener(Terminal terminal) implements CorpusListener {
  @Override
  public void note(String line) {
    terminal.note(line);
  }

  @Override
  public Progress progress() {
    return new Bar(terminal);
  }

  @Override
  public RecountListener recount(String tokenizer) {
    return new RecountBar(terminal, tokenizer);
  }
}
