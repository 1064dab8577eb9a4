package brimful.ingest;

import brimful.corpus.DocumentId;
import brimful.kafka.SubmittedItems;
import brimful.kafka.record.Claim;
import brimful.source.JoinedSource;
import brimful.source.Listed;
import brimful.source.Rule;
import brimful.source.Rules;
import brimful.source.Source;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns a source's listing into work for workers.
public final class Claims {
  private Claims() {}

  /// Returns the work on every item of a source, in canonical order of its parts.
  ///
  /// @param rules say whether secrets in the text are masked
  public static SequencedMap<DocumentId, Claim.Work> of(Source source, Rules rules) {
    SequencedMap<DocumentId, Claim.Work> wanted = new LinkedHashMap<>();
    add(source, id -> id, !rules.has(Rule.SECRETS), wanted);
    return wanted;
  }

  /// Returns where the files of a source come from, whatever commit it names.
  public static Set<String> sources(Source source) {
    return leaves(source)
        .map(part -> SubmittedItems.source(part.location()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Parts may have parts: an organisation is one of several sources, and has its repositories.
  private static Stream<Source> leaves(Source source) {
    return source instanceof JoinedSource joined
        ? joined.parts().stream().flatMap(part -> leaves(part.source()))
        : Stream.of(source);
  }

  private static void add(
      Source source,
      UnaryOperator<DocumentId> named,
      boolean unmasked,
      SequencedMap<DocumentId, Claim.Work> wanted) {
    if (source instanceof JoinedSource joined) {
      joined
          .parts()
          .forEach(part -> add(part.source(), id -> named.apply(part.named(id)), unmasked, wanted));
      return;
    }
    String location = source.location();
    for (Listed listed : source.list()) {
      wanted.put(
          named.apply(listed.id()),
          switch (listed) {
            case Listed.File file ->
                new Claim.Work.Read(
                    location, source.stored(file), file.stamp(), file.bytes(), unmasked);
            case Listed.Left(_, var outcome) -> new Claim.Work.Note(outcome, unmasked);
          });
    }
  }
}
