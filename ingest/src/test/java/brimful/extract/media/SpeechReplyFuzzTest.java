package brimful.extract.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Locator;
import brimful.testing.FakeTranscriber;
import brimful.testing.FuzzContract;
import java.util.List;

/// An endpoint may answer anything: it is read, or refused.
final class SpeechReplyFuzzTest extends FuzzContract {
  @Override
  protected List<byte[]> examples() {
    return List.of(
        FakeTranscriber.verbose(FakeTranscriber.segment(0.5, 1e300, "So")).getBytes(UTF_8),
        "{\"text\":\"Only \\ud800 text\",\"duration\":-1}".getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) {
    switch (SpeechClient.said(new String(bytes, UTF_8), "host")) {
      case SpeechReply.Said(List<Utterance> utterances) -> {
        for (Utterance one : utterances) {
          Locator.Time _ = one.after(1e9).time();
          assertThat(one.text()).doesNotContain("\n");
        }
      }
      case SpeechReply.Refused(String cause, SpeechReply.Scope _) ->
          assertThat(cause).startsWith("host ");
    }
  }
}
