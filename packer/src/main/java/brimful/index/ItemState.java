package brimful.index;

import brimful.corpus.Item;
import brimful.corpus.Outcome;
import java.util.List;

/// What the index remembers of an item besides its text.
public record ItemState(String stamp, Outcome outcome, List<Item.Member> members) {
  public ItemState {
    members = List.copyOf(members);
  }
}
