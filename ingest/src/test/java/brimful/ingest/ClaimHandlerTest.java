package brimful.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.kafka.record.Claim;
import brimful.kafka.record.CollectionKey;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.record.Revision;
import brimful.kafka.worker.Handler;
import brimful.kafka.worker.PoisonLookup;
import brimful.source.Rules;
import brimful.source.Sources;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import brimful.testing.Drawn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimHandlerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final DocumentId ITEM = new DocumentId("part/a.pdf");
  private static final String BROKEN_PDF = "%PDF-1.4\nnothing of a PDF\n";
  private static final PoisonLookup NO_POISON = (_, _, _) -> Optional.empty();

  /// One for all tests: each process of its parsers costs a second.
  private static final Extractor EXTRACTOR =
      new Extractor(ExtractLimits.standard(), Rules.standard());

  private static final Handler.Timer TIMER = timer(() -> {});

  @TempDir Path folder;

  @AfterAll
  static void endParsers() {
    EXTRACTOR.close();
  }

  private static Handler.Timer timer(Runnable restarted) {
    return new Handler.Timer() {
      @Override
      public void moved() {}

      @Override
      public void restart() {
        restarted.run();
      }
    };
  }

  private Handler.Handled handle(Claim.Work work, PoisonLookup poison) {
    return handle(work, poison, TIMER);
  }

  private Handler.Handled handle(Claim.Work work, PoisonLookup poison, Handler.Timer timer) {
    var sources = new Sources(Rules.standard(), folder.resolve("git"), Clock.systemUTC());
    try (var open = new OpenSources(sources, List.of(), List.of(), MountMap.NONE)) {
      Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
      return new ClaimHandler(EXTRACTOR, open, poison, "tester", "parser 1", clock)
          .handle(claim(work), timer);
    }
  }

  private static Claim claim(Claim.Work work) {
    return new Claim(BOOKS, "job", ITEM, 7, work, Claim.Attempts.NONE);
  }

  private Claim.Work write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return read(name, text.length());
  }

  private Claim.Work read(String name, long bytes) {
    return new Claim.Work.Read(folder.toString(), new DocumentId(name), "promised", bytes);
  }

  private static Handler.Handled done(long bytes, Revision.Change change) {
    return new Handler.Handled.Done(new Revision(BOOKS, "job", 7, bytes, change), Optional.empty());
  }

  private static Handler.Handled failed(Claim.Work work, long bytes, DeadLetter letter) {
    Item item = Item.without(ITEM, "promised", new Outcome.Failed(letter.detail()));
    assertThat(letter.claim()).isEqualTo(claim(work));
    return new Handler.Handled.Done(
        new Revision(BOOKS, "job", 7, bytes, new Revision.Change.Put(item)), Optional.of(letter));
  }

  private static DeadLetter letter(
      Claim.Work work, DeadLetter.Cause cause, String detail, String stage, String sha256) {
    return new DeadLetter(claim(work), cause, detail, stage, "parser 1", sha256, "tester", NOW);
  }

  @Test
  void secretsAreMaskedUnlessTheClaimKeepsThem() throws IOException {
    String token = Drawn.text("ghp_[A-Za-z0-9]{36}", new Random(1));
    Claim.Work masked = write("a.txt", token);
    var unmasked =
        new Claim.Work.Read(folder.toString(), new DocumentId("a.txt"), "promised", 40, true);

    Item without = item(handle(masked, NO_POISON));
    Item with = item(handle(unmasked, NO_POISON));

    assertThat(without.toString()).doesNotContain(token);
    assertThat(without.secrets().count()).isEqualTo(1);
    assertThat(with.toString()).contains(token);
    assertThat(with.secrets()).isEqualTo(Secrets.NONE);
    assertThat(Claim.state(masked)).isNotEqualTo(Claim.state(unmasked));
  }

  private static Item item(Handler.Handled handled) {
    return handled instanceof Handler.Handled.Done(Revision revision, _)
            && revision.change() instanceof Revision.Change.Put(Item item)
        ? item
        : fail("no item: %s", handled);
  }

  @Test
  void deletesAndNotesOpenNothing() {
    var outcome = new Outcome.Skipped("binary");

    assertThat(handle(new Claim.Work.Delete(), NO_POISON))
        .isEqualTo(done(0, new Revision.Change.Delete(ITEM)));
    assertThat(handle(new Claim.Work.Note(outcome), NO_POISON))
        .isEqualTo(done(0, new Revision.Change.Put(Item.without(ITEM, "", outcome))));
  }

  @Test
  void readsAFileUnderItsNameInTheCollection() throws IOException {
    Handler.Handled handled = handle(write("a.md", "# One\n\ntext\n"), NO_POISON);

    assertThat(handled)
        .isInstanceOfSatisfying(
            Handler.Handled.Done.class,
            done -> {
              assertThat(done.letter()).isEmpty();
              assertThat(done.revision().bytes()).isEqualTo(12);
              assertThat(done.revision().change())
                  .isInstanceOfSatisfying(
                      Revision.Change.Put.class,
                      put -> {
                        assertThat(put.item().id()).isEqualTo(ITEM);
                        assertThat(put.item().stamp()).isEqualTo("promised");
                        assertThat(put.item().outcome()).isEqualTo(new Outcome.Indexed());
                        assertThat(put.item().documents()).hasSize(1);
                      });
            });
  }

  @Test
  void aBrokenDocumentGivesALetterWithItsHash() throws Exception {
    Claim.Work work = write("a.pdf", BROKEN_PDF);
    String sha256 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(Files.readAllBytes(folder.resolve("a.pdf"))));

    Handler.Handled handled = handle(work, NO_POISON);

    assertThat(handled)
        .isInstanceOfSatisfying(
            Handler.Handled.Done.class,
            done -> {
              DeadLetter letter = done.letter().orElseThrow();
              assertThat(letter)
                  .isEqualTo(
                      letter(work, DeadLetter.Cause.DOCUMENT, letter.detail(), "extract", sha256));
              assertThat(letter.detail()).isNotBlank();
              assertThat(done).isEqualTo(failed(work, BROKEN_PDF.length(), letter));
            });
  }

  @Test
  void knownPoisonIsNotTriedAgain() throws IOException {
    Claim.Work work = write("a.pdf", BROKEN_PDF);
    var asked = new AtomicInteger();
    DeadLetter before =
        letter(work, DeadLetter.Cause.OUT_OF_MEMORY, "took it all", "extract", "abc");
    PoisonLookup poison =
        (bytes, parser, sha256) -> {
          asked.incrementAndGet();
          assertThat(bytes).isEqualTo(BROKEN_PDF.length());
          assertThat(parser).isEqualTo("parser 1");
          assertThat(sha256.get()).hasSize(64);
          return Optional.of(before);
        };

    Handler.Handled handled = handle(work, poison);

    assertThat(handled).isEqualTo(failed(work, BROKEN_PDF.length(), before));
    assertThat(asked).hasValue(1);
  }

  @Test
  void aFileThatVanishedFails() throws IOException {
    Claim.Work _ = write("other.txt", "here");
    Claim.Work work = read("gone.txt", 5);

    Handler.Handled handled = handle(work, NO_POISON);

    assertThat(handled)
        .isEqualTo(
            failed(
                work,
                5,
                letter(
                    work, DeadLetter.Cause.UNREACHABLE, "vanished while being read", "read", "")));
  }

  @Test
  void aFolderThatIsNotMountedIsAway() {
    String mount = folder.resolve("mount").toString();

    Handler.Handled handled =
        handle(new Claim.Work.Read(mount, new DocumentId("a.txt"), "promised", 1), NO_POISON);

    assertThat(handled)
        .isInstanceOfSatisfying(
            Handler.Handled.Away.class, away -> assertThat(away.cause()).contains(mount));
  }

  /// The time of a fetch is not the file's, and an interrupt of it is no failure of the file.
  @Test
  void theTimeBeginsAnewWhileARepositoryIsFetched() throws Exception {
    String address = "file://" + folder.resolve("repository");
    Path copy = Sources.copy(address, folder.resolve("git")).orElseThrow();
    var restarts = new CountDownLatch(2);
    var handled =
        new FutureTask<>(() ->
            handle(
                new Claim.Work.Read(address, new DocumentId("a.txt"), "promised", 1),
                NO_POISON,
                timer(restarts::countDown)));
    Thread worker = Thread.ofPlatform().daemon().unstarted(handled);
    try (ProcessLock _ =
        ProcessLock.take(copy.resolve("brimful.fetch"), LockWait.NONE, "is fetching")) {
      worker.start();
      assertThat(restarts.await(60, TimeUnit.SECONDS)).isTrue();
      worker.interrupt();

      assertThat(handled.get(60, TimeUnit.SECONDS)).isEqualTo(new Handler.Handled.Stopped());
    }
  }

  @Test
  void anInterruptStopsIt() throws IOException {
    Claim.Work work = write("a.pdf", BROKEN_PDF);
    Thread.currentThread().interrupt();

    Handler.Handled handled = handle(work, NO_POISON);

    assertThat(Thread.interrupted()).as("the flag stays").isTrue();
    assertThat(handled).isEqualTo(new Handler.Handled.Stopped());
  }
}
