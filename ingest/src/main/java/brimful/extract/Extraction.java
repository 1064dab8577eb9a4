package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import java.util.List;

/// What came of reading one file. Every case is expected, so none is an exception.
///
/// @param outcome how the file ended
/// @param texts its documents that have text: itself, or its members; empty unless indexed or
///   truncated
/// @param members how the members of an archive or a mail ended; empty for a plain file
public record Extraction(Outcome outcome, List<Text> texts, List<Item.Member> members) {
  public Extraction {
    texts = List.copyOf(texts);
    members = List.copyOf(members);
  }

  /// A document's text as sections in reading order.
  public record Text(DocumentId id, List<Section> sections) {
    public Text {
      sections = List.copyOf(sections);
    }
  }

  /// Returns the extraction of a file that gave no text.
  public static Extraction without(Outcome outcome) {
    return new Extraction(outcome, List.of(), List.of());
  }
}
