package brimful.extract.media;

import java.util.List;

/// How an endpoint answered.
sealed interface SpeechReply {
  record Said(List<Utterance> utterances) implements SpeechReply {
    public Said {
      utterances = List.copyOf(utterances);
    }
  }

  /// @param cause one line, with what to do
  /// @param everywhere whether any other sound would be refused as well
  record Refused(String cause, boolean everywhere) implements SpeechReply {}
}
