package brimful.ingest;

import brimful.corpus.Coverage;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import brimful.index.ItemState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What an ingest found and did. Immutable; its counts are made once, because each question asks
/// for them.
public final class Ingested {
  private final SequencedMap<DocumentId, Outcome> outcomes;
  private final SequencedMap<DocumentId, Outcome> members;
  private final Secrets secrets;
  private final int read;
  private final int removed;
  private final List<String> gaps;
  private final Coverage coverage;
  private final Coverage memberCoverage;
  private final SequencedMap<DocumentId, Outcome> incomplete;

  /// @param outcomes how every file ended, in canonical order: read now, unchanged, or skipped by a
  ///   rule
  /// @param members how every member of an archive, mail or other container ended, in canonical
  ///   order
  /// @param secrets what was masked in their text
  /// @param read how many files were read now
  /// @param removed how many files have vanished since the last time
  /// @param gaps why files may be missing that belong to the corpus, a line each; usually none
  public Ingested(
      SequencedMap<DocumentId, Outcome> outcomes,
      SequencedMap<DocumentId, Outcome> members,
      Secrets secrets,
      int read,
      int removed,
      List<String> gaps) {
    this.outcomes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outcomes));
    this.members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    this.secrets = secrets;
    this.read = read;
    this.removed = removed;
    this.gaps = List.copyOf(gaps);
    coverage = Coverage.of(outcomes.values());
    memberCoverage = Coverage.of(members.values());
    var draft = new TreeMap<DocumentId, Outcome>();
    for (SequencedMap<DocumentId, Outcome> some : List.of(outcomes, members)) {
      some.forEach((id, outcome) -> {
        if (!(outcome instanceof Outcome.Indexed)) {
          draft.put(id, outcome);
        }
      });
    }
    incomplete = Collections.unmodifiableSequencedMap(draft);
  }

  /// Returns the result of an ingest whose members and secrets are not known yet.
  public Ingested(SequencedMap<DocumentId, Outcome> outcomes, int read, int removed) {
    this(outcomes, new LinkedHashMap<>(), Secrets.NONE, read, removed, List.of());
  }

  /// Returns what an index holds, of which nothing was read now.
  public static Ingested of(SequencedMap<DocumentId, ItemState> states, List<String> gaps) {
    var outcomes = new LinkedHashMap<DocumentId, Outcome>();
    states.forEach((id, state) -> outcomes.put(id, state.outcome()));
    return new Ingested(outcomes, members(states), secrets(states), 0, 0, gaps);
  }

  /// Returns the same with gaps.
  public Ingested withGaps(List<String> other) {
    return other.equals(gaps)
        ? this
        : new Ingested(outcomes, members, secrets, read, removed, other);
  }

  /// Returns the same with the members and secrets that an index knows of.
  public Ingested withMembers(SequencedMap<DocumentId, ItemState> states) {
    return new Ingested(outcomes, members(states), secrets(states), read, removed, gaps);
  }

  private static SequencedMap<DocumentId, Outcome> members(
      SequencedMap<DocumentId, ItemState> states) {
    var members = new LinkedHashMap<DocumentId, Outcome>();
    states
        .values()
        .forEach(state -> state.members().forEach(one -> members.put(one.id(), one.outcome())));
    return members;
  }

  private static Secrets secrets(SequencedMap<DocumentId, ItemState> states) {
    Secrets all = Secrets.NONE;
    for (ItemState state : states.values()) {
      all = all.and(state.secrets());
    }
    return all;
  }

  /// Returns how every file ended, in canonical order.
  public SequencedMap<DocumentId, Outcome> outcomes() {
    return outcomes;
  }

  /// Returns how every member of a container ended, in canonical order.
  public SequencedMap<DocumentId, Outcome> members() {
    return members;
  }

  /// Returns the files and members that are not wholly indexed, in canonical order.
  public SequencedMap<DocumentId, Outcome> incomplete() {
    return incomplete;
  }

  /// Returns what was masked.
  public Secrets secrets() {
    return secrets;
  }

  /// Returns how many files were read now.
  public int read() {
    return read;
  }

  /// Returns how many files have vanished since the last time.
  public int removed() {
    return removed;
  }

  /// Returns why files may be missing that belong to the corpus.
  public List<String> gaps() {
    return gaps;
  }

  /// Returns the counts of the files' outcomes.
  public Coverage coverage() {
    return coverage;
  }

  /// Returns the counts of the members' outcomes.
  public Coverage memberCoverage() {
    return memberCoverage;
  }

  /// Returns files and members with their outcomes, in canonical order.
  public SequencedMap<DocumentId, Outcome> all() {
    if (members.isEmpty()) {
      return outcomes;
    }
    var all = new TreeMap<DocumentId, Outcome>(outcomes);
    all.putAll(members);
    return all;
  }
}
