package brimful.extract.media;

import java.nio.file.Path;
import java.time.Duration;

/// A recording that is to be read.
///
/// @param path of a copy that is ours alone
/// @param hash of its content
/// @param frames whether frames are wanted: somebody can read them
/// @param time how long a step of the reading may take; of long recordings, it may take longer
public record RecordingFile(Path path, String hash, boolean frames, Duration time) {}
