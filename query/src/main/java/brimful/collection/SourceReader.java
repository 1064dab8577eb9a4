package brimful.collection;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.PathKind;
import brimful.extract.Extractor;
import brimful.extract.limit.Limits;
import brimful.extract.media.Media;
import brimful.extract.media.Recordings;
import brimful.extract.ocr.ImageMode;
import brimful.extract.ocr.Ocr;
import brimful.index.ChunkIndex;
import brimful.index.ItemState;
import brimful.ingest.Ingested;
import brimful.ingest.Ingester;
import brimful.ingest.Progress;
import brimful.ingest.Stages;
import brimful.model.LimitSettings;
import brimful.model.ModelCatalog;
import brimful.model.Settings;
import brimful.model.TranscribeSettings;
import brimful.source.Listed;
import brimful.source.Rule;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.source.Sources;
import brimful.token.TokenCounter;
import brimful.web.WebClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Opens sources and reads them into indexes; no other class builds the stages of ingest.
///
/// Safe for many threads.
public final class SourceReader {
  private final Home home;
  private final Rules rules;
  private final Sources sources;
  private final Limits limits;
  private final Media media;

  private SourceReader(Home home, Rules rules, Sources sources, Limits limits, Media media) {
    this.home = home;
    this.rules = rules;
    this.sources = sources;
    this.limits = limits;
    this.media = media;
  }

  /// Returns a reader for everything that a person may name.
  ///
  /// @param environment the process's variables, which tell where clones and the configuration are,
  ///   and what [Ocr] and [Recordings] read, and whether pictures are kept ([ImageMode]), by
  ///   default for the configured model
  /// @param written the files that this run writes, or is configured by, which are not sources
  public static SourceReader of(Map<String, String> environment, Rules kept, Set<Path> written) {
    Home home = Home.of(environment);
    var media =
        new Media(
            Ocr.of(environment, home.ocr()),
            Recordings.of(TranscribeSettings.in(environment), home.transcripts()));
    ImageMode images = ImageMode.of(environment);
    Rules rules = images.rules(media.rules(kept), images == ImageMode.AUTO && sees(environment));
    var sources =
        new Sources(
            rules,
            home.git(),
            Clock.systemUTC(),
            environment,
            OutputLog.of(environment).own(written));
    return new SourceReader(home, rules, sources, LimitSettings.read(environment), media);
  }

  /// Returns whether the configured model may see. One that the catalog lacks may: a local runner
  /// tells when it is asked.
  private static boolean sees(Map<String, String> environment) {
    Settings settings = Settings.read(environment);
    ModelCatalog catalog = ModelCatalog.load(settings.models());
    return (settings.model().isEmpty()
            ? Optional.of(catalog.defaultProfile())
            : catalog.known(settings.model()))
        .map(model -> model.vision().isPresent())
        .orElse(true);
  }

  /// Returns the same reader with limits of its own.
  ///
  /// @param words such as `members=200000`, which win over environment and configuration
  public SourceReader limited(List<String> words) {
    return new SourceReader(home, rules, sources, limits.with(words), media);
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

  /// Returns the limits of reading a file.
  public Limits limits() {
    return limits;
  }

  /// Returns whether a file or one of its members would now be read further: it met a limit that is
  /// higher now, or lacked a program or an endpoint that is there now, or its site was busy.
  public boolean readsMore(ItemState state) {
    return readsMore(state.outcome())
        || state.members().stream().map(Item.Member::outcome).anyMatch(this::readsMore);
  }

  private boolean readsMore(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Indexed _, Outcome.Encrypted _ -> false;
      case Outcome.Truncated(_, _, _, String detail) -> readsMore(detail);
      case Outcome.Skipped(String rule) -> readsMore(rule);
      case Outcome.Failed(String cause) -> readsMore(cause);
    };
  }

  private boolean readsMore(String said) {
    return Extractor.readsMore(limits, said)
        || media.recordings().readsMore(said)
        || WebClient.isForNow(said);
  }

  /// Returns a new extractor that follows rules and limits; the caller closes it.
  public Extractor extractor() {
    return Extractor.of(limits, rules, media);
  }

  /// Returns what transcribing the recordings among some files of a source would take with the
  /// settings of this machine, in a line; empty if there is nothing to send.
  ///
  /// The source is listed once more, if any of them is a recording.
  ///
  /// @param some the ids of files
  public Optional<String> forecast(Source source, Set<DocumentId> some) {
    if (!media.recordings().hears()
        || some.stream().noneMatch(id -> PathKind.isRecording(id.value()))) {
      return Optional.empty();
    }
    List<Listed.File> files =
        source.list().stream()
            .filter(listed -> some.contains(listed.id()))
            .filter(Listed.File.class::isInstance)
            .map(Listed.File.class::cast)
            .toList();
    try (Extractor extractor = extractor()) {
      return extractor.forecast(files);
    }
  }

  /// Returns a chunker that counts with a tokenizer.
  static Chunker chunker(TokenCounter counter) {
    return new Chunker(counter, ChunkLimits.DEFAULT);
  }

  /// Reads what has changed in a source into an index, and what met a limit that is higher now, on
  /// all cores, and commits.
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
      var more =
          new Ingester.Scope(scope.covers(), scope.again().or(this::readsMore), scope.stored());
      return new Ingester(stages, index, workers).ingest(listed, more, progress);
    }
  }
}
