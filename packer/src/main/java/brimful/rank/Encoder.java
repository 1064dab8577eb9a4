package brimful.rank;

import java.util.List;

/// Turns texts into vectors that are near each other where the texts mean the like.
///
/// Implementations are safe for many threads, and give the same text the same vectors.
public interface Encoder {

  /// Returns what tells its vectors from others': the model, and how texts are cut for it.
  String name();

  /// Returns each text's vectors, in the order of the texts.
  ///
  /// A text that is longer than the model reads has several vectors, one for each piece that it
  /// reads whole, in order; nothing of a text is left unread. Every vector has length 1.
  ///
  /// @param texts none of them blank
  List<List<float[]>> encode(List<String> texts);
}
