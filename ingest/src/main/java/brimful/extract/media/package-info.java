/// Text from sound and video: tags, chapters, subtitles, key frames and speech, each with its time.
///
/// A file comes in that lies in a folder of its own; text and pictures go out to a
/// [brimful.extract.media.RecordingSink] in the order info, chapters, subtitles, frames, speech.
/// [brimful.extract.media.Ffmpeg] does the decoding where it is installed: in processes with limits
/// of time, output and memory, which open that one file and nothing else. Sound leaves the machine
/// only for the endpoint that a person named, see [brimful.extract.media.SpeechEndpoint].
@NullMarked
package brimful.extract.media;

import org.jspecify.annotations.NullMarked;
