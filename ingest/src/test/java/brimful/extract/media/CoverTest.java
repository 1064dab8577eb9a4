package brimful.extract.media;

import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.ExtractLimits;
import brimful.extract.Extraction;
import brimful.extract.Extractions;
import brimful.extract.ocr.Ocr;
import brimful.extract.ocr.Scans;
import brimful.testing.Clips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoverTest {
  @TempDir private Path folder;

  @BeforeEach
  void find() {
    Clips.require();
  }

  private Extraction extract(Ocr ocr) throws IOException {
    Path picture = folder.resolve("cover.png");
    Files.write(picture, Scans.image("png", Scans.picture("Tides of March")));
    Path song =
        new Clips(folder)
            .ffmpeg(
                "song.mp3",
                "-f",
                "lavfi",
                "-i",
                "sine=d=2",
                "-i",
                picture.toString(),
                "-map",
                "0",
                "-map",
                "1",
                "-c:v",
                "copy",
                "-disposition:v",
                "attached_pic");
    Recordings recordings =
        Recordings.of(new HashMap<>(Clips.path()), folder.resolve("transcripts"));
    return Extractions.extract(
        "song.mp3", Files.readAllBytes(song), new Media(ocr, recordings), ExtractLimits.standard());
  }

  @Test
  void isReadByOcr() throws IOException {
    Extraction song = extract(Ocr.of(Clips.path(), folder.resolve("ocr")));

    assertThat(shown(song)).endsWith("\nsong.mp3 00:00:00: Tides of March");
    assertThat(outcome(song)).isEqualTo("truncated: 1 of 2 tracks (sound needs --transcribe)");
  }

  @Test
  void isListedWhereNothingReadsPictures() throws IOException {
    Extraction song = extract(Ocr.off());

    assertThat(shown(song)).contains("Cover: png ").contains("Sound: mp3");
    assertThat(outcome(song)).isEqualTo("truncated: 1 of 2 tracks (sound needs --transcribe)");
  }
}
