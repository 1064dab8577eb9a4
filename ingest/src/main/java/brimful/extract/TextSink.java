package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.extract.ocr.DrawnImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Takes what a file gives as soon as it is read, so that no file is in memory as a whole.
///
/// Documents come in any order, but each with nothing in between: a mail follows its attachments,
/// whose text is known before the mail's own is whole. If the file fails, nothing that was taken
/// counts.
public interface TextSink {
  /// How many characters are given at a time at most.
  int CHARACTERS_MAX = 8 << 20;

  /// Takes text of the file itself or of one of its members.
  ///
  /// @param sections in reading order; they go on with those of the last call if that was for the
  ///   same document
  void text(DocumentId id, List<Section> sections) throws IOException;

  /// Takes a picture of text, at its place between the texts. Comes only where the rules `images`
  /// or `pictures` are lifted.
  ///
  /// @param drawn [DrawnImage#NOTHING] if it cannot be drawn
  default void image(DocumentId id, Locator locator, DrawnImage drawn) throws IOException {
    throw new IllegalStateException("%s %s is a picture".formatted(id, locator.display()));
  }

  /// Takes how a member of an archive or a mail ended, once its text was given.
  void member(Item.Member member) throws IOException;

  /// Returns whether one more member is taken, of those that a container does not count itself.
  default boolean takesMember() {
    return true;
  }

  /// Takes a document's text in runs of limited length.
  default void runs(DocumentId id, List<Section> sections) throws IOException {
    var run = new ArrayList<Section>();
    int characters = 0;
    for (Section section : sections) {
      for (Section piece : section.pieces(CHARACTERS_MAX)) {
        if (characters + piece.text().length() > CHARACTERS_MAX) {
          text(id, List.copyOf(run));
          run.clear();
          characters = 0;
        }
        run.add(piece);
        characters += piece.text().length();
      }
    }
    if (!run.isEmpty()) {
      text(id, run);
    }
  }
}
