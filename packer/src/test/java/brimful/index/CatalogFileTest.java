package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import brimful.testing.Pictures;
import brimful.testing.Seeds;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.StandardDirectoryReader;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogFileTest {
  @TempDir Path folder;

  private static Document document(DocumentId id, Random random) {
    var chunks = new ArrayList<Chunk>();
    for (int at = random.nextInt(4); at >= 0; at--) {
      int line = chunks.size() + 1;
      var chunk =
          new Chunk(
              id,
              chunks.size(),
              new Locator.Lines(line, line + 1),
              "",
              List.of("name"),
              "text ".repeat(1 + random.nextInt(50)),
              1 + random.nextInt(90));
      chunks.add(random.nextInt(4) == 0 ? chunk.with(Pictures.of(at, 30 + at, 20)) : chunk);
    }
    return new Document(id, random.nextBoolean() ? "Öl & Title" : "", chunks);
  }

  private static Item item(int number, Random random) {
    var id = new DocumentId("dir/f%sö.txt".formatted(number));
    return switch (random.nextInt(4)) {
      case 0 -> new Item(id, "s" + number, new Outcome.Skipped("binary"), List.of(), List.of());
      case 1 -> {
        var member = id.member("in.txt");
        yield new Item(
            id,
            "s",
            new Outcome.Indexed("2 of 3 pages by OCR"),
            List.of(document(member, random)),
            List.of(new Item.Member(member, new Outcome.Indexed())),
            new Secrets(1, List.of(new Secrets.Found(member, "line 1", "key"))));
      }
      default -> new Item(id, "", new Outcome.Indexed(), List.of(document(id, random)), List.of());
    };
  }

  /// Commits items, of which some are replaced and removed.
  private void commit(Random random) {
    try (LuceneIndex index = LuceneIndex.open(folder, "tokenizer")) {
      for (int number = 0; number < 40; number++) {
        index.put(item(random.nextInt(30), random));
      }
      index.remove(new DocumentId("dir/f3ö.txt"));
      index.commit();
    }
  }

  @FunctionalInterface
  private interface Use {
    void with(StandardDirectoryReader reader, MMapDirectory directory) throws IOException;
  }

  private void open(Use use) throws IOException {
    try (var directory = new MMapDirectory(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      use.with((StandardDirectoryReader) reader, directory);
    }
  }

  private Path file() {
    return folder.resolve(CatalogFile.NAME);
  }

  private static void assertSame(OutlineCatalog found, OutlineCatalog expected) {
    assertThat(List.copyOf(found.items().entrySet()))
        .isEqualTo(List.copyOf(expected.items().entrySet()))
        .isNotEmpty();
    expected
        .items()
        .forEach((id, state) -> assertThat(found.item(id)).as(id.value()).hasValue(state));
    assertThat(found.item(new DocumentId("dir/f1"))).isEmpty();
    assertThat(found.columns()).usingRecursiveComparison().isEqualTo(trimmed(expected));
    assertThat(found.chunks()).isEqualTo(expected.chunks());
    assertThat(found.documents()).isEqualTo(expected.documents());
    for (int number = 0; number < expected.documents(); number++) {
      Outline outline = found.outlines().get(number);
      Outline other = expected.outlines().get(number);
      assertThat(outline.document()).isEqualTo(other.document());
      assertThat(outline.title()).isEqualTo(other.title());
      assertThat(List.copyOf(outline.chunks())).isEqualTo(List.copyOf(other.chunks()));
      assertThat(outline.tokens()).isEqualTo(other.tokens());
      assertThat(outline.hasPictures()).isEqualTo(other.hasPictures());
      var tokens = new int[outline.chunks().size() + 1];
      outline.tokens(tokens, 1);
      assertThat(Arrays.stream(tokens).sum()).isEqualTo(outline.tokens());
    }
  }

  /// The columns of a catalog in memory may have room behind their end.
  private static OutlineCatalog.Columns trimmed(OutlineCatalog catalog) {
    OutlineCatalog.Columns columns = catalog.columns();
    return new OutlineCatalog.Columns(
        Arrays.copyOf(columns.firstChunks(), catalog.documents() + 1),
        columns.chunkOfKey(),
        columns.documentOfKey(),
        columns.chunkNorms(),
        Arrays.copyOf(columns.documentNorms(), catalog.documents()),
        columns.contiguous());
  }

  @Seeds
  void hasAllThatTheRecordsHave(long seed) throws IOException {
    commit(new Random(seed));

    open((reader, directory) -> {
      OutlineCatalog expected = OutlineCatalog.read(reader);

      assertSame(IndexView.catalog(reader, directory, 0), expected);
      assertSame(
          CatalogFile.read(file(), reader.getSegmentInfos().getId()).orElseThrow(), expected);
    });
  }

  @Test
  void isMadeForLargeCommitsOnly() throws IOException {
    commit(new Random(1));

    open((reader, directory) ->
        assertSame(IndexView.catalog(reader, directory, 1_000), OutlineCatalog.read(reader)));

    assertThat(file()).doesNotExist();
  }

  @Seeds
  void countsAsNoneIfAnyByteDiffers(long seed) throws IOException {
    var random = new Random(seed);
    commit(random);
    open((reader, directory) -> {
      OutlineCatalog _ = IndexView.catalog(reader, directory, 0);
      byte[] commit = reader.getSegmentInfos().getId();
      byte[] whole = Files.readAllBytes(file());
      for (int each = 0; each < 50; each++) {
        byte[] changed = whole.clone();
        changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file(), changed);
        assertThat(CatalogFile.read(file(), commit)).isEmpty();
        Files.write(file(), Arrays.copyOf(whole, random.nextInt(whole.length)));
        assertThat(CatalogFile.read(file(), commit)).isEmpty();
      }

      assertSame(IndexView.catalog(reader, directory, 0), OutlineCatalog.read(reader));
      assertThat(Files.readAllBytes(file())).isEqualTo(whole);
    });
  }

  /// Who asks for each item in turn does not have all of them read again and again.
  @Test
  void storedItemsKeepTheirStates() throws IOException {
    commit(new Random(1));
    open((reader, directory) -> {
      OutlineCatalog _ = IndexView.catalog(reader, directory, 0);
      OutlineCatalog catalog =
          CatalogFile.read(file(), reader.getSegmentInfos().getId()).orElseThrow();
      var items =
          new StoredItems(
              new LuceneSnapshot(reader, catalog, false, (_, e) -> new IllegalStateException(e)));
      var states = new WeakReference<>(items.states());

      System.gc();

      assertThat(states.get()).isNotNull();
      Reference.reachabilityFence(items);
    });
  }

  @Test
  void draftsThatAKilledProcessLeftAreDeletedByTheNextWriter() throws IOException {
    commit(new Random(1));
    String draft = ".%s.%s.part";
    Path stale = folder.resolve(draft.formatted(CatalogFile.NAME, UUID.randomUUID()));
    Path fresh = folder.resolve(draft.formatted(CatalogFile.NAME, UUID.randomUUID()));
    Path other = folder.resolve(draft.formatted("brimful.other", UUID.randomUUID()));
    for (Path each : List.of(stale, fresh, other)) {
      Files.writeString(each, "half of it");
    }
    FileTime earlier = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    Files.setLastModifiedTime(stale, earlier);
    Files.setLastModifiedTime(other, earlier);

    try (LuceneIndex index = LuceneIndex.open(folder, "tokenizer")) {
      assertThat(stale).as("a reader deletes nothing").exists();
      boolean _ = index.claim();
    }

    assertThat(stale).doesNotExist();
    assertThat(fresh).as("somebody may be writing it").exists();
    assertThat(other).as("not a catalog's").exists();
  }

  @Test
  void isOfOneCommit() throws IOException {
    commit(new Random(1));
    open((reader, directory) -> IndexView.catalog(reader, directory, 0));
    commit(new Random(2));

    open((reader, directory) -> {
      assertThat(CatalogFile.read(file(), reader.getSegmentInfos().getId())).isEmpty();
      assertSame(IndexView.catalog(reader, directory, 0), OutlineCatalog.read(reader));
      assertThat(CatalogFile.read(file(), reader.getSegmentInfos().getId())).isPresent();
    });
  }

  @Test
  void isDoneWithoutWhereItCannotBeWritten() throws IOException {
    commit(new Random(1));
    Files.createDirectories(file().resolve("taken"));

    open((reader, directory) ->
        assertSame(IndexView.catalog(reader, directory, 0), OutlineCatalog.read(reader)));

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(path -> path.toString().endsWith(".part"));
    }
  }
}
