package brimful.extract.media;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.ExtractLimits;
import brimful.extract.Extraction;
import brimful.extract.ocr.Ocr;
import brimful.extract.ocr.Scans;
import brimful.testing.Clips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFramesTest {
  @TempDir private Path folder;

  @BeforeEach
  void find() {
    Clips.require();
  }

  @Test
  void aVideoOfOneFrameGivesIt() throws IOException {
    Path slide = folder.resolve("slide.png");
    Files.write(slide, Scans.image("png", Scans.picture("The pump costs 400 euros.")));
    String even = "crop=trunc(iw/2)*2:trunc(ih/2)*2";
    Path video = new Clips(folder).ffmpeg("one.mp4", "-i", slide.toString(), "-vf", even);
    var media =
        new Media(
            Ocr.of(Clips.path(), folder.resolve("ocr")),
            Recordings.of(Clips.path(), folder.resolve("transcripts")));

    Extraction extraction =
        extract("one.mp4", Files.readAllBytes(video), media, ExtractLimits.standard());

    assertThat(shown(extraction)).contains("one.mp4 00:00:00: The pump costs 400 euros.");
    assertThat(outcome(extraction)).isEqualTo("indexed: 1 frame");
  }
}
