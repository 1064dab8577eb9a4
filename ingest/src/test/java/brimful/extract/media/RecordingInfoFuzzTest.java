package brimful.extract.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.testing.FuzzContract;
import java.io.IOException;
import java.util.List;

/// Tags are a stranger's: whatever ffprobe prints of them is read, or refused.
final class RecordingInfoFuzzTest extends FuzzContract {
  @Override
  protected List<byte[]> examples() {
    return List.of(
        """
        {"packets":[{}],"streams":[{"index":1,"codec_name":"opus","codec_type":"audio","duration":"2.5",
        "tags":{"TITLE":"A","language":"eng"}}],"chapters":[{"start_time":"0.0","end_time":"9","tags":{"title":"I"}}],
        "format":{"duration":"9.9","tags":{"artist":"Ann"}}}
        """
            .getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) {
    try {
      RecordingInfo info = RecordingInfo.of(new String(bytes, UTF_8));
      String _ = info.text() + info.whole().display();
    } catch (IOException refused) {
      // It says that this is no JSON.
    }
  }
}
