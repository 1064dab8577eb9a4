package brimful.service;

import brimful.corpus.Chunk;
import brimful.corpus.Picture;
import brimful.index.ChunkRef;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.pack.ImageInput;
import brimful.pack.Layout;
import brimful.pack.PackRequest;
import brimful.pack.Packer;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.rank.AutoBudget;
import brimful.rank.FirstLook;
import brimful.rank.Question;
import brimful.rank.QuestionNotes;
import brimful.rank.Ranker;
import brimful.rank.Ranking;
import brimful.rank.Rescorer;
import brimful.token.TokenCounter;
import brimful.token.Vision;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Fills windows from indexes: ranks for a question, and packs.
///
/// Thread-safe if its rescorer is.
public final class Filler {
  /// How many chunks are shown as evidence if no model answers.
  public static final int BEST_CHUNKS = 8;

  /// Said where nothing matches.
  private static final String FIRST_LOOK =
      "nothing matches, so the evidence is what tells first: README, manifest, then the others by path";

  /// An estimate is at most so many times what a model counts: 8.05 in Russian, of Gemma 3.
  private static final int ESTIMATE_FACTOR_MAX = 10;

  private final TokenCounter counter;
  private final Rescorer rescorer;
  private final Optional<LocalDate> today;

  /// Returns one for questions of no known day.
  public Filler(TokenCounter counter, Rescorer rescorer) {
    this(counter, rescorer, Optional.empty());
  }

  /// @param counter the index's own
  /// @param rescorer adjusts the ranking before the window is filled
  /// @param today the day on which questions are asked
  public Filler(TokenCounter counter, Rescorer rescorer, Optional<LocalDate> today) {
    this.counter = counter;
    this.rescorer = rescorer;
    this.today = today;
  }

  /// What to assemble.
  ///
  /// @param prompt the rules and the question, which may be empty
  /// @param query the search for evidence, usually the question itself; may be empty
  /// @param vision how the model sees that the window is sent to; empty if it does not, or if the
  ///   window is text that a person takes elsewhere
  /// @param gauge measures the window in the budget's tokens, if the index's counts are others
  public record Task(
      Prompt prompt,
      String query,
      Budget budget,
      WindowFormat format,
      Layout layout,
      Optional<Vision> vision,
      Optional<Gauge> gauge) {
    /// Returns a task for a window of text.
    public Task(Prompt prompt, String query, Budget budget, WindowFormat format, Layout layout) {
      this(prompt, query, budget, format, layout, Optional.empty(), Optional.empty());
    }

    /// Returns a task in canonical order, in the form that models read.
    public Task(Prompt prompt, String query, Budget budget) {
      this(prompt, query, budget, WindowFormat.XML, Layout.CANONICAL);
    }
  }

  /// What is known about the files behind an index.
  ///
  /// @param took how long it took to bring the index up to date
  public record Arrival(Ingested ingested, Duration took) {}

  /// Fills a window.
  ///
  /// @param snapshot a snapshot with at least one document
  /// @param ranked receives the best chunks as soon as they are known, before the window is packed;
  ///   not called without a question
  /// @throws IllegalArgumentException if the budget cannot hold the prompt without documents
  public Assembled fill(
      Task task, Snapshot snapshot, Arrival arrival, Consumer<List<Chunk>> ranked) {
    long start = System.nanoTime();
    Ranking ranking = rank(task, snapshot);
    List<ChunkRef> best = best(task, ranking, snapshot);
    List<Chunk> shown = withPictures(snapshot, best);
    ranked.accept(shown);
    long packing = System.nanoTime();
    var packer = new Packer(counter);
    int tokens = tokens(task, ranking, packer);
    Shortlist shortlist = Shortlist.of(snapshot, ranking, task.layout(), tokens);
    IntFunction<Window> pack =
        budget ->
            packer
                .pack(
                    new PackRequest(
                        task.prompt(),
                        budget,
                        shortlist.documents(),
                        ranking,
                        task.format(),
                        task.layout()),
                    snapshot::read,
                    new ImageInput(task.vision(), snapshot::pictures))
                .amid(shortlist.beyondTokens());
    Window window = packed(task, tokens, packer, pack);
    return new Assembled(
        window,
        arrival.ingested(),
        shown,
        shortlist.beyond(),
        tokens < most(task) && window.tokens() < task.budget().tokens() ? AutoBudget.REASON : "",
        notes(task, snapshot, ranking, window),
        new Assembled.Times(
            arrival.took(),
            Duration.ofNanos(packing - start),
            Duration.ofNanos(System.nanoTime() - packing)));
  }

  private static List<ChunkRef> best(Task task, Ranking ranking, Snapshot snapshot) {
    return ranking.chunks().isEmpty() && !task.query().isBlank()
        ? FirstLook.chunks(snapshot, BEST_CHUNKS)
        : ranking.chunks().stream().limit(BEST_CHUNKS).map(Ranking.RankedChunk::chunk).toList();
  }

  private static List<String> notes(Task task, Snapshot snapshot, Ranking ranking, Window window) {
    var notes = new ArrayList<String>();
    if (window.placed().isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the window holds no document: instructions and question take %,d of its %,d tokens, and none fits into the rest: raise the budget",
              window.tokens(),
              window.budgetTokens()));
    }
    if (!task.query().isBlank()) {
      notes.addAll(QuestionNotes.of(new Question(task.query()), snapshot, ranking));
      if (ranking.chunks().isEmpty()) {
        notes.add(FIRST_LOOK);
      }
    }
    return notes;
  }

  private static Window packed(Task task, int tokens, Packer packer, IntFunction<Window> pack) {
    if (task.gauge().isEmpty()) {
      return pack.apply(tokens);
    }
    int limit = task.budget().tokens();
    // The frame may be counted too high as well: it must go in before it can be measured.
    long frame = packer.frame(task.prompt(), task.format());
    long start = Math.max(limit, frame + limit / 4);
    return new GaugedFill(task.gauge().get(), pack, limit)
        .fill((int) Math.min(tokens, start), tokens);
  }

  /// Returns the largest budget in the index's tokens.
  private static int most(Task task) {
    long factor = task.gauge().isPresent() ? ESTIMATE_FACTOR_MAX : 1;
    return (int) Math.min(Integer.MAX_VALUE / 2, task.budget().tokens() * factor);
  }

  private static List<Chunk> withPictures(Snapshot snapshot, List<ChunkRef> refs) {
    List<Chunk> chunks = snapshot.read(refs);
    List<Picture> pictures = snapshot.pictures(refs);
    return IntStream.range(0, chunks.size())
        .mapToObj(i -> chunks.get(i).with(pictures.get(i)))
        .toList();
  }

  private static int tokens(Task task, Ranking ranking, Packer packer) {
    int most = most(task);
    if (!task.budget().auto() || ranking.chunks().isEmpty()) {
      return most;
    }
    long enough =
        packer.frame(task.prompt(), task.format())
            + task.layout().leadTokens()
            + AutoBudget.tokens(ranking, chunk -> cost(task, chunk));
    return (int) Math.min(most, enough);
  }

  private static long cost(Task task, ChunkRef chunk) {
    return chunk.picture().isNone()
        ? chunk.tokens()
        : chunk.tokens() + task.vision().map(it -> it.tokens().of(chunk.picture())).orElse(0);
  }

  private Ranking rank(Task task, Snapshot snapshot) {
    if (task.query().isBlank()) {
      return new Ranking(List.of(), List.of());
    }
    var question = new Question(task.query(), today);
    int limit = Ranker.chunkLimit(most(task));
    return rescorer.rescored(question, new Ranker().rank(question, snapshot, limit), snapshot);
  }
}
