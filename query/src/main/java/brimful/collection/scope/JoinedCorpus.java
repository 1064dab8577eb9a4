package brimful.collection.scope;

import brimful.collection.Corpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Several corpora as one. Each is a folder of it, under its name.
///
/// @param parts by name, in the order in which they were named
public record JoinedCorpus(SequencedMap<String, Corpus> parts) implements Corpus {
  @Override
  public String display() {
    return parts.values().stream().map(Corpus::display).collect(Collectors.joining(", "));
  }

  @Override
  public String key() {
    return parts.values().stream().map(Corpus::key).collect(Collectors.joining(", "));
  }

  @Override
  public OpenCorpus open(String tokenizer) {
    var open = new ArrayList<Part>();
    try {
      parts.forEach((name, corpus) -> open.add(new Part(name, corpus.open(tokenizer))));
      return new Open(
          open,
          new JoinedSnapshot(
              open.stream()
                  .map(part -> new JoinedSnapshot.Part(part.name, part.corpus.snapshot()))
                  .toList()));
    } catch (RuntimeException e) {
      open.forEach(part -> part.corpus.close());
      throw e;
    }
  }

  @Override
  public UserError withoutText(Ingested ingested) {
    return parts.firstEntry().getValue().withoutText(ingested);
  }

  private record Part(String name, OpenCorpus corpus) {}

  private record Open(List<Part> parts, Snapshot snapshot) implements OpenCorpus {
    @Override
    public Ingested ingested() {
      var outcomes = new TreeMap<DocumentId, Outcome>();
      var members = new TreeMap<DocumentId, Outcome>();
      Secrets secrets = Secrets.NONE;
      int read = 0;
      int removed = 0;
      var gaps = new ArrayList<String>();
      for (Part part : parts) {
        Ingested one = part.corpus.ingested();
        one.outcomes().forEach((id, outcome) -> outcomes.put(id.in(part.name), outcome));
        one.members().forEach((id, outcome) -> members.put(id.in(part.name), outcome));
        secrets = secrets.and(in(part.name, one.secrets()));
        read += one.read();
        removed += one.removed();
        one.gaps().forEach(gap -> gaps.add(part.name + ": " + gap));
      }
      return new Ingested(outcomes, members, secrets, read, removed, gaps);
    }

    private static Secrets in(String folder, Secrets secrets) {
      return new Secrets(
          secrets.count(),
          secrets.found().stream()
              .map(one -> new Secrets.Found(one.document().in(folder), one.locator(), one.rule()))
              .toList());
    }

    @Override
    public Duration took() {
      return parts.stream().map(part -> part.corpus.took()).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
      parts.forEach(part -> part.corpus.close());
    }
  }
}
