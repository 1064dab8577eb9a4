package brimful.ingest;

import brimful.corpus.DocumentId;
import brimful.corpus.KeptText;
import brimful.corpus.Outcome;
import brimful.index.ItemState;
import brimful.source.Listed;
import brimful.web.WebClient;
import brimful.web.WebSite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is to be done: read, noted, kept, forgotten; or known already.
///
/// @param toRead largest first, so that no worker is left alone with a big file at the end
/// @param toKeep what cannot be had for now, or can be had again unchanged, under its new outcome
/// @param known what the index has
/// @param kept how many cannot be had for now, whose text stays as it was
record ReadingPlan(
    List<Listed.File> toRead,
    List<Listed.Left> toNote,
    Map<DocumentId, ItemState> toKeep,
    List<DocumentId> vanished,
    Map<DocumentId, Outcome> settled,
    Map<DocumentId, ItemState> known,
    int kept) {
  static ReadingPlan of(
      List<Listed> listed, Map<DocumentId, ItemState> known, Predicate<ItemState> again) {
    List<Listed.File> toRead = new ArrayList<>();
    List<Listed.Left> toNote = new ArrayList<>();
    Map<DocumentId, ItemState> toKeep = new LinkedHashMap<>();
    Map<DocumentId, Outcome> settled = new HashMap<>();
    int kept = 0;
    Map<DocumentId, ItemState> unseen = new LinkedHashMap<>(known);
    for (Listed one : listed) {
      Optional<ItemState> state = Optional.ofNullable(unseen.remove(one.id()));
      switch (one) {
        case Listed.Left left -> {
          Optional<ItemState> earlier = state.flatMap(it -> kept(it, left.outcome()));
          Outcome outcome = earlier.map(ItemState::outcome).orElse(left.outcome());
          settled.put(left.id(), outcome);
          kept += earlier.isPresent() ? 1 : 0;
          if (!state.map(ItemState::outcome).equals(Optional.of(outcome))) {
            earlier.ifPresentOrElse(it -> toKeep.put(left.id(), it), () -> toNote.add(left));
          }
        }
        case Listed.File file -> {
          if (state.isPresent() && isKnown(file, state.get()) && !again.test(state.get())) {
            Outcome outcome = KeptText.before(state.get().outcome());
            settled.put(file.id(), outcome);
            if (!outcome.equals(state.get().outcome())) {
              toKeep.put(file.id(), with(state.get(), outcome));
            }
          } else {
            toRead.add(file);
          }
        }
      }
    }
    toRead.sort(
        Comparator.comparingLong(Listed.File::bytes).reversed().thenComparing(Listed.File::id));
    boolean whole = listed.stream().noneMatch(ReadingPlan::isLackOfList);
    List<DocumentId> vanished = whole ? List.copyOf(unseen.keySet()) : List.of();
    kept += unseen.size() - vanished.size();
    return new ReadingPlan(toRead, toNote, toKeep, vanished, settled, known, kept);
  }

  private static boolean isKnown(Listed.File file, ItemState state) {
    return Listed.File.undated(state.stamp()).equals(file.stamp());
  }

  private static boolean isLackOfList(Listed one) {
    return one instanceof Listed.Left(_, Outcome outcome) && outcome.equals(WebSite.NO_SITEMAP);
  }

  /// Returns how an item is kept that cannot be had for now; empty if nothing is to be kept.
  ///
  /// @param now how it ended this time
  static Optional<ItemState> kept(ItemState state, Outcome now) {
    if (!state.outcome().hasText()) {
      return Optional.empty();
    }
    String day = Listed.File.day(state.stamp());
    return WebClient.passing(now)
        .map(cause -> with(state, KeptText.outcome(state.outcome(), cause, day)));
  }

  private static ItemState with(ItemState state, Outcome outcome) {
    return new ItemState(state.stamp(), outcome, state.members(), state.secrets());
  }

  /// Returns what the index has of items that may have to be kept.
  Map<DocumentId, ItemState> mayBeKept() {
    return Stream.concat(
            toKeep.keySet().stream(),
            toRead.stream().filter(file -> file.content().mayBeAway()).map(Listed.File::id))
        .filter(id -> known.containsKey(id) && known.get(id).outcome().hasText())
        .collect(Collectors.toMap(id -> id, known::get));
  }

  boolean isAny() {
    return !toRead.isEmpty() || !toNote.isEmpty() || !toKeep.isEmpty() || !vanished.isEmpty();
  }
}
