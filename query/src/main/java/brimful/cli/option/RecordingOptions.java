package brimful.cli.option;

import brimful.corpus.UserError;
import brimful.extract.media.Recordings;
import brimful.extract.media.SpeechEndpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.Options;

/// The options of sound and video, which count before the variables of [Recordings] and
/// [SpeechEndpoint].
public final class RecordingOptions {
  private static final String MODE = "recordings";
  private static final String TRANSCRIBE = "transcribe";
  private static final String MODEL = "transcribe-model";

  private RecordingOptions() {}

  /// Adds the options.
  static Options in(Options options) {
    return options
        .addOption(
            PackOptions.option(
                MODE,
                "WHEN",
                "read tags, chapters, subtitles and frames of sound and video with ffmpeg: off or auto (default: auto)"))
        .addOption(
            PackOptions.option(
                TRANSCRIBE,
                "URL",
                "send sound to this endpoint to have speech written down, such as http://localhost:8000/v1; or off (default: off; see brimful config --help)"))
        .addOption(PackOptions.option(MODEL, "MODEL", "the endpoint's model (default: whisper-1)"));
  }

  /// Refuses the endpoint where it would not be asked: workers read with settings of their own.
  public static void refuse(Arguments arguments) {
    for (String name : List.of(TRANSCRIBE, MODEL)) {
      if (arguments.has(name)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--%s %s: workers read the files, so give it to brimful worker"
                .formatted(name, String.join(",", arguments.values(name))));
      }
    }
  }

  /// Returns variables with what the command line says.
  static Map<String, String> environment(Arguments arguments, Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    arguments.value(MODE).ifPresent(mode -> environment.put(Recordings.MODE, mode));
    arguments.value(TRANSCRIBE).ifPresent(url -> environment.put(SpeechEndpoint.ADDRESS, url));
    arguments.value(MODEL).ifPresent(model -> environment.put(SpeechEndpoint.MODEL, model));
    return environment;
  }
}
