package brimful.cli;

import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Chunk;
import brimful.corpus.UserError;
import brimful.rank.Rescorer;
import brimful.token.Tokenizers;
import brimful.window.Assembled;
import brimful.window.Filler;
import java.util.List;
import java.util.function.Consumer;

/// Fills a window from a corpus: opens it as it is now, ranks, packs.
///
/// @param rescorer looks at the ranking again before the window is filled
record Pipeline(Rescorer rescorer) {

  /// What to put together, and of what.
  ///
  /// @param tokenizer the model's, by name
  record Task(Corpus corpus, String tokenizer, Filler.Task window) {}

  /// Fills a window.
  ///
  /// @param ranked is given the best chunks as soon as they are known, before the window is packed;
  ///   none without a question
  Assembled assemble(Task task, Consumer<List<Chunk>> ranked) {
    return task.corpus().use(task.tokenizer(), open -> filled(task, open, ranked));
  }

  private Assembled filled(Task task, OpenCorpus open, Consumer<List<Chunk>> ranked) {
    if (open.snapshot().outlines().isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT, Account.nothing(task.corpus().display(), open.ingested()));
    }
    var arrival = new Filler.Arrival(open.ingested(), open.took());
    return new Filler(Tokenizers.named(task.tokenizer()), rescorer)
        .fill(task.window(), open.snapshot(), arrival, ranked);
  }
}
