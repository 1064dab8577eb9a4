package brimful.extract.chat;

import java.io.IOException;

/// Takes the conversations of an export, each as soon as it is read.
@FunctionalInterface
public interface ChatSink {
  /// Takes a conversation.
  void chat(Chat chat) throws IOException;
}
