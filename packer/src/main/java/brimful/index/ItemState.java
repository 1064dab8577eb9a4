package brimful.index;

import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import java.util.List;

/// What the index remembers of an item besides its text.
public record ItemState(String stamp, Outcome outcome, List<Item.Member> members, Secrets secrets) {
  public ItemState {
    members = List.copyOf(members);
  }

  /// Returns the state of an item, which an index remembers.
  public static ItemState of(Item item) {
    return new ItemState(item.stamp(), item.outcome(), item.members(), item.secrets());
  }

  /// Returns the same with another stamp.
  public ItemState withStamp(String other) {
    return new ItemState(other, outcome, members, secrets);
  }
}
