package brimful.rank;

import java.util.List;

/// Maps texts to vectors that are close to each other where the texts have similar meanings.
///
/// Implementations are safe for many threads and give the same text the same vectors.
public interface Encoder {

  /// Returns an identifier of the vectors: the model, and how texts are split for it.
  String name();

  /// Returns each text's vectors, in the order of the texts.
  ///
  /// A text longer than the model's input has several vectors, one for each piece, in order; no
  /// part of the text is left out. Every vector has length 1.
  ///
  /// @param texts none of them blank
  List<List<float[]>> encode(List<String> texts);
}
