package brimful.pack;

import brimful.corpus.Chunk;
import brimful.corpus.Markup;
import brimful.corpus.UserError;
import brimful.index.ChunkRef;
import brimful.pack.format.Renderer;
import brimful.pack.format.WindowFormat;
import brimful.token.TokenCounter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Fills a window with the most relevant part of a corpus and proves that it fits.
///
/// A corpus that fits goes in whole. Otherwise the best-ranked chunks go in first, then files that
/// are nearly complete, lines around the best chunks, definition lines of ranked files, and finally
/// less relevant text until nothing more fits. The result stands in canonical order, so that
/// prompts over the same corpus share a beginning, unless the request's layout says otherwise.
///
/// Invariant: a prompt consists of pieces whose token counts add up (RATIONALE.md, "Why sums are
/// exact"). Choosing is therefore integer arithmetic on counts made at ingest; the finished prompt
/// is counted again as a whole, and a difference throws.
///
/// With a [Layout.Cacheable] prefix, the rest of the budget is chosen as if the prefix's documents
/// were not in the corpus.
///
/// Cost: O(n log n) time for n chunks. Only the text of chosen chunks and of some neighbouring
/// lines is read. Thread-safe: holds nothing but its counter.
public final class Packer {
  /// How often formats other than XML estimate costs before only counted chunks are taken.
  private static final int GUESSES_MAX = 4;

  /// How much more than the budget is counted, so that the last choice has enough candidates.
  private static final double SPARE_SHARE = 0.02;

  private final TokenCounter counter;
  private final Markup markup;

  /// @param counter the one that counted the corpus
  public Packer(TokenCounter counter) {
    this.counter = counter;
    markup = new Markup(counter.specials());
  }

  /// Returns the window for a request.
  ///
  /// @param reader returns chunks with their text, in the order asked for; called a few times, for
  ///   many chunks at once, with none twice
  /// @throws UserError if the budget does not even hold the prompt without documents
  public Window pack(PackRequest request, Function<List<ChunkRef>, List<Chunk>> reader) {
    return pack(request, reader, ImageInput.NONE);
  }

  /// Returns the window for a request, with the images that its model sees: in XML only.
  public Window pack(
      PackRequest request, Function<List<ChunkRef>, List<Chunk>> reader, ImageInput imageInput) {
    boolean sees = request.format() == WindowFormat.XML && imageInput.sees(request.corpus());
    return sees
        ? packed(request.with(request.prompt().withImages()), reader, imageInput)
        : packed(request, reader, ImageInput.NONE);
  }

  private Window packed(
      PackRequest request, Function<List<ChunkRef>, List<Chunk>> reader, ImageInput imageInput) {
    Renderer renderer = request.format().renderer(markup);
    String instructions = renderer.instructions(request.prompt().instructions());
    String question = renderer.question(request.prompt().question());
    long frame = frame(request.prompt(), request.format());
    if (frame > request.budgetTokens()) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "budget of %,d tokens does not hold instructions and question, which cost %,d: give at least %,d",
              request.budgetTokens(),
              frame,
              frame));
    }
    boolean sees = imageInput.vision().isPresent();
    Prefix prefix = Prefix.of(request, counter, reader, request.budgetTokens() - frame, sees);
    long room = request.budgetTokens() - frame - prefix.tokens();
    WindowWriter windowWriter = evidence(request, prefix, reader, imageInput, room);
    var images = new WindowImages(windowWriter.images(), imageInput.vision());
    long tokens = frame + prefix.tokens() + windowWriter.tokens();
    String documents = windowWriter.documents();
    // Leads change with every question: they are no prefix that a cache keeps.
    String constant = request.layout() instanceof Layout.Composed ? "" : prefix.text();
    prove(tokens - images.tokens(), instructions, constant, documents, question);
    return new Window(
        instructions,
        constant,
        documents,
        question,
        Math.toIntExact(tokens),
        request.budgetTokens(),
        counter.exact() && images.exact(),
        images,
        windowWriter.placed(),
        leftOut(prefix, windowWriter),
        prefix.corpusTokens() + windowWriter.corpusTokens());
  }

  /// Chooses and writes what this question needs besides the prefix.
  private WindowWriter evidence(
      PackRequest request,
      Prefix prefix,
      Function<List<ChunkRef>, List<Chunk>> reader,
      ImageInput imageInput,
      long room) {
    var table = new ChunkTable(prefix.rest(request.corpus()));
    var costs = new TokenCosts(table, request.format(), counter);
    var texts = new ChunkTexts(table, reader);
    var ranks = new Ranks(table, prefix.rest(request.ranking()));
    Optional<PictureChoice> pictures =
        imageInput.vision().map(vision -> PictureChoice.of(table, costs, ranks, vision, room));
    var selector = new Selector(table, costs, texts, ranks, Wanted.of(request.layout(), table));
    // Each segment pays for a separator, and the first in a window needs none.
    long budget = room + (prefix.isEmpty() ? costs.separator() : 0);
    if (!costs.counted() && !request.outlines()) {
      learn(selector, table, costs, texts, budget);
    }
    Renderer renderer = request.format().renderer(markup);
    var windowWriter = new WindowWriter(table, costs, texts, renderer, selector.select(budget));
    windowWriter.follow(prefix.placed());
    if (request.outlines()) {
      windowWriter.outline();
    }
    pictures.ifPresent(choice -> windowWriter.show(choice, imageInput.reader()));
    windowWriter.assemble(
        begin(request.layout(), prefix, renderer),
        order(request.layout(), table, ranks),
        prefix.whole() ? "" : renderer.end());
    return windowWriter;
  }

  private static String begin(Layout layout, Prefix prefix, Renderer renderer) {
    if (prefix.isEmpty()) {
      return renderer.begin();
    }
    return layout instanceof Layout.Composed
        ? prefix.text()
        : prefix.whole() ? "" : renderer.resume();
  }

  private static List<Window.LeftOut> leftOut(Prefix prefix, WindowWriter windowWriter) {
    return prefix.leftOut().isEmpty()
        ? windowWriter.leftOut()
        : Stream.concat(prefix.leftOut().stream(), windowWriter.leftOut().stream())
            .sorted(Comparator.comparing(Window.LeftOut::document))
            .toList();
  }

  private static int[] order(Layout layout, ChunkTable table, Ranks ranks) {
    IntStream canonical = IntStream.range(0, table.documents());
    return layout instanceof Layout.ByRelevance
        ? IntStream.concat(Arrays.stream(ranks.documents()), canonical).distinct().toArray()
        : canonical.toArray();
  }

  /// Returns the cost of a prompt without documents.
  public long frame(Prompt prompt, WindowFormat format) {
    Renderer renderer = format.renderer(markup);
    return (long) counter.count(renderer.instructions(prompt.instructions()))
        + counter.count(renderer.begin())
        + counter.count(renderer.end())
        + counter.count(renderer.question(prompt.question()));
  }

  /// Counts, in a format other than the one of ingest, enough chunks to choose from.
  private static void learn(
      Selector selector, ChunkTable table, TokenCosts costs, ChunkTexts texts, long budget) {
    for (int guess = 0; guess < GUESSES_MAX; guess++) {
      costs.guess();
      Selection selection = selector.select((long) (budget * (1 + SPARE_SHARE)));
      var unknown = new BitSet(table.chunks());
      for (int chunk = 0; chunk < table.chunks(); chunk++) {
        unknown.set(chunk, selection.in(chunk) && !costs.known(chunk));
      }
      if (unknown.isEmpty()) {
        break;
      }
      texts.load(unknown);
      unknown.stream().forEach(chunk -> costs.learn(chunk, texts.get(chunk)));
    }
    costs.forbidUnknown();
  }

  /// Counts a whole prompt; for an inexact counter, the sum may only be higher.
  private void prove(long sum, String... prompt) {
    long tokens = WholeCount.of(counter, prompt);
    boolean right = counter.exact() ? tokens == sum : tokens <= sum;
    if (!right) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the prompt has %,d tokens by %s, but its pieces add up to %,d: this is a bug in the packer, or the corpus was counted with another tokenizer",
              tokens,
              counter.name(),
              sum));
    }
  }
}
