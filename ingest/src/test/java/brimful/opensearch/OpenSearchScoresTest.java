package brimful.opensearch;

import static brimful.index.ChunkIndexContract.item;
import static brimful.opensearch.OpenSearchIndexTest.part;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.index.ChunkIndex;
import brimful.index.ItemParts;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.index.Terms;
import brimful.testing.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an engine in a container finds is what an index of this machine finds, to the bit.
final class OpenSearchScoresTest {
  private static final List<String> WORDS =
      List.of(
          "the",
          "organize",
          "organization",
          "organizing",
          "broker",
          "brokers",
          "parse2",
          "Größe",
          "grosse",
          "v1.2",
          "of",
          "rebalancing",
          "organizational",
          "header");

  private ContainerIndex containerIndex;
  private OpenSearchIndex index;

  @BeforeEach
  void open() {
    containerIndex = new ContainerIndex("scores");
    index = containerIndex.index();
  }

  @AfterEach
  void close() {
    containerIndex.close();
  }

  /// Whatever the engine's own scores are, ours are computed from the same frequencies.
  @Seeds
  void scoresAsAnIndexOfThisMachineDoes(long seed, @TempDir Path folder) {
    var random = new Random(seed);
    try (LuceneIndex lucene = LuceneIndex.open(folder, "estimate")) {
      for (int document = 0; document < 40; document++) {
        var texts = new ArrayList<String>();
        for (int chunk = 0; chunk <= random.nextInt(3); chunk++) {
          var text = new StringBuilder("text ");
          for (int word = 0; word < random.nextInt(80); word++) {
            text.append(WORDS.get(random.nextInt(random.nextInt(WORDS.size()) + 1))).append(' ');
          }
          texts.add(text.toString());
        }
        Item item = item("d" + random.nextInt(30), texts.toArray(String[]::new));
        lucene.put(item);
        index.put(item);
      }
      lucene.commit();
      index.commit();

      try (Snapshot expected = lucene.snapshot();
          Snapshot actual = index.snapshot()) {
        assertThat(actual.items()).isEqualTo(expected.items());
        assertThat(actual.languages()).isEqualTo(expected.languages());
        assertThat(actual.spelling("organizatiom")).isEqualTo(expected.spelling("organizatiom"));
        for (boolean forms : List.of(true, false)) {
          var terms =
              new Terms(
                  List.of(
                      new Terms.Passage("organize the brokers", 1),
                      new Terms.Passage("parse2 Größe v1.2", 2.5f)),
                  Optional.empty(),
                  forms);
          assertThat(actual.matches(terms).chunks(1_000))
              .isEqualTo(expected.matches(terms).chunks(1_000));
          assertThat(actual.matches(terms).documents(1_000))
              .isEqualTo(expected.matches(terms).documents(1_000));
        }
      }
    }
  }

  /// Lists of names and dictionaries have more than Lucene takes in one field of features.
  @Test
  void findsEachOfManyDistinctWords(@TempDir Path folder) {
    String[] texts = new String[200];
    Arrays.setAll(
        texts,
        chunk ->
            IntStream.range(0, 600)
                .mapToObj(word -> "w" + (chunk * 600 + word) + "x")
                .collect(Collectors.joining(" ")));
    Item item = item("names", texts);
    try (LuceneIndex lucene = LuceneIndex.open(folder, "estimate")) {
      lucene.put(item);
      index.put(item);
      lucene.commit();
      index.commit();
      try (Snapshot expected = lucene.snapshot();
          Snapshot actual = index.snapshot()) {
        var terms =
            new Terms(
                List.of(new Terms.Passage("w7x w61234x w119999x", 1)), Optional.empty(), false);

        assertThat(actual.matches(terms).documents(10))
            .isEqualTo(expected.matches(terms).documents(10))
            .hasSize(1);
        assertThat(actual.matches(terms).chunks(10))
            .isEqualTo(expected.matches(terms).chunks(10))
            .hasSize(3);
      }
    }
  }

  /// An engine keeps only nine bits of a frequency.
  @Test
  void scoresFrequentWordsAsAnIndexOfThisMachineDoes(@TempDir Path folder) {
    var random = new Random(11);
    try (LuceneIndex lucene = LuceneIndex.open(folder, "estimate")) {
      for (int document = 0; document < 12; document++) {
        String[] texts = new String[3];
        Arrays.setAll(
            texts,
            _ ->
                "broker ".repeat(random.nextInt(2_000))
                    + "rare ".repeat(random.nextInt(300))
                    + "filler ".repeat(random.nextInt(5_000)));
        Item item = item("d" + document, texts);
        lucene.put(item);
        index.put(item);
      }
      lucene.commit();
      index.commit();
      var terms = new Terms(List.of(new Terms.Passage("broker rare", 1)), Optional.empty(), false);
      try (Snapshot expected = lucene.snapshot();
          Snapshot actual = index.snapshot()) {
        Snapshot.Matches wanted = expected.matches(terms);
        Snapshot.Matches found = actual.matches(terms);

        assertThat(found.chunks(100)).isEqualTo(wanted.chunks(100)).hasSize(36);
        assertThat(found.documents(100)).isEqualTo(wanted.documents(100)).hasSize(12);
      }
    }
  }

  /// More chunks match than are wanted, and the engine knows only nearly which are the best.
  @Test
  void findsTheBestOfManyAsAnIndexOfThisMachineDoes(@TempDir Path folder) {
    var random = new Random(7);
    try (LuceneIndex lucene = LuceneIndex.open(folder, "estimate")) {
      for (int document = 0; document < 110; document++) {
        String[] texts = new String[100];
        Arrays.setAll(
            texts,
            _ ->
                "broker "
                    + "header ".repeat(random.nextInt(3))
                    + "filler ".repeat(random.nextInt(1 << random.nextInt(9))));
        Item item = item("d" + document, texts);
        lucene.put(item);
        index.put(item);
      }
      lucene.commit();
      index.commit();
      for (String question : List.of("broker", "header", "the header of a broker")) {
        var terms = new Terms(List.of(new Terms.Passage(question, 1)), Optional.empty(), false);
        try (Snapshot expected = lucene.snapshot();
            Snapshot actual = index.snapshot()) {
          Snapshot.Matches wanted = expected.matches(terms);
          Snapshot.Matches found = actual.matches(terms);

          for (int limit : List.of(10, 300, 5_000, 11_000, Integer.MAX_VALUE)) {
            assertThat(found.chunks(limit)).as("%s of %s", limit, question).isNotEmpty();
            assertThat(found.chunks(limit)).isEqualTo(wanted.chunks(limit));
          }
          assertThat(found.documents(50)).isEqualTo(wanted.documents(50));
          assertThat(actual.matches(terms).documents(7)).isEqualTo(wanted.documents(7));
          assertThat(actual.matches(terms).documents(Integer.MAX_VALUE))
              .isEqualTo(wanted.documents(110));
        }
      }
    }
  }

  /// A record of a large document is not a document: neither do they count as many, nor do they
  /// take the places of others.
  @Test
  void scoresDocumentsInPartsAsAnIndexOfThisMachineDoes(@TempDir Path folder) {
    var random = new Random(5);
    try (LuceneIndex lucene = LuceneIndex.open(folder, "estimate")) {
      for (int document = 0; document < 20; document++) {
        var id = new DocumentId("d" + document);
        String[] texts = new String[6];
        Arrays.setAll(
            texts,
            _ -> "broker " + WORDS.get(random.nextInt(4)) + " text".repeat(random.nextInt(9)));
        for (ChunkIndex each : List.of(lucene, index)) {
          try (ItemParts parts = each.begin(id)) {
            int last = document % 2 == 0 ? texts.length - 1 : 0;
            for (int chunk = 0; chunk < last; chunk++) {
              parts.add(List.of(part(id, chunk, texts[chunk])));
            }
            parts.end(
                item(id.value(), part(id, last, Arrays.copyOfRange(texts, last, texts.length))));
          }
        }
      }
      lucene.commit();
      index.commit();
      var terms =
          new Terms(List.of(new Terms.Passage("broker of organize", 1)), Optional.empty(), false);
      try (Snapshot expected = lucene.snapshot();
          Snapshot actual = index.snapshot()) {
        for (int limit : List.of(1, 7, 20, 1_000)) {
          assertThat(actual.matches(terms).documents(limit))
              .isEqualTo(expected.matches(terms).documents(limit))
              .hasSize(Math.min(limit, 20));
        }
      }
    }
  }
}
