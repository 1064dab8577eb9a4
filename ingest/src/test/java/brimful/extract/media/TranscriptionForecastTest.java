package brimful.extract.media;

import static brimful.testing.FakeTranscriber.segment;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractions;
import brimful.extract.Extractor;
import brimful.extract.limit.Limits;
import brimful.extract.ocr.Ocr;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.testing.Clips;
import brimful.testing.FakeTranscriber;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TranscriptionForecastTest {
  @TempDir private Path folder;

  private Media media(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(Clips.path());
    environment.putAll(more);
    return new Media(Ocr.off(), Recordings.of(environment, folder.resolve("transcripts")));
  }

  @Test
  void whatIsNotWrittenDownYetIsForecast() throws IOException {
    Clips.require();
    Path file = new Clips(folder).speech("memo.wav", "The pump comes in May");
    byte[] bytes = Files.readAllBytes(file);
    List<Listed.File> files =
        List.of(listed("a/memo.wav", bytes), listed("notes.txt", new byte[] {'x'}));

    try (var endpoint = FakeTranscriber.hearing(segment(0.2, 1.4, "The pump comes in May"))) {
      Media hearing = media(Map.of(SpeechEndpoint.ADDRESS, endpoint.address()));
      try (var extractor = Extractor.of(Limits.standard(), Rules.standard(), hearing);
          var deaf = Extractor.of(Limits.standard(), Rules.standard(), media(Map.of()))) {
        assertThat(extractor.forecast(files).orElse(""))
            .matches("transcription: 1 recording, 0\\.0 minutes of sound to send; set .*");
        assertThat(endpoint.requests()).isEmpty();
        assertThat(deaf.forecast(files)).isEmpty();

        Extractions.extract("memo.wav", bytes, hearing, ExtractLimits.standard());

        assertThat(extractor.forecast(files)).as("it is known now").isEmpty();
      }
    }
  }

  private static Listed.File listed(String name, byte[] bytes) {
    return new Listed.File(
        new DocumentId(name), "stamp", bytes.length, () -> new ByteArrayInputStream(bytes));
  }
}
