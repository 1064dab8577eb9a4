package brimful.ingest;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.extract.Ending;
import brimful.extract.Extractor;
import brimful.extract.FailureKind;
import brimful.kafka.record.Claim;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import brimful.kafka.worker.Handler;
import brimful.kafka.worker.PoisonLookup;
import brimful.source.Listed;
import brimful.token.Tokenizers;
import brimful.web.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handles claims with the same [Stages] as the local pipeline: the same file gives the same item.
/// Safe for many threads.
public final class ClaimHandler implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimHandler.class);

  /// A revision is sent and applied as a whole, so a worker and an index worker hold all of it,
  /// several times over.
  private static final long CHARACTERS_MAX = 64L << 20;

  /// How often a page is tried again whose site has trouble with it, within half a minute; the next
  /// submission of its collection tries again.
  private static final int PASSING_TRIES_MAX = 5;

  private static final String EXTRACT = "extract";
  private static final String READ = "read";

  private final Extractor extractor;
  private final OpenSources sources;
  private final PoisonLookup poison;
  private final String worker;
  private final String parser;
  private final Clock clock;
  private final Map<StagesKey, Stages> stages = new ConcurrentHashMap<>();

  private record StagesKey(String tokenizer, boolean masking) {}

  /// @param worker the worker's name, for dead letters
  /// @param parser the parser and its version, for dead letters
  public ClaimHandler(
      Extractor extractor,
      OpenSources sources,
      PoisonLookup poison,
      String worker,
      String parser,
      Clock clock) {
    this.extractor = extractor;
    this.sources = sources;
    this.poison = poison;
    this.worker = worker;
    this.parser = parser;
    this.clock = clock;
  }

  @Override
  public Handled handle(Claim claim, Timer timer) {
    return switch (claim.work()) {
      case Claim.Work.Delete _ -> done(claim, new Revision.Change.Delete(claim.item()));
      case Claim.Work.Note(Outcome outcome, _) ->
          done(claim, Item.without(claim.item(), "", outcome));
      case Claim.Work.Read read -> read(claim, read, timer);
    };
  }

  @Override
  public Optional<String> trouble(String location) {
    try {
      return sources.trouble(location);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      // Its claims return, and each becomes a failure of its own.
      return Optional.empty();
    }
  }

  private Handled read(Claim claim, Claim.Work.Read read, Timer timer) {
    Optional<Listed.File> found;
    try {
      // A fetch has a limit of its own, and its time is not that of the file.
      found = sources.file(read.location(), read.path(), timer::restart);
    } catch (CancellationException e) {
      return new Handled.Stopped();
    } catch (UserError e) {
      return new Handled.Away(e.line());
    } catch (UncheckedIOException e) {
      return new Handled.Later(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      // A path that makes our code or a library throw does so each time.
      LOG.debug("cannot open source={}", claim.item(), e);
      String detail =
          Ending.thrown(e).outcome() instanceof Outcome.Failed(String cause) ? cause : e.toString();
      return failed(claim, DeadLetter.Cause.DOCUMENT, detail, READ, "");
    }
    if (found.isEmpty()) {
      return failed(claim, DeadLetter.Cause.UNREACHABLE, "vanished while being read", READ, "");
    }
    // The item has its id in the collection and the promised stamp: if the file has changed since,
    // the next listing sees another stamp and claims it again.
    Listed.File file =
        new Listed.File(claim.item(), read.stamp(), found.get().bytes(), found.get().content());
    Optional<DeadLetter> known = poison.known(file.bytes(), parser, () -> sha256(file));
    if (claim.redrives().isEmpty() && known.isPresent()) {
      return failed(
          claim, known.get().cause(), known.get().detail(), EXTRACT, known.get().sha256());
    }
    return worked(claim, read, file, timer);
  }

  private Handled worked(Claim claim, Claim.Work.Read read, Listed.File file, Timer timer) {
    var whole = new WholeItem(CHARACTERS_MAX);
    Stages.Processed processed =
        stages(claim.collection().tokenizer(), !read.unmasked())
            .process(file, _ -> timer.moved(), whole);
    boolean unread = processed.breakdown() == FailureKind.SOURCE;
    if (processed.breakdown() == FailureKind.INTERRUPTED
        || (unread && Thread.currentThread().isInterrupted())) {
      return new Handled.Stopped();
    }
    if (unread) {
      // It was found a moment ago: does the rest of the source still answer?
      Optional<String> away = trouble(read.location());
      if (away.isPresent()) {
        return new Handled.Away(away.get());
      }
      Optional<String> passing = WebClient.passing(processed.item().outcome());
      if (passing.isPresent() && claim.attempts().transients() < PASSING_TRIES_MAX) {
        return new Handled.Later(passing.get());
      }
    }
    return finished(claim, file, processed, whole);
  }

  private Handled finished(
      Claim claim, Listed.File file, Stages.Processed processed, WholeItem whole) {
    Item item = processed.item();
    return item.outcome() instanceof Outcome.Failed(String detail)
        ? failed(claim, cause(processed.breakdown()), detail, EXTRACT, sha256(file))
        : done(claim, whole.with(item));
  }

  private Stages stages(String tokenizer, boolean masking) {
    return stages.computeIfAbsent(
        new StagesKey(tokenizer, masking),
        key ->
            new Stages(
                extractor,
                new Chunker(Tokenizers.named(tokenizer), ChunkLimits.DEFAULT),
                key.masking()));
  }

  private static DeadLetter.Cause cause(FailureKind failureKind) {
    return switch (failureKind) {
      case TIMEOUT -> DeadLetter.Cause.TIMEOUT;
      case STALLED -> DeadLetter.Cause.STALLED;
      case OUT_OF_MEMORY -> DeadLetter.Cause.OUT_OF_MEMORY;
      case CRASH -> DeadLetter.Cause.CRASH;
      case BOMB -> DeadLetter.Cause.BOMB;
      case SOURCE -> DeadLetter.Cause.UNREACHABLE;
      case DOCUMENT, INTERRUPTED, NONE -> DeadLetter.Cause.DOCUMENT;
    };
  }

  private static Handled done(Claim claim, Item item) {
    return done(claim, new Revision.Change.Put(item));
  }

  private static Handled done(Claim claim, Revision.Change change) {
    return new Handled.Done(Revision.of(claim, change), Optional.empty());
  }

  private Handled failed(
      Claim claim, DeadLetter.Cause cause, String detail, String stage, String sha256) {
    String stamp = claim.work() instanceof Claim.Work.Read read ? read.stamp() : "";
    Item item = Item.without(claim.item(), stamp, new Outcome.Failed(detail));
    var letter =
        new DeadLetter(claim, cause, detail, stage, parser, sha256, worker, clock.instant());
    return new Handled.Done(Revision.of(claim, new Revision.Change.Put(item)), Optional.of(letter));
  }

  /// Returns the hash of a file's bytes; empty if they cannot be read.
  private static String sha256(Listed.File file) {
    try (InputStream in = file.content().open();
        var digesting = new DigestInputStream(in, Sha256.digest())) {
      digesting.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }
}
