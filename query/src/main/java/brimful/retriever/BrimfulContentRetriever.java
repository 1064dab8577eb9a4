package brimful.retriever;

import brimful.collection.Home;
import brimful.collection.SourceReader;
import brimful.corpus.Markup;
import brimful.corpus.UserError;
import brimful.collection.Job;
import brimful.collection.CollectionService;
import brimful.collection.AllowedLocations;
import brimful.collection.OpenCollection;
import brimful.pack.Format;
import brimful.pack.Layout;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.rank.Question;
import brimful.rank.Rescorer;
import brimful.source.Rules;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import brimful.service.Assembled;
import brimful.service.Budget;
import brimful.service.Filler;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/// Gives LangChain4j's chains the evidence that Brimful packs, in place of a vector store.
///
/// Each content is a span of a document, with `document`, `place` and `tokens` in its metadata, in
/// the order of the documents; together they fill the budget and do not pass it. Only files that
/// have changed are read when it is opened. Safe for many threads.
public final class BrimfulContentRetriever implements ContentRetriever, AutoCloseable {
  private static final String COLLECTION = "retrieved";
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final CollectionService collections;
  private final TokenCounter counter;
  private final Markup markup;
  private final int budgetTokens;

  private BrimfulContentRetriever(CollectionService collections, TokenCounter counter, int budgetTokens) {
    this.collections = collections;
    this.counter = counter;
    markup = new Markup(counter.specials());
    this.budgetTokens = budgetTokens;
  }

  /// Reads a folder or repository, and opens it for queries.
  ///
  /// @param path what to read; its index is kept under `$BRIMFUL_HOME`, or in the cache folder
  /// @param tokenizer counts the budget, such as `deepseek-v3` or `o200k_base`
  /// @param budgetTokens the most that one query's contents cost together
  /// @throws UserError if there is no such path or tokenizer, or no text in it
  /// @throws CancellationException if the thread is interrupted meanwhile
  public static BrimfulContentRetriever open(Path path, String tokenizer, int budgetTokens) {
    TokenCounter counter = Tokenizers.named(tokenizer);
    Home home = Home.of(System.getenv());
    Rules rules = Rules.standard();
    Path real = path.toAbsolutePath().normalize();
    var locations = new AllowedLocations(SourceReader.of(System.getenv(), rules, Set.of()), List.of(real));
    Path folder = home.reader(List.of("retriever", real.toString(), tokenizer));
    CollectionService collections = CollectionService.shared(folder, locations, counter);
    try {
      read(collections, real);
      return new BrimfulContentRetriever(collections, counter, budgetTokens);
    } catch (RuntimeException e) {
      collections.close();
      throw e;
    }
  }

  private static void read(CollectionService collections, Path path) {
    if (collections.collections().isEmpty()) {
      collections.create(COLLECTION);
    }
    Job job = collections.add(COLLECTION, path.toString());
    try {
      while (!job.state().isEnd()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        job = collections.job(job.id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reading " + path);
    }
    if (job.state() != Job.State.DONE) {
      throw new UserError(UserError.Kind.INPUT, "cannot read %s: %s".formatted(path, job.error()));
    }
    try (OpenCollection reading = collections.open(COLLECTION)) {
      if (reading.snapshot().outlines().isEmpty()) {
        throw new UserError(
            UserError.Kind.INPUT, "no text in %s: name a folder that has some".formatted(path));
      }
    }
  }

  @Override
  public List<Content> retrieve(Query query) {
    String question = Question.checked(query.text());
    try (OpenCollection reading = collections.open(COLLECTION)) {
      var filler = new Filler(counter, Rescorer.NONE);
      var task =
          new Filler.Task(
              new Prompt("\n", ""),
              question,
              Budget.of(budgetTokens),
              Format.XML,
              Layout.CANONICAL);
      var arrival = new Filler.Arrival(reading.ingested(), Duration.ZERO);
      Assembled assembled = filler.fill(task, reading.snapshot(), arrival, _ -> {});
      return assembled.window().placed().stream().map(this::content).toList();
    }
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
    collections.close();
  }
}
