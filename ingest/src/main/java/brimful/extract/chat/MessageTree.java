package brimful.extract.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The order of the messages of a conversation with an assistant, which is a tree: a question that
/// was edited and an answer that was given anew begin a branch beside the first one.
///
/// The branch that ends with a given message comes first and is whole. Each other one follows in
/// the order of its last message, and has only what no branch before it has. Each message is in
/// exactly one branch, even where the parents run in a circle. Linear in the number of messages.
final class MessageTree {
  private final Map<String, String> parents;

  /// @param parents the parent of each message, in the order of the export; what is no message
  ///   there is the start
  MessageTree(Map<String, String> parents) {
    this.parents = new LinkedHashMap<>(parents);
  }

  /// Some messages in a row.
  ///
  /// @param after the message that they follow; empty if they begin the conversation
  record Branch(String after, List<String> messages) {
    Branch {
      messages = List.copyOf(messages);
    }
  }

  /// Returns all messages.
  ///
  /// @param last the end of the branch that its user saw last; any name else is that of the last
  ///   message that none follows
  List<Branch> branches(String last) {
    var ends = new ArrayList<>(parents.keySet());
    ends.removeAll(new HashSet<>(parents.values()));
    var starts = new ArrayList<String>();
    if (parents.containsKey(last)) {
      starts.add(last);
    } else if (!ends.isEmpty()) {
      starts.add(ends.getLast());
    }
    starts.addAll(ends);
    starts.addAll(parents.keySet());
    List<Branch> branches = new ArrayList<>();
    var taken = new HashSet<String>();
    for (String end : starts) {
      if (!taken.contains(end)) {
        branches.add(up(end, taken));
      }
    }
    return branches;
  }

  private Branch up(String end, Set<String> taken) {
    List<String> messages = new ArrayList<>();
    String at = end;
    while (parents.containsKey(at) && taken.add(at)) {
      messages.add(at);
      at = parents.getOrDefault(at, "");
    }
    Collections.reverse(messages);
    return new Branch(parents.containsKey(at) ? at : "", messages);
  }
}
