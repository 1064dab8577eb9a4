package brimful.collection.scope;

import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// A part of a corpus.
///
/// @param described what part it is, in words for people
/// @param chosen the beginning of a sentence that says that no document is left
/// @param remedy what to do then
/// @param opened told the ids of all files of the whole, each time when it is opened
record ScopedCorpus(
    Corpus whole,
    String described,
    String chosen,
    String remedy,
    DocumentFilter filter,
    Consumer<Set<DocumentId>> opened)
    implements Corpus {
  ScopedCorpus(Corpus whole, String described, String chosen, DocumentFilter filter) {
    this(
        whole,
        described,
        chosen,
        "give a pattern of paths like src/**, or document:ID",
        filter,
        _ -> {});
  }

  @Override
  public String display() {
    return "%s of %s".formatted(described, whole.display());
  }

  @Override
  public String key() {
    return "%s of %s".formatted(described, whole.key());
  }

  @Override
  public OpenCorpus open(String tokenizer) {
    OpenCorpus open = whole.open(tokenizer);
    try {
      return part(open);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  @Override
  public <T> T use(String tokenizer, Function<OpenCorpus, T> use) {
    return whole.use(tokenizer, open -> use.apply(part(open)));
  }

  @Override
  public <T> T useTexts(String tokenizer, Function<OpenCorpus, T> use) {
    return whole.useTexts(tokenizer, open -> use.apply(part(open)));
  }

  @Override
  public UserError withoutText(Ingested ingested) {
    return whole.withoutText(ingested);
  }

  private OpenCorpus part(OpenCorpus open) {
    opened.accept(open.ingested().outcomes().keySet());
    var snapshot = new ScopedSnapshot(open.snapshot(), filter);
    if (snapshot.outlines().isEmpty() && !open.snapshot().outlines().isEmpty()) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "%s no document of %s: %s".formatted(chosen, whole.display(), remedy),
          new UserError.Field("scope", ""));
    }
    return new Part(open, snapshot, filter);
  }

  /// The part of an open corpus; closing it closes the whole.
  private record Part(OpenCorpus whole, Snapshot snapshot, DocumentFilter filter)
      implements OpenCorpus {
    @Override
    public Ingested ingested() {
      Ingested all = whole.ingested();
      return new Ingested(
          kept(all.outcomes()),
          kept(all.members()),
          all.secrets(),
          all.read(),
          all.removed(),
          all.gaps());
    }

    private SequencedMap<DocumentId, Outcome> kept(SequencedMap<DocumentId, Outcome> all) {
      var kept = new LinkedHashMap<DocumentId, Outcome>();
      all.forEach((id, outcome) -> {
        if (filter.has(id)) {
          kept.put(id, outcome);
        }
      });
      return kept;
    }

    @Override
    public Duration took() {
      return whole.took();
    }

    @Override
    public void close() {
      whole.close();
    }
  }
}
