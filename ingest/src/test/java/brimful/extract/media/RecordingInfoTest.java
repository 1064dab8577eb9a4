package brimful.extract.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class RecordingInfoTest {
  @Test
  void showsWhatPeopleWroteAndNotWhatProgramsDid() throws IOException {
    RecordingInfo info =
        RecordingInfo.of(
            """
            {"packets":[{}],
             "streams":[
              {"index":0,"codec_name":"mjpeg","codec_type":"video","disposition":{"attached_pic":1}},
              {"index":1,"codec_name":"opus","codec_type":"audio","duration":"N/A",
               "tags":{"TITLE":"In the stream","language":"und","LYRICS-eng":"One\\r\\nTwo"}},
              {"index":2,"codec_name":"hdmv_pgs_subtitle","codec_type":"subtitle"},
              {"index":3,"codec_name":"bin_data","codec_type":"data"}],
             "chapters":[{"start_time":"0.0","end_time":"nan","tags":{"title":"Intro"}},{"start_time":"5"}],
             "format":{"duration":"3725.9","tags":{"ENCODER":"Lavf","Artist":"Ann\\tLee","major_brand":"isom"}}}
            """);

    assertThat(info.text())
        .isEqualTo(
            """
            Artist: Ann\tLee
            Title: In the stream
            Lyrics: One
            Two
            Duration: 01:02:05
            Cover: mjpeg
            Sound: opus
            Subtitles: hdmv_pgs_subtitle\
            """);
    assertThat(info.tracks(RecordingInfo.Kind.VIDEO)).isEmpty();
    assertThat(info.tracks(RecordingInfo.Kind.DRAWN_SUBTITLES)).hasSize(1);
    assertThat(info.chapters()).containsExactly(new RecordingInfo.Chapter("Intro", 0, 0));
    assertThat(info.empty()).isFalse();
  }

  @Test
  void aLengthThatNoRecordingHasIsALie() throws IOException {
    assertThat(RecordingInfo.of("{\"format\":{\"duration\":\"1e300\"}}").whole().last())
        .isEqualTo(7 * 86_400);
    assertThat(RecordingInfo.of("{\"format\":{\"duration\":\"-5\"}}").seconds()).isZero();
  }

  @Test
  void whatIsNoJsonIsRefused() {
    assertThatThrownBy(() -> RecordingInfo.of("{\"format\":")).isInstanceOf(IOException.class);
  }
}
