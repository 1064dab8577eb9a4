package brimful.extract.media;

import brimful.corpus.Locator;
import brimful.extract.ocr.DrawnImage;
import java.io.IOException;
import java.util.List;

/// Takes what a recording gives.
public interface RecordingSink {
  /// Takes text.
  ///
  /// @param heading what it is, such as `Chapters`; may be empty
  /// @param places the time of each line; empty if all lines have the text's own
  void text(Locator.Time time, String text, String heading, List<Locator> places)
      throws IOException;

  /// Takes a frame, which is still to be read.
  void frame(Locator.Time time, DrawnImage frame) throws IOException;

  /// Hears now and then that the reading goes on.
  void beat();
}
