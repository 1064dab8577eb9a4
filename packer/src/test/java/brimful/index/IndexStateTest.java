package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.corpus.UserError;
import brimful.store.LockWait;
import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index among other processes, on a full disk, and on one that changes bytes.
final class IndexStateTest {
  private static final String TOKENIZER = "tokenizer";

  @TempDir Path folder;

  @Test
  void showsWhatAnotherHasWrittenWhenItIsClaimed() {
    try (LuceneIndex late = open()) {
      try (LuceneIndex early = open()) {
        early.put(item("a", "text"));
        early.commit();
      }

      assertThat(late.claim()).isTrue();
      assertThat(late.claim()).isFalse();
      assertThat(texts(late)).containsExactly("text");
    }
  }

  @Test
  void waitsForAnotherWriterAndSaysSo() {
    var told = new ArrayList<String>();
    LuceneIndex first = open();
    first.put(item("a", "text"));
    first.commit();
    // Whoever is told ends the first, so that the waiting has an end.
    var lockWait =
        new LockWait(
            Duration.ofMinutes(1),
            line -> {
              told.add(line);
              first.close();
            });

    try (LuceneIndex second = LuceneIndex.open(place(), TOKENIZER, lockWait)) {
      second.put(item("b", "more"));
      second.commit();

      assertThat(texts(second)).containsExactlyInAnyOrder("text", "more");
      assertThat(told).singleElement().asString().contains("that is writing this index");
    }
  }

  @Test
  void letsAnotherWriteOnceItIsReleased() {
    try (LuceneIndex first = open();
        LuceneIndex second = open()) {
      first.put(item("a", "lost"));
      first.release();

      second.put(item("b", "kept"));
      second.commit();
      first.refresh();

      assertThat(texts(first)).containsExactly("kept");
    }
  }

  @Test
  void isNotDeletedWhileSomebodyReadsIt() throws IOException {
    try (LuceneIndex index = open()) {
      index.put(item("a", "text"));
      index.commit();
      index.release();

      assertThat(IndexFiles.delete(place())).isFalse();
      assertThat(texts(index)).containsExactly("text");
    }
    assertThat(IndexFiles.delete(place())).isTrue();
    assertThat(place()).doesNotExist();
  }

  @Seeds
  void keepsTheLastCommitAndNothingElseWhenTheDiskIsFull(long seed) throws IOException {
    var random = new Random(seed);
    var directory = new FullDirectory(MMapDirectory.open(Files.createDirectories(place())));
    try (LuceneIndex index =
        new LuceneIndex(new IndexFolder(place()), directory, TOKENIZER, LockWait.NONE)) {
      index.put(item("a", "kept"));
      index.commit();
      List<Path> before = data();

      directory.leave(random.nextInt(6_000));
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 50; i++) {
                  index.put(item("b" + i, random.ints(200).boxed().toList().toString()));
                }
                index.commit();
              })
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.DISK_FULL));

      assertThat(data()).isEqualTo(before);
      assertThat(texts(index)).containsExactly("kept");
      assertThatThrownBy(() -> index.put(item("c", "refused"))).isInstanceOf(UserError.class);
      directory.leave(Long.MAX_VALUE);
      index.release();
      index.put(item("c", "later"));
      index.commit();
      assertThat(texts(index)).containsExactlyInAnyOrder("kept", "later");
    }
  }

  @Seeds({1, 2, 3, 4, 5, 6, 7, 8, 42})
  void neverGivesBackOtherTextThanWasPut(long seed) throws IOException {
    var random = new Random(seed);
    try (LuceneIndex index = open()) {
      for (int i = 0; i < 20; i++) {
        index.put(item("f" + i, random.ints(20).boxed().toList().toString()));
      }
      index.commit();
    }
    List<String> put;
    try (LuceneIndex index = open()) {
      put = texts(index);
    }
    List<Path> files = data();
    Path victim = files.get(random.nextInt(files.size()));
    byte[] bytes = Files.readAllBytes(victim);
    for (int i = 0; i < 20; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(victim, bytes);

    List<String> read;
    try (LuceneIndex index = open()) {
      read = texts(index);
      if (index.startedEmpty()) {
        assertThat(index.discarded()).isPresent();
        assertThat(aside()).hasSize(1);
        return;
      }
    } catch (UserError e) {
      assertThat(e).hasMessageContaining("damaged");
      try (LuceneIndex index = open()) {
        assertThat(index.startedEmpty()).isTrue();
        assertThat(index.discarded().orElse(""))
            .contains("is damaged")
            .contains(aside().getFirst().toString());
        index.put(item("a", "anew"));
        index.commit();
        assertThat(texts(index)).containsExactly("anew");
      }
      return;
    }
    assertThat(read).isEqualTo(put);
  }

  @Test
  void findsDamageInAChunksRecordWhenItIsRead() throws IOException {
    try (LuceneIndex index = open()) {
      // No words, and nothing to compress: nearly all of the file is this chunk's record.
      var text = new StringBuilder();
      new Random(1).ints(50_000, '!', '0').forEach(c -> text.append((char) c));
      index.put(item("a", text.toString()));
      index.commit();
    }
    Path file = data().stream().filter(one -> one.toString().endsWith(".cfs")).findFirst().get();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    try (LuceneIndex index = open()) {
      assertThat(index.discarded()).isEmpty();
      assertThatThrownBy(() -> texts(index))
          .isInstanceOfSatisfying(
              UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.BUSY))
          .hasMessageContaining("damaged")
          .hasMessageContaining("being rebuilt");
    }
    assertThat(IndexFiles.isDamaged(place())).isTrue();
  }

  private Path place() {
    return folder.resolve("main");
  }

  private LuceneIndex open() {
    return LuceneIndex.open(place(), TOKENIZER);
  }

  private List<Path> data() throws IOException {
    return new IndexFolder(place()).data();
  }

  private List<Path> aside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains(".damaged-")).toList();
    }
  }

  private static Item item(String name, String text) {
    var id = new DocumentId(name);
    var chunk = new Chunk(id, 0, new Locator.Lines(1, 1), "", List.of(), text, text.length());
    return new Item(
        id, "stamp", new Outcome.Indexed(), List.of(new Document(id, List.of(chunk))), List.of());
  }

  private static List<String> texts(LuceneIndex index) {
    try (Snapshot snapshot = index.snapshot()) {
      return snapshot
          .read(snapshot.outlines().stream().flatMap(one -> one.chunks().stream()).toList())
          .stream()
          .map(Chunk::text)
          .toList();
    }
  }
}
