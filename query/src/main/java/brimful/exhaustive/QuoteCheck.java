package brimful.exhaustive;

import brimful.batch.Unit;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.Markup;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.index.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Looks for quotes in the text of one window.
///
/// Compared are texts without any white space, because models break lines as they like. A quote
/// counts if it stands in the document that it names, or, if the window has no such document, in
/// any other. Cost: reads a document's text when it is first quoted. For one thread.
final class QuoteCheck {
  private final Snapshot snapshot;
  private final List<Outline> documents;
  private final Map<DocumentId, List<Place>> texts = new HashMap<>();
  private final Markup markup;

  QuoteCheck(Snapshot snapshot, Unit window) {
    this.snapshot = snapshot;
    documents = window.documents();
    markup = Markup.FOR_ANY;
  }

  /// A text without white space, and where its chunks begin in it.
  private record Place(String text, List<Integer> starts, List<ChunkRef> chunks) {
    List<ChunkRef> find(String quote) {
      int from = text.indexOf(quote);
      if (from < 0) {
        return List.of();
      }
      int to = from + quote.length();
      return IntStream.range(0, starts.size())
          .filter(chunk -> starts.get(chunk) < to && from < end(chunk))
          .mapToObj(chunks::get)
          .toList();
    }

    private int end(int chunk) {
      return chunk + 1 < starts.size() ? starts.get(chunk + 1) : text.length();
    }
  }

  /// Returns the finding of a quote; empty if the window does not have it.
  Optional<FoundQuote> find(WindowQuestion.Quote quote) {
    String folded = folded(quote.quote());
    if (folded.isEmpty()) {
      return Optional.empty();
    }
    List<Outline> named = documents.stream().filter(it -> isNamed(it, quote.document())).toList();
    for (Outline document : named.isEmpty() ? documents : named) {
      for (Place place : places(document)) {
        List<ChunkRef> chunks = place.find(folded);
        if (!chunks.isEmpty()) {
          return Optional.of(
              new FoundQuote(quote.answer(), document.document(), quote.quote(), chunks));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isNamed(Outline document, String name) {
    String value = document.document().value();
    return name.equals(value)
        || name.equals(value.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;"));
  }

  /// A model may copy the text as the window shows it, with its tags neutralised.
  private List<Place> places(Outline document) {
    return texts.computeIfAbsent(
        document.document(),
        _ -> {
          List<ChunkRef> refs = document.chunks();
          List<Chunk> chunks = snapshot.read(refs);
          Place plain = place(refs, chunks.stream().map(Chunk::text).toList());
          Place shown = place(refs, chunks.stream().map(it -> markup.neutral(it.text())).toList());
          return shown.text().equals(plain.text()) ? List.of(plain) : List.of(plain, shown);
        });
  }

  private static Place place(List<ChunkRef> refs, List<String> parts) {
    var text = new StringBuilder();
    var starts = new ArrayList<Integer>();
    for (String part : parts) {
      starts.add(text.length());
      text.append(folded(part));
    }
    return new Place(text.toString(), starts, List.copyOf(refs));
  }

  private static String folded(String text) {
    String folded = Folding.of(text);
    var bare = new StringBuilder(folded.length());
    folded
        .codePoints()
        .filter(point -> !Character.isWhitespace(point) && !Character.isISOControl(point))
        .forEach(bare::appendCodePoint);
    return bare.toString();
  }
}
