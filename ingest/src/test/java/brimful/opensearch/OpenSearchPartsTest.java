package brimful.opensearch;

import static brimful.index.ChunkIndexContract.item;
import static brimful.opensearch.OpenSearchIndexTest.part;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.index.ChunkIndex;
import brimful.index.DocumentNumbers;
import brimful.index.ItemParts;
import brimful.index.LuceneIndex;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.index.SnapshotPart;
import brimful.index.Terms;
import brimful.testing.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A question about a part of a collection finds in an engine in a container what it finds in an
/// index of this machine, however little of the best of the whole is in the part.
final class OpenSearchPartsTest {
  private ContainerIndex containerIndex;
  private OpenSearchIndex index;

  @BeforeEach
  void open() {
    containerIndex = new ContainerIndex("parts");
    index = containerIndex.index();
  }

  @AfterEach
  void close() {
    containerIndex.close();
  }

  private static SearchLimits limits(int chunks, int documents, int found, RecordFilter filter) {
    return new SearchLimits(chunks, documents, found, filter);
  }

  private static Terms terms(String question) {
    return new Terms(List.of(new Terms.Passage(question, 1)), Optional.empty(), false);
  }

  private static SnapshotPart under(Snapshot snapshot, String folder) {
    return new SnapshotPart(
        DocumentNumbers.of(snapshot),
        snapshot.outlines().stream()
            .filter(outline -> outline.document().value().startsWith(folder))
            .toList());
  }

  /// All that the question finds first is elsewhere.
  @Test
  void findsASmallPartOfALargeCollection(@TempDir Path folder) {
    try (LuceneIndex lucene = LuceneIndex.open(folder, "estimate")) {
      for (ChunkIndex each : List.of(lucene, index)) {
        for (int file = 0; file < 60; file++) {
          each.put(item("large/" + file, "broker broker header", "header of a broker"));
        }
        each.put(item("small/a", "a broker, and much else ".repeat(40)));
        each.put(item("small/b", "much else, and the header ".repeat(50)));
        each.commit();
      }
      SearchLimits few = limits(20, 10, 50, RecordFilter.STANDARD);
      try (Snapshot expected = lucene.snapshot();
          Snapshot actual = ((OpenSearchSnapshot) index.snapshot()).with(few)) {
        Terms asked = terms("the header of a broker");
        Snapshot.Matches wanted = expected.matches(asked).within(under(expected, "small/"));
        Snapshot.Matches found = actual.matches(asked).within(under(actual, "small/"));

        assertThat(found.chunks(20)).isEqualTo(wanted.chunks(20)).hasSize(2);
        assertThat(found.documents(10)).isEqualTo(wanted.documents(10)).hasSize(2);
        assertThat(found.documents(Integer.MAX_VALUE)).isEqualTo(wanted.documents(10));
      }
    }
  }

  private static String text(Random random) {
    return "text "
        + "broker ".repeat(random.nextInt(4))
        + "header ".repeat(random.nextInt(3))
        + "filler ".repeat(random.nextInt(1 << random.nextInt(8)));
  }

  private static String[] texts(Random random) {
    String[] texts = new String[1 + random.nextInt(4)];
    Arrays.setAll(texts, _ -> text(random));
    return texts;
  }

  /// A file, an archive of files, or a file in parts.
  private static void put(ChunkIndex index, String name, Random random) {
    var id = new DocumentId(name);
    switch (random.nextInt(4)) {
      case 0 -> {
        var members = new ArrayList<Document>();
        for (int member = 0; member < 3; member++) {
          members.add(part(new DocumentId(name + "!/" + member), 0, texts(random)));
        }
        index.put(new Item(id, "stamp", new Outcome.Indexed(), members, List.of()));
      }
      case 1 -> {
        try (ItemParts parts = index.begin(id)) {
          for (int chunk = 0; chunk < 3; chunk++) {
            parts.add(List.of(part(id, chunk, text(random))));
          }
          parts.end(item(name, part(id, 3, text(random))));
        }
      }
      default -> index.put(item(name, texts(random)));
    }
  }

  /// Returns some documents, of some of which only some chunks.
  private static SnapshotPart some(Snapshot snapshot, Random random) {
    int share = 1 + random.nextInt(10);
    var outlines = new ArrayList<Outline>();
    for (Outline one : snapshot.outlines()) {
      if (random.nextInt(10) < share) {
        int first = random.nextInt(3) == 0 ? random.nextInt(one.chunks().size()) : 0;
        outlines.add(
            new Outline(
                one.document(), one.title(), one.chunks().subList(first, one.chunks().size())));
      }
    }
    return new SnapshotPart(DocumentNumbers.of(snapshot), outlines);
  }

  /// Returns the scores of a part's documents, by their numbers in it.
  private static float[] numbered(Snapshot.Matches matches, SnapshotPart part, int limit) {
    var scores = new float[part.outlines().size()];
    matches.documents(limit, scores);
    return scores;
  }

  @Seeds
  void findsOfAnyPartWhatAnIndexOfThisMachineDoes(long seed, @TempDir Path folder) {
    var random = new Random(seed);
    try (LuceneIndex lucene = LuceneIndex.open(folder, "estimate")) {
      for (int item = 0; item < 60; item++) {
        long content = random.nextLong();
        for (ChunkIndex each : List.of(lucene, index)) {
          put(each, "d" + item, new Random(content));
        }
      }
      for (ChunkIndex each : List.of(lucene, index)) {
        each.commit();
        each.remove(new DocumentId("d7"));
        put(each, "d8", new Random(seed));
        each.commit();
      }
      try (Snapshot expected = lucene.snapshot();
          Snapshot whole = index.snapshot()) {
        for (int terms : List.of(1, 3, 1_000)) {
          for (int clauses : List.of(1, 1_000)) {
            var filter = new RecordFilter(terms, clauses);
            int limit = 1 + random.nextInt(40);
            Snapshot actual =
                ((OpenSearchSnapshot) whole).with(limits(1_000, limit, 2_000, filter));
            long chosen = random.nextLong();
            Terms asked = terms("the header of a broker");

            Snapshot.Matches wanted =
                expected.matches(asked).within(some(expected, new Random(chosen)));
            Snapshot.Matches found = actual.matches(asked).within(some(actual, new Random(chosen)));

            assertThat(found.chunks(limit)).as("%s", filter).isEqualTo(wanted.chunks(limit));
            assertThat(found.documents(limit)).isEqualTo(wanted.documents(limit));
            assertThat(numbered(found, some(actual, new Random(chosen)), limit))
                .containsExactly(numbered(wanted, some(expected, new Random(chosen)), limit));
          }
        }
      }
    }
  }

  /// Some more than are looked at are fetched to be certain.
  @Test
  void returnsAllDocumentsThatMatch() {
    for (int file = 0; file < 23; file++) {
      index.put(item("d" + file, "broker ".repeat(file + 1)));
    }
    index.commit();
    for (int most : List.of(3, 20, 22, 23)) {
      SearchLimits few = limits(1_000, most, 2_000, RecordFilter.STANDARD);
      try (Snapshot snapshot = ((OpenSearchSnapshot) index.snapshot()).with(few)) {
        assertThat(snapshot.matches(terms("broker")).documents(Integer.MAX_VALUE)).hasSize(23);
        assertThat(snapshot.matches(terms("broker")).documents(most)).hasSize(most);
      }
    }
  }

  /// A document of several records is whole, though more match than are looked at.
  @Test
  void findsAllOfDocumentsInPartsAmongManyOthers(@TempDir Path folder) {
    var random = new Random(3);
    try (LuceneIndex lucene = LuceneIndex.open(folder, "estimate")) {
      for (int item = 0; item < 80; item++) {
        long content = random.nextLong();
        for (ChunkIndex each : List.of(lucene, index)) {
          put(each, "d" + item, new Random(content));
        }
      }
      lucene.commit();
      index.commit();
      SearchLimits few = limits(1_000, 20, 2_000, RecordFilter.STANDARD);
      try (Snapshot expected = lucene.snapshot();
          Snapshot actual = ((OpenSearchSnapshot) index.snapshot()).with(few)) {
        for (int limit : IntStream.of(1, 5, 20).toArray()) {
          assertThat(actual.matches(terms("header broker")).documents(limit))
              .isEqualTo(expected.matches(terms("header broker")).documents(limit))
              .hasSize(limit);
        }
      }
    }
  }
}
