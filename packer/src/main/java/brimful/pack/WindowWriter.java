package brimful.pack;

import brimful.corpus.Chunk;
import brimful.corpus.Counted;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Picture;
import brimful.index.ChunkRef;
import brimful.pack.format.Renderer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Writes the selected spans in the given order and records what they cost.
///
/// Serves one window.
final class WindowWriter {
  /// What is planned for a chunk's tag and heading.
  private static final int TAG_CHARACTERS = 96;

  /// Where as much is free, no outline is left out for want of room.
  private static final int ROOM_TOKENS = 100;

  private final ChunkTable table;
  private final TokenCosts costs;
  private final ChunkTexts texts;
  private final Renderer renderer;
  private final Selection selection;
  private final StringBuilder documents = new StringBuilder();
  private final List<Window.Placed> placed = new ArrayList<>();
  private final List<Window.LeftOut> leftOut = new ArrayList<>();
  private Optional<PictureChoice> pictures = Optional.empty();
  private Map<Integer, Picture> shown = Map.of();
  private final List<WindowImages.Image> images = new ArrayList<>();
  private long tokens = 0;
  private boolean outlines = false;

  WindowWriter(
      ChunkTable table,
      TokenCosts costs,
      ChunkTexts texts,
      Renderer renderer,
      Selection selection) {
    this.table = table;
    this.costs = costs;
    this.texts = texts;
    this.renderer = renderer;
    this.selection = selection;
  }

  /// Continues after a prefix that was written before.
  void follow(List<Window.Placed> prefix) {
    placed.addAll(prefix);
  }

  /// Shows pictures behind their chunks.
  ///
  /// @param reader returns the pictures of chunks
  void show(PictureChoice choice, Function<List<ChunkRef>, List<Picture>> reader) {
    pictures = Optional.of(choice);
    List<Integer> chunks =
        choice.shown().stream()
            .filter(chunk -> selection.state(chunk) == Selection.State.IN)
            .boxed()
            .toList();
    List<Picture> read =
        chunks.isEmpty() ? List.of() : reader.apply(chunks.stream().map(table::ref).toList());
    shown = new HashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      shown.put(chunks.get(i), read.get(i));
    }
  }

  /// Says of what is not shown that it is left out of outlines.
  void outline() {
    outlines = true;
  }

  /// Returns the images in the documents.
  List<WindowImages.Image> images() {
    return images;
  }

  /// Writes everything; afterwards the other methods describe the result.
  ///
  /// @param begin the text before the documents
  /// @param order every document's number, once
  /// @param end the text after the documents
  void assemble(String begin, int[] order, String end) {
    var wanted = new BitSet(table.chunks());
    for (int chunk = 0; chunk < table.chunks(); chunk++) {
      if (selection.state(chunk) == Selection.State.IN) {
        wanted.set(chunk);
      }
    }
    texts.load(wanted);
    documents.ensureCapacity(characters(wanted));
    documents.append(begin);
    for (int document : order) {
      if (selection.touched(document)) {
        write(document);
      }
    }
    documents.append(end);
    for (int document = 0; document < table.documents(); document++) {
      account(document);
    }
  }

  /// Returns about how long the segments of some chunks are together.
  private int characters(BitSet chunks) {
    long characters = 0;
    for (int chunk = chunks.nextSetBit(0); chunk >= 0; chunk = chunks.nextSetBit(chunk + 1)) {
      characters += texts.get(chunk).text().length() + TAG_CHARACTERS;
    }
    return (int) Math.min(Integer.MAX_VALUE / 2, characters);
  }

  /// Returns the documents as they appear in the window.
  String documents() {
    return documents.toString();
  }

  /// Returns the cost of the documents, without the text before the first and after the last.
  long tokens() {
    return tokens;
  }

  /// Returns the cost of the whole table's chunks, see [TokenCosts#corpusTokens].
  long corpusTokens() {
    return costs.corpusTokens();
  }

  /// Returns the placed spans, those of the prefix included.
  List<Window.Placed> placed() {
    return placed;
  }

  List<Window.LeftOut> leftOut() {
    return leftOut;
  }

  private void write(int document) {
    separate();
    DocumentId id = table.document(document);
    documents.append(renderer.open(id, table.title(document)));
    tokens += costs.document(document);
    int start = placed.size();
    List<Span> spans = selection.spans(document);
    int span = 0;
    int first = table.first(document);
    for (int chunk = first; chunk < first + table.size(document); chunk++) {
      for (; span < spans.size() && spans.get(span).firstChunk() == chunk; span++) {
        Span part = spans.get(span);
        int cost = part.tokens() - costs.separator();
        write(start, new Window.Placed(id, part.locator(), part.text(), cost), part.heading());
      }
      if (selection.state(chunk) == Selection.State.IN) {
        Chunk text = texts.get(chunk);
        int cost = costs.chunk(chunk) - costs.separator();
        var part = new Window.Placed(id, text.locator(), text.text(), cost, costs.image(chunk));
        write(start, part, text.heading());
        Picture picture = shown.get(chunk);
        if (picture != null) {
          images.add(
              new WindowImages.Image(
                  id,
                  text.ordinal(),
                  text.locator(),
                  picture,
                  costs.image(chunk),
                  documents.length()));
        }
      }
    }
    documents.append(renderer.close());
  }

  private void write(int start, Window.Placed part, String heading) {
    if (placed.size() > start) {
      separate();
    }
    documents.append(renderer.segment(part.document(), part.locator(), heading, part.text()));
    tokens += part.tokens();
    placed.add(part);
  }

  private void separate() {
    if (!placed.isEmpty()) {
      documents.append(renderer.separator());
      tokens += costs.separator();
    }
  }

  private void account(int document) {
    int out = 0;
    int duplicates = 0;
    int twin = 0;
    int first = table.first(document);
    for (int chunk = first + table.size(document) - 1; chunk >= first; chunk--) {
      switch (selection.state(chunk)) {
        case OUT, PARTIAL -> out++;
        case DUPLICATE -> {
          duplicates++;
          twin = selection.twin(chunk);
        }
        case IN, SPANNED -> {}
      }
    }
    if (duplicates > 0) {
      leave(document, "duplicate of " + place(twin), duplicates);
    }
    if (out > 0) {
      boolean outline =
          outlines && (selection.touched(document) || selection.free() >= ROOM_TOKENS);
      leave(document, outline ? "outline" : "budget", out);
    }
    pictures.ifPresent(choice -> account(document, choice));
  }

  /// Tells of text that is shown without its picture.
  private void account(int document, PictureChoice choice) {
    Map<String, Integer> counts = new TreeMap<>();
    int first = table.first(document);
    for (int chunk = first; chunk < first + table.size(document); chunk++) {
      if (selection.in(chunk) && !choice.refusal(chunk).isEmpty()) {
        counts.merge(choice.refusal(chunk), 1, Integer::sum);
      }
    }
    counts.forEach((reason, count) ->
        leftOut.add(
            new Window.LeftOut(
                table.document(document), Counted.of(count, "image") + " not shown: " + reason)));
  }

  private void leave(int document, String reason, int chunks) {
    int of = table.size(document);
    // Joined, not formatted: there may be thousands, and a format is parsed each time.
    String part = chunks == of ? "" : ": " + chunks + " of " + of + " chunks";
    leftOut.add(new Window.LeftOut(table.document(document), reason + part));
  }

  private String place(int chunk) {
    ChunkRef ref = table.ref(chunk);
    Locator locator =
        ref.firstLine() > 0
            ? new Locator.Lines(ref.firstLine(), ref.lastLine())
            : texts.get(chunk).locator();
    return locator instanceof Locator.Lines
        ? ref.document() + ":" + locator.display()
        : ref.document() + " " + locator.display();
  }
}
