package brimful.collection;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.extract.ocr.Ocr;
import brimful.index.ChunkIndex;
import brimful.ingest.Ingested;
import brimful.ingest.Ingester;
import brimful.ingest.Progress;
import brimful.ingest.Stages;
import brimful.source.Listed;
import brimful.source.Rule;
import brimful.source.Rules;
import brimful.source.Sources;
import brimful.token.TokenCounter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Opens sources and reads them into indexes; no other class builds the stages of ingest.
///
/// Safe for many threads.
public final class SourceReader {
  private final Home home;
  private final Rules rules;
  private final Sources sources;
  private final Ocr ocr;

  private SourceReader(Home home, Rules rules, Sources sources, Ocr ocr) {
    this.home = home;
    this.rules = rules;
    this.sources = sources;
    this.ocr = ocr;
  }

  /// Returns a reader for everything that a person may name.
  ///
  /// @param environment the process's variables, which tell where clones are kept, and what [Ocr]
  ///   reads
  /// @param written the files that this run writes, or is configured by, which are not sources
  public static SourceReader of(Map<String, String> environment, Rules kept, Set<Path> written) {
    Home home = Home.of(environment);
    Ocr ocr = Ocr.of(environment, home.ocr());
    Rules rules = ocr.rules(kept);
    var sources =
        new Sources(
            rules,
            home.git(),
            Clock.systemUTC(),
            environment,
            OutputLog.of(environment).own(written));
    return new SourceReader(home, rules, sources, ocr);
  }

  /// Returns where indexes and clones are kept.
  Home home() {
    return home;
  }

  /// Returns the rules that decide which files are read.
  public Rules rules() {
    return rules;
  }

  /// Returns the opener of locations.
  public Sources sources() {
    return sources;
  }

  /// Returns a new extractor that follows the rules; the caller closes it.
  public Extractor extractor() {
    return new Extractor(ExtractLimits.standard(), rules, ocr);
  }

  /// Returns a chunker that counts with a tokenizer.
  static Chunker chunker(TokenCounter counter) {
    return new Chunker(counter, ChunkLimits.DEFAULT);
  }

  /// Reads what has changed in a source into an index, on all cores, and commits.
  ///
  /// @param listed every file of the source; an empty list removes all of it from the index
  /// @param scope which items of the index belong to the source
  public Ingested read(
      ChunkIndex index,
      TokenCounter counter,
      List<Listed> listed,
      Ingester.Scope scope,
      Progress progress) {
    int workers = Runtime.getRuntime().availableProcessors();
    try (Extractor extractor = extractor()) {
      var stages = new Stages(extractor, chunker(counter), rules.has(Rule.SECRETS));
      return new Ingester(stages, index, workers).ingest(listed, scope, progress);
    }
  }
}
