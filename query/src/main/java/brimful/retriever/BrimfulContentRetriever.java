package brimful.retriever;

import brimful.collection.CorpusListener;
import brimful.collection.Locations;
import brimful.collection.OpenCorpus;
import brimful.collection.PathCorpus;
import brimful.collection.SourceReader;
import brimful.corpus.Markup;
import brimful.corpus.UserError;
import brimful.pack.Layout;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.rank.Question;
import brimful.rank.Rescorer;
import brimful.service.Assembled;
import brimful.service.Budget;
import brimful.service.Filler;
import brimful.source.Rules;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// Gives LangChain4j's chains the evidence that Brimful packs, in place of a vector store.
///
/// Each content is a span of a document, with `document`, `place` and `tokens` in its metadata, in
/// the order of the documents; together they fill the budget and do not pass it. Only files that
/// have changed are read when it is opened. Safe for many threads.
public final class BrimfulContentRetriever implements ContentRetriever, AutoCloseable {
  private final OpenCorpus corpus;
  private final TokenCounter counter;
  private final Markup markup;
  private final int budgetTokens;

  private BrimfulContentRetriever(OpenCorpus corpus, TokenCounter counter, int budgetTokens) {
    this.corpus = corpus;
    this.counter = counter;
    markup = new Markup(counter.specials());
    this.budgetTokens = budgetTokens;
  }

  /// Reads what has changed of a folder or repository, and opens it for queries as it is now. Its
  /// index is the one that `brimful ask` has of the same path.
  ///
  /// @param path what to read; its index is kept under `$BRIMFUL_HOME`, or in the cache folder
  /// @param tokenizer counts the budget, such as `deepseek-v3` or `o200k_base`
  /// @param budgetTokens the most that one query's contents cost together
  /// @throws UserError if there is no such path or tokenizer, or no text in it
  /// @throws CancellationException if the thread is interrupted meanwhile
  public static BrimfulContentRetriever open(Path path, String tokenizer, int budgetTokens) {
    return open(path, tokenizer, budgetTokens, System.getenv());
  }

  /// @param environment the process's variables
  static BrimfulContentRetriever open(
      Path path, String tokenizer, int budgetTokens, Map<String, String> environment) {
    TokenCounter counter = Tokenizers.named(tokenizer);
    var paths =
        new PathCorpus(
            new Locations(List.of(path.toAbsolutePath().normalize().toString())),
            SourceReader.of(environment, Rules.standard(), Set.of()),
            InputStream.nullInputStream(),
            CorpusListener.SILENT);
    OpenCorpus corpus = paths.open(tokenizer);
    if (corpus.snapshot().outlines().isEmpty()) {
      corpus.close();
      throw new UserError(
          UserError.Kind.INPUT, "no text in %s: name a folder that has some".formatted(path));
    }
    return new BrimfulContentRetriever(corpus, counter, budgetTokens);
  }

  @Override
  public List<Content> retrieve(Query query) {
    String question = Question.checked(query.text());
    var task =
        new Filler.Task(
            new Prompt("\n", ""),
            question,
            Budget.of(budgetTokens),
            WindowFormat.XML,
            Layout.CANONICAL);
    var arrival = new Filler.Arrival(corpus.ingested(), Duration.ZERO);
    Assembled assembled =
        new Filler(counter, Rescorer.NONE).fill(task, corpus.snapshot(), arrival, _ -> {});
    return assembled.window().placed().stream().map(this::content).toList();
  }

  /// The text goes into a prompt that others write: it must not say the model's special tokens.
  private Content content(Window.Placed placed) {
    var metadata =
        new Metadata()
            .put("document", placed.document().value())
            .put("place", placed.locator().display())
            .put("tokens", placed.tokens());
    return Content.from(TextSegment.from(markup.neutralBesideTags(placed.text()), metadata));
  }

  /// Closes the index.
  @Override
  public void close() {
    corpus.close();
  }
}
