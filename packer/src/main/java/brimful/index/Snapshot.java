package brimful.index;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Picture;
import brimful.index.term.NaturalLanguage;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// The index at one commit. Safe for many threads until it is closed.
public interface Snapshot extends AutoCloseable {

  /// Returns every item with its state, in canonical order.
  ///
  /// Cheap enough for every start: under 0.1 s for 10,000 items.
  SequencedMap<DocumentId, ItemState> items();

  /// Returns the state of one item; empty if there is none of that id.
  ///
  /// For whoever needs one: all of them may be made anew at each call of [#items].
  default Optional<ItemState> item(DocumentId id) {
    return Optional.ofNullable(items().get(id));
  }

  /// Returns the chunks of each document, in canonical order; reads no text.
  List<Outline> outlines();

  /// Returns what is derived from the outlines alone, computed once for all snapshots of a commit.
  ///
  /// @param type tells it from other derived things
  /// @param derive computes it; may be called twice at the same time
  <T> T derived(Class<T> type, Function<List<Outline>, T> derive);

  /// Scores what matches a question. Costs one pass over the postings of its terms.
  Matches matches(Terms terms);

  /// Returns the chunks that define a name, in canonical order, each with score 1.
  ///
  /// @param name as written, such as `parseHeader`
  List<Hit> defining(String name);

  /// Returns the known word that an unknown one is most likely a misspelling of; empty if it is
  /// known, or no word with one other letter is.
  ///
  /// @param word as written; what is returned may lack its ending
  Optional<String> spelling(String word);

  /// Returns the languages of the texts, most used first; at least one.
  List<NaturalLanguage> languages();

  /// Returns chunks with their text, in the requested order.
  ///
  /// @throws IllegalArgumentException if one is not of this snapshot
  List<Chunk> read(List<ChunkRef> refs);

  /// Returns the pictures of chunks, in the requested order; [Picture#NONE] where there is none.
  ///
  /// @throws IllegalArgumentException if a chunk is not of this snapshot
  List<Picture> pictures(List<ChunkRef> refs);

  @Override
  void close();

  /// What matches a question, in arrays of scores for the whole snapshot.
  interface Matches {

    /// Returns the best chunks, best first; ties go to canonical order.
    ///
    /// @param limit the most hits returned
    List<Hit> chunks(int limit);

    /// Returns the best documents, best first; ties go to canonical order.
    ///
    /// The hits' ordinals are 0.
    List<Hit> documents(int limit);

    /// Notes the scores of the best documents.
    ///
    /// @param scores by number; those of others stay as they are
    default void documents(int limit, float[] scores) {
      documents(limit).forEach(hit -> scores[hit.document()] = hit.score());
    }

    /// Returns what matches in a part of what these are of, with the numbers of the part.
    ///
    /// Scores stay those of the whole: how rare a word is, is counted in all documents.
    default Matches within(SnapshotPart part) {
      Matches whole = this;
      return new Matches() {
        @Override
        public List<Hit> chunks(int limit) {
          return part.chunks(whole.chunks(Integer.MAX_VALUE), limit);
        }

        @Override
        public List<Hit> documents(int limit) {
          return part.documents(whole.documents(Integer.MAX_VALUE), limit);
        }
      };
    }
  }
}
