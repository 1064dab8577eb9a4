package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.source.Listed;
import java.util.ArrayList;
import java.util.List;

/// All that came of a file, for tests that look at it as a whole.
///
/// @param texts the documents that have text, whatever number of parts they came in
public record Extraction(
    Outcome outcome, List<Text> texts, List<Item.Member> members, FailureKind breakdown) {

  /// A document's text as sections in reading order.
  public record Text(DocumentId id, List<Section> sections) {}

  static Extraction of(Extractor extractor, Listed.File file) {
    return of(extractor, file, ParseProgress.silent());
  }

  public static Extraction of(Extractor extractor, Listed.File file, ParseProgress progress) {
    var collected = new Collected();
    return collected.with(extractor.extract(file, collected, progress));
  }

  /// Collects what is read.
  static final class Collected implements TextSink {
    private final List<Text> texts = new ArrayList<>();
    private final List<Item.Member> members = new ArrayList<>();

    @Override
    public void text(DocumentId id, List<Section> sections) {
      if (!texts.isEmpty() && texts.getLast().id().equals(id)) {
        var joined = new ArrayList<>(texts.removeLast().sections());
        joined.addAll(sections);
        texts.add(new Text(id, joined));
      } else {
        texts.add(new Text(id, List.copyOf(sections)));
      }
    }

    @Override
    public void member(Item.Member member) {
      members.add(member);
    }

    Extraction with(Ending ending) {
      boolean failed = ending.breakdown() != FailureKind.NONE;
      return new Extraction(
          ending.outcome(),
          failed ? List.of() : List.copyOf(texts),
          failed ? List.of() : List.copyOf(members),
          ending.breakdown());
    }
  }
}
