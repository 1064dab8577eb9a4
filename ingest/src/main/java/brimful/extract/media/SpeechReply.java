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
  record Refused(String cause, Scope scope) implements SpeechReply {}

  /// What a refusal concerns.
  enum Scope {
    /// Any other sound would be refused as well.
    EVERY_SOUND,
    /// Another try may succeed.
    THIS_TIME,
    /// This sound will always be refused.
    THIS_SOUND
  }
}
