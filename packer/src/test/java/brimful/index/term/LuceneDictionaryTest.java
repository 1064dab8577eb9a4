package brimful.index.term;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

final class LuceneDictionaryTest {
  private static final String FIELD = "terms";

  @FunctionalInterface
  private interface Use {
    void with(LuceneDictionary dictionary) throws IOException;
  }

  /// Indexes each list as a segment of its own.
  private static void index(List<List<String>> segments, Use use) throws IOException {
    var directory = new ByteBuffersDirectory();
    var config = new IndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE);
    try (var writer = new IndexWriter(directory, config)) {
      for (List<String> terms : segments) {
        for (String term : terms) {
          var document = new Document();
          document.add(new StringField(FIELD, term, Field.Store.NO));
          writer.addDocument(document);
        }
        writer.commit();
      }
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      use.with(new LuceneDictionary(reader, FIELD));
    }
  }

  private static List<String> words(
      LuceneDictionary dictionary, String beginning, int charsMax, int limit) throws IOException {
    var words = new ArrayList<String>();
    dictionary.beginningWith(beginning, charsMax, limit).forEachRemaining(words::add);
    return words;
  }

  @Test
  void findsTheWordsOfAllSegmentsInOrder() throws IOException {
    index(
        List.of(
            List.of("broker", "broker1", "brok", "broker_id", "bro"),
            List.of("brokers", "broker", "brokerage", "bröker", "brokér", "zoo")),
        dictionary -> {
          assertThat(words(dictionary, "brok", 8, 100))
              .containsExactly("brok", "broker", "brokers", "brokér");
          assertThat(words(dictionary, "brok", 9, 100)).contains("brokerage");
          assertThat(words(dictionary, "brok", 8, 2)).containsExactly("brok", "broker");
          assertThat(words(dictionary, "br", 6, 100)).contains("bröker");
          assertThat(words(dictionary, "x", 9, 100)).isEmpty();
          assertThat(words(dictionary, "bröker", 3, 100)).containsExactly("bröker");
        });
  }

  @Test
  void findsNothingWithoutSegments() throws IOException {
    index(List.of(), dictionary -> assertThat(words(dictionary, "a", 9, 100)).isEmpty());
  }

  @Seeds
  void missesNoWord(long seed) throws IOException {
    var random = new Random(seed);
    var segments = new ArrayList<List<String>>();
    var words = new TreeSet<String>();
    for (int segment = 0; segment < 3; segment++) {
      var terms = new ArrayList<String>();
      for (int at = 0; at < 200; at++) {
        var term = new StringBuilder("co");
        for (int length = random.nextInt(9); length > 0; length--) {
          term.append(List.of("a", "n", "é", "ж", "𝒳", "7", "_").get(random.nextInt(7)));
        }
        terms.add(term.toString());
        if (Vocabulary.isWord(term.toString()) && term.length() <= 7) {
          words.add(term.toString());
        }
      }
      segments.add(terms);
    }

    index(
        segments, dictionary -> assertThat(words(dictionary, "co", 7, 10_000)).containsAll(words));
  }
}
