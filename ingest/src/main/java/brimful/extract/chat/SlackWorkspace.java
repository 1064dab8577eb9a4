package brimful.extract.chat;

import java.util.Map;

/// What the other files of a Slack export tell about a day of a channel.
///
/// @param people the names of people by their ids
/// @param direct with whom it was, if it is a day of direct messages: their folders are called by
///   ids; otherwise empty
public record SlackWorkspace(Map<String, String> people, String direct) {
  /// Nothing is known.
  public static final SlackWorkspace UNKNOWN = new SlackWorkspace(Map.of(), "");

  public SlackWorkspace {
    people = Map.copyOf(people);
  }
}
