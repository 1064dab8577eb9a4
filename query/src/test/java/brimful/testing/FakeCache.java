package brimful.testing;

import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// DeepSeek's prefix cache as its guide describes it, at its best: whole stored units are found.
///
/// A unit ends where a prompt ended, or where two prompts parted, which is seen to the line. Knows
/// prompts by hashes only, so that a long session fits into memory. Safe for many threads.
final class FakeCache {
  private final TokenCounter counter;
  private final Map<Long, Integer> units = new HashMap<>();
  private final Set<Long> seen = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  FakeCache(TokenCounter counter) {
    this.counter = counter;
  }

  /// What was read of a prompt.
  record Read(int tokens, int cached) {}

  /// A message of a chat.
  record Message(String role, String text) {}

  /// The end of a line in a prompt.
  private record Place(long hash, int message, int end) {}

  synchronized Read read(List<Message> messages) {
    List<Place> places = places(messages);
    Place last = places.getLast();
    int tokens = tokens(messages, last) + 2;
    int cached = 0;
    Place common = places.getFirst();
    boolean parted = false;
    for (Place place : places) {
      cached = Math.max(cached, units.getOrDefault(place.hash(), 0));
      if (seen.contains(place.hash())) {
        common = place;
        parted = true;
      }
    }
    if (parted && !units.containsKey(common.hash())) {
      units.put(common.hash(), tokens(messages, common));
    }
    units.put(last.hash(), tokens(messages, last));
    places.forEach(place -> seen.add(place.hash()));
    return new Read(tokens, cached);
  }

  private static List<Place> places(List<Message> messages) {
    var places = new ArrayList<Place>();
    long hash = 7;
    for (int i = 0; i < messages.size(); i++) {
      String text = messages.get(i).text();
      hash = mixed(hash, messages.get(i).role());
      for (int from = 0; from < text.length(); ) {
        int end = text.indexOf('\n', from) + 1;
        end = end == 0 ? text.length() : end;
        hash = mixed(hash, text.substring(from, end));
        places.add(new Place(hash, i, end));
        from = end;
      }
    }
    return places;
  }

  private static long mixed(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
    }
    return (mixed ^ 0xffff) * 0x100000001b3L;
  }

  /// One token begins all, each message of a person has one in front, each of the model two around.
  private int tokens(List<Message> messages, Place place) {
    int tokens = 1;
    for (int i = 0; i <= place.message(); i++) {
      Message message = messages.get(i);
      String text =
          i == place.message() ? message.text().substring(0, place.end()) : message.text();
      tokens += count(text);
      tokens +=
          switch (message.role()) {
            case "user" -> 1;
            case "assistant" -> 2;
            default -> 0;
          };
    }
    return tokens;
  }

  private int count(String text) {
    String key = text.length() + "/" + mixed(7, text);
    return counts.computeIfAbsent(key, _ -> counter.count(text));
  }
}
