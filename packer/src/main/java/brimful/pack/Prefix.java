package brimful.pack;

import brimful.corpus.Chunk;
import brimful.corpus.Counted;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.pack.format.Renderer;
import brimful.rank.Ranking;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The rendered documents that start the window for every question.
///
/// The question has no influence: documents go in whole, by [StaticOrder] and by their counts from
/// ingest. The next question's window begins with the same bytes as long as the corpus is the same.
///
/// @param tokens what it adds to a window without documents
/// @param documents the documents that it holds
/// @param whole whether it holds the whole corpus
/// @param leftOut what of its documents it does not hold
/// @param corpusTokens what its documents cost, with what it does not hold of them
record Prefix(
    String text,
    long tokens,
    List<Window.Placed> placed,
    Set<DocumentId> documents,
    boolean whole,
    List<Window.LeftOut> leftOut,
    long corpusTokens) {
  private static final Prefix NONE = new Prefix("", 0, List.of(), Set.of(), false, List.of(), 0);

  /// A corpus up to this share of the budget is all prefix; questions fit into the rest.
  private static final double WHOLE_SHARE = 0.9;

  /// The largest document that goes in, as a share of the prefix.
  private static final double DOCUMENT_SHARE = 0.25;

  /// Returns the prefix that a layout asks for; empty for most layouts, and if nothing fits.
  ///
  /// @param room the tokens that instructions and question leave
  /// @param sees whether pictures of the corpus can be shown
  static Prefix of(
      PackRequest request,
      TokenCounter counter,
      Function<List<ChunkRef>, List<Chunk>> reader,
      long room,
      boolean sees) {
    return switch (request.layout()) {
      case Layout.Canonical _, Layout.ByRelevance _ -> NONE;
      case Layout.Cacheable(int tokensMax) ->
          new Writer(request, counter, reader, sees).write(tokensMax, room);
      case Layout.Composed composed ->
          composed.leads().isEmpty()
              ? NONE
              : Writer.of(request, composed, counter).lead(composed, room);
    };
  }

  boolean isEmpty() {
    return documents.isEmpty();
  }

  /// Returns the part of a corpus that it does not hold.
  List<Outline> rest(List<Outline> corpus) {
    return isEmpty()
        ? corpus
        : corpus.stream().filter(outline -> !documents.contains(outline.document())).toList();
  }

  /// Returns the part of a ranking that it does not hold.
  Ranking rest(Ranking ranking) {
    return isEmpty()
        ? ranking
        : new Ranking(
            ranking.documents().stream()
                .filter(ranked -> !documents.contains(ranked.document()))
                .toList(),
            ranking.chunks().stream()
                .filter(ranked -> !documents.contains(ranked.chunk().document()))
                .toList(),
            ranking.code());
  }

  /// Writes one prefix.
  private static final class Writer {
    private final PackRequest request;
    private final TokenCounter counter;
    private final Renderer renderer;
    private final ChunkTable table;
    private final TokenCosts costs;
    private final ChunkTexts texts;

    /// Documents with pictures follow the prefix, where these can be shown.
    private final boolean sees;

    Writer(
        PackRequest request,
        TokenCounter counter,
        Function<List<ChunkRef>, List<Chunk>> reader,
        boolean sees) {
      this.sees = sees;
      this.request = request;
      this.counter = counter;
      renderer = request.format().renderer(new Markup(counter.specials()));
      table = new ChunkTable(request.corpus());
      costs = new TokenCosts(table, request.format(), counter);
      texts = new ChunkTexts(table, reader);
    }

    Prefix write(int tokensMax, long room) {
      BitSet chosen =
          sees ? new BitSet() : all((long) (request.budgetTokens() * WHOLE_SHARE), room);
      boolean whole = !chosen.isEmpty();
      if (!whole) {
        chosen = choose(tokensMax);
      }
      learn(chosen);
      long turn =
          whole ? 0 : (long) counter.count(renderer.pause()) + counter.count(renderer.resume());
      var selection = new Selection(table, costs, room - turn);
      boolean fits = chosen.stream().filter(d -> table.size(d) > 0).allMatch(selection::takeWhole);
      if (chosen.isEmpty() || !fits) {
        return NONE;
      }
      var windowWriter = new WindowWriter(table, costs, texts, renderer, selection);
      windowWriter.assemble(
          renderer.begin(),
          IntStream.range(0, table.documents()).toArray(),
          whole ? renderer.end() : renderer.pause());
      var documents = new HashSet<DocumentId>();
      chosen.stream().forEach(document -> documents.add(table.document(document)));
      return new Prefix(
          windowWriter.documents(),
          windowWriter.tokens() + turn,
          windowWriter.placed(),
          documents,
          whole,
          List.of(),
          chosen.stream().mapToLong(this::segments).sum());
    }

    /// Returns a writer of documents that are not of the corpus.
    static Writer of(PackRequest request, Layout.Composed composed, TokenCounter counter) {
      List<Document> documents =
          composed.documents().stream().sorted(Comparator.comparing(Document::id)).toList();
      Map<DocumentId, Document> byId = new HashMap<>();
      documents.forEach(document -> byId.put(document.id(), document));
      return new Writer(
          request.of(documents.stream().map(Writer::outline).toList()),
          counter,
          refs ->
              refs.stream()
                  .map(ref ->
                      Objects.requireNonNull(byId.get(ref.document())).chunks().get(ref.ordinal()))
                  .toList(),
          false);
    }

    /// None of their chunks is a duplicate of another: each hash is its own.
    private static Outline outline(Document document) {
      return new Outline(
          document.id(),
          document.title(),
          document.chunks().stream()
              .map(chunk -> {
                boolean lines = chunk.locator() instanceof Locator.Lines;
                long hash = ((long) document.id().hashCode() << 32) | chunk.ordinal();
                return new ChunkRef(
                    document.id(),
                    chunk.ordinal(),
                    0,
                    chunk.tokens(),
                    lines ? ((Locator.Lines) chunk.locator()).first() : 0,
                    lines ? ((Locator.Lines) chunk.locator()).last() : 0,
                    hash,
                    0);
              })
              .toList());
    }

    /// Writes as many chunks of each lead as its share holds: small documents first, and of one
    /// that does not fit its first chunks.
    Prefix lead(Layout.Composed composed, long room) {
      var all = new BitSet(table.documents());
      all.set(0, table.documents());
      learn(all);
      var selection = new Selection(table, costs, room);
      var leftOut = new ArrayList<Window.LeftOut>();
      var order = new ArrayList<Integer>();
      for (Layout.Lead lead : composed.leads()) {
        List<Integer> documents =
            lead.documents().stream()
                .map(document -> table.number(document.id()))
                .sorted()
                .toList();
        take(selection, lead.tokensMax(), documents);
        documents.forEach(document -> leave(selection, lead, document, leftOut));
        order.addAll(documents);
      }
      var windowWriter = new WindowWriter(table, costs, texts, renderer, selection);
      windowWriter.assemble(
          renderer.begin(), order.stream().mapToInt(Integer::intValue).toArray(), "");
      Set<DocumentId> shown =
          order.stream()
              .filter(selection::touched)
              .map(table::document)
              .collect(Collectors.toSet());
      return new Prefix(
          shown.isEmpty() ? "" : windowWriter.documents(),
          windowWriter.tokens(),
          windowWriter.placed(),
          shown,
          false,
          leftOut,
          costs.corpusTokens());
    }

    /// Returns what a document's chunks cost without separators.
    private long segments(int document) {
      return costs.chunks(document) - (long) table.size(document) * costs.separator();
    }

    private void take(Selection selection, int tokensMax, List<Integer> documents) {
      long end = Math.max(0, selection.free() - tokensMax);
      documents.stream()
          .sorted(Comparator.comparing(selection::wholeTokens))
          .forEach(document -> {
            int last = table.first(document) + table.size(document);
            for (int chunk = table.first(document); chunk < last; chunk++) {
              int frame = selection.touched(document) ? 0 : costs.document(document);
              if (selection.free() - costs.chunk(chunk) - frame >= end) {
                selection.take(chunk);
              }
            }
          });
    }

    private void leave(
        Selection selection, Layout.Lead lead, int document, List<Window.LeftOut> leftOut) {
      int of = table.size(document);
      int out = of - selection.chosen(document);
      if (out > 0) {
        leftOut.add(
            new Window.LeftOut(
                table.document(document),
                String.format(
                    Locale.ROOT,
                    "over the %s's share of %,d tokens: %s of %s",
                    lead.name(),
                    lead.tokensMax(),
                    out,
                    Counted.of(of, lead.unit()))));
      }
    }

    /// Returns all documents if they cost no more than both limits, else none.
    private BitSet all(long tokensMax, long room) {
      long tokens = 0;
      for (int document = 0; document < table.documents(); document++) {
        tokens += tokens(document);
      }
      var chosen = new BitSet();
      chosen.set(0, tokens <= tokensMax && tokens <= room ? table.documents() : 0);
      return chosen;
    }

    private BitSet choose(int tokensMax) {
      var chosen = new BitSet();
      long left = tokensMax;
      long largest = (long) (tokensMax * DOCUMENT_SHARE);
      for (int document : StaticOrder.of(table)) {
        long tokens = tokens(document);
        if (table.size(document) > 0
            && !(sees && isSeen(document))
            && tokens <= Math.min(left, largest)) {
          chosen.set(document);
          left -= tokens;
        }
      }
      return chosen;
    }

    private boolean isSeen(int document) {
      return request.corpus().get(document).chunks().stream()
          .anyMatch(ref -> !ref.picture().isNone());
    }

    /// Returns a document's count from ingest, never a cost that the question could influence.
    private long tokens(int document) {
      long tokens = table.size(document) == 0 ? 0 : costs.document(document);
      int end = table.first(document) + table.size(document);
      for (int chunk = table.first(document); chunk < end; chunk++) {
        tokens += table.ref(chunk).tokens();
      }
      return tokens;
    }

    private void learn(BitSet chosen) {
      var chunks = new BitSet(table.chunks());
      chosen.stream()
          .forEach(document ->
              chunks.set(table.first(document), table.first(document) + table.size(document)));
      texts.load(chunks);
      if (!costs.counted()) {
        chunks.stream().forEach(chunk -> costs.learn(chunk, texts.get(chunk)));
      }
    }
  }
}
