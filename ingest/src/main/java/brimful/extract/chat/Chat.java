package brimful.extract.chat;

import java.util.List;

/// A conversation, or a day of a channel.
///
/// @param name the name of its document within the file; empty if the file is this conversation
/// @param turns in the order in which they are read; never empty
/// @param clock whether the time of each turn matters to its readers, as among people, but not with
///   an assistant
public record Chat(String name, List<ChatTurn> turns, boolean clock) {
  public Chat {
    turns = List.copyOf(turns);
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("chat \"%s\" has no turns: leave it out".formatted(name));
    }
  }
}
