package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.ingest.MountMap;
import brimful.ingest.OpenSources;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Revision;
import brimful.kafka.worker.Handler;
import brimful.kafka.worker.Worker;
import brimful.source.Rules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to claims whose source some or all workers cannot open.
final class WaitingPipelineTest {
  private static final CollectionKey OTHER = new CollectionKey("other", "estimate");
  private static final int MANY = 300;
  private static final int FEW = 5;

  @TempDir Path folder;

  private Path corpus(String name, int files) throws IOException {
    Path corpus = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < files; i++) {
      Path file = Files.writeString(corpus.resolve("file%s.md".formatted(i)), "# file " + i);
      // A file that has just been written counts as changed until its time has settled.
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }
    return corpus;
  }

  private static int waiting(Pipelines pipeline) {
    try (var list = new WaitingList(pipeline.cluster())) {
      return list.refresh().size();
    }
  }

  @Test
  void aSourceThatIsAwayHoldsUpNoOtherAndLosesNothing() throws Exception {
    Path away = corpus("away", MANY);
    Path here = corpus("here", FEW);
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder.resolve("home"));
        var extractor = new Extractor(ExtractLimits.standard(), Rules.standard());
        var open = new OpenSources(pipeline.sources(), List.of(), List.of(), MountMap.NONE)) {
      Handler handler = pipeline.handler(extractor, open, (_, _, _) -> Optional.empty());
      pipeline.submit(away);
      pipeline.submit(here, OTHER);
      Files.move(away, folder.resolve("elsewhere"));

      // The first worker sets the claims aside, and the second, after its end, returns them.
      try (Worker worker = pipeline.worker(handler)) {
        Pipelines.await(worker, FEW);
        while (waiting(pipeline) < MANY) {
          worker.await(Duration.ofMillis(50));
        }
        assertThat(worker.counters().items()).isEqualTo(FEW);
      }
      Files.move(folder.resolve("elsewhere"), away);
      try (Worker worker = pipeline.worker(handler)) {
        Pipelines.await(worker, MANY);
      }
      pipeline.index();

      assertThat(pipeline.indexed()).isEqualTo(pipeline.local(away)).hasSize(MANY);
      assertThat(pipeline.indexed(OTHER)).isEqualTo(pipeline.local(here)).hasSize(FEW);
      assertThat(waiting(pipeline)).isZero();
      assertThat(DeadLetters.list(pipeline.cluster())).isEmpty();
    }
  }

  /// To a file system, a name is bytes.
  @Test
  void namesThatAreNotUtf8AreThoseOfTheLocalPipeline() throws Exception {
    Path corpus = corpus("names", 1);
    for (String name : List.of("caf%E9.md", "%FF/%FE%80.md", "caf%C3%A9.md", "a%0Ab.md")) {
      Path file = Path.of(URI.create(corpus.toUri() + name));
      Files.createDirectories(file.getParent());
      Files.writeString(file, "# " + name);
      Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder.resolve("home"))) {
      pipeline.work(pipeline.submit(corpus).submitted());
      pipeline.index();

      assertThat(pipeline.indexed())
          .isEqualTo(pipeline.local(corpus))
          .hasSize(5)
          .anyMatch(chunk -> chunk.startsWith("caf\\xE9.md "));
      assertThat(pipeline.submit(corpus).isAny()).isFalse();
    }
  }

  @Test
  void workersThatSeeDifferentSourcesShareTheirClaims() throws Exception {
    Path one = corpus("one", MANY);
    Path two = corpus("two", MANY);
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder.resolve("home"))) {
      pipeline.submit(one);
      pipeline.submit(two, OTHER);
      Set<Claim.Attempts> attempts = ConcurrentHashMap.newKeySet();

      try (Worker first = pipeline.worker(new OnlyOf(one, attempts));
          Worker second = pipeline.worker(new OnlyOf(two, attempts))) {
        while (first.counters().items() + second.counters().items() < 2 * MANY) {
          first.await(Duration.ofMillis(50));
        }
      }
      pipeline.index();

      assertThat(JobProgress.read(pipeline.cluster()))
          .hasSize(2)
          .allSatisfy(job -> assertThat(job.isDone()).isTrue());
      assertThat(attempts).allMatch(so -> so.transients() == 0);
      assertThat(waiting(pipeline)).isZero();
      assertThat(DeadLetters.list(pipeline.cluster())).isEmpty();
    }
  }

  /// Sees the files of one folder.
  private record OnlyOf(Path folder, Set<Claim.Attempts> attempts) implements Handler {

    @Override
    public Handled handle(Claim claim, Timer timer) {
      attempts.add(claim.attempts());
      String location = ((Claim.Work.Read) claim.work()).location();
      Optional<String> trouble = trouble(location);
      if (trouble.isPresent()) {
        return new Handled.Away(trouble.get());
      }
      var item = Item.without(claim.item(), "stamp", new Outcome.Skipped("empty"));
      return new Handled.Done(
          new Revision(
              claim.collection(), claim.job(), claim.version(), 1, new Revision.Change.Put(item)),
          Optional.empty());
    }

    @Override
    public Optional<String> trouble(String location) {
      return location.equals(folder.toString())
          ? Optional.empty()
          : Optional.of(location + " is not there: mount it");
    }
  }
}
