package brimful.pack;

import brimful.corpus.Picture;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.token.Vision;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The images of a corpus as input of the model that reads the window, if it takes any.
///
/// @param vision what images cost and how many it takes; empty if it does not see
/// @param reader returns the pictures of chunks, in the order asked for
public record ImageInput(Optional<Vision> vision, Function<List<ChunkRef>, List<Picture>> reader) {
  /// That of a model that takes text alone.
  public static final ImageInput NONE = new ImageInput(Optional.empty(), _ -> List.of());

  /// Returns whether a corpus has anything to see.
  boolean sees(List<Outline> corpus) {
    return vision.isPresent() && corpus.stream().anyMatch(Outline::hasPictures);
  }
}
