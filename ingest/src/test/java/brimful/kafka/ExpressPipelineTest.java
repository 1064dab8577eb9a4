package brimful.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.Revision;
import brimful.kafka.worker.Handler;
import brimful.kafka.worker.Worker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small jobs overtake large ones.
final class ExpressPipelineTest {
  private static final CollectionKey LARGE = new CollectionKey("large", "estimate");
  private static final CollectionKey SMALL = new CollectionKey("small", "estimate");
  private static final int MANY = 100;
  private static final int FEW = 10;

  @TempDir Path folder;

  /// Submits text files and as many documents.
  private static void submit(Pipelines pipeline, CollectionKey collection, int each) {
    SequencedMap<DocumentId, Claim.Work> wanted = new LinkedHashMap<>();
    for (int i = 0; i < each; i++) {
      for (String name : new String[] {i + ".txt", i + ".pdf"}) {
        var id = new DocumentId(name);
        wanted.put(id, new Claim.Work.Read("/mnt", id, "stamp", 1));
      }
    }
    SubmittedItems none = SubmittedItems.of(List.of(), Set.of());
    new Submitter(pipeline.publisher(), collection, none, Clock.systemUTC())
        .submit(wanted, _ -> false);
  }

  @Test
  void aSmallJobEndsWhileALargeOneHoldsAllSlots() throws Exception {
    var smallDone = new CountDownLatch(2 * FEW);
    Set<Claim> held = ConcurrentHashMap.newKeySet();
    Handler handler =
        (claim, _) -> {
          if (claim.collection().equals(SMALL)) {
            smallDone.countDown();
          } else {
            held.add(claim);
            try {
              smallDone.await();
            } catch (InterruptedException e) {
              return new Handler.Handled.Stopped();
            }
          }
          return done(claim);
        };
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder)) {
      submit(pipeline, LARGE, MANY);
      try (Worker worker = pipeline.worker(handler)) {
        while (held.size() < 3) {
          worker.await(Duration.ofMillis(50));
        }
        submit(pipeline, SMALL, FEW);

        Pipelines.await(worker, 2 * FEW);

        assertThat(held).hasSizeLessThan(MANY);
        Pipelines.await(worker, 2 * MANY + 2 * FEW);
      }
    }
  }

  private static Handler.Handled done(Claim claim) {
    var item = Item.without(claim.item(), "stamp", new Outcome.Skipped("empty"));
    return new Handler.Handled.Done(
        new Revision(
            claim.collection(), claim.job(), claim.version(), 1, new Revision.Change.Put(item)),
        Optional.empty());
  }
}
