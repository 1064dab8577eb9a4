package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;

final class EngineCatalogTest {
  private static final String WORD = "broker";

  /// An engine that finds every record with the word.
  private static final class Engine implements EngineBlock.Sink {
    private final List<Float> inChunks = new ArrayList<>();
    private final List<Integer> chunks = new ArrayList<>();
    private final List<Float> inDocuments = new ArrayList<>();
    private final List<Integer> documents = new ArrayList<>();
    private byte[] record = new byte[0];

    @Override
    public void chunk(
        int place, Map<String, Float> terms, List<String> names, byte[] sealed, byte[] picture) {
      if (terms.containsKey(WORD)) {
        chunks.add(place);
        inChunks.add(terms.get(WORD));
      }
    }

    @Override
    public void document(int place, Map<String, Float> terms) {
      if (terms.containsKey(WORD)) {
        documents.add(place);
        inDocuments.add(terms.get(WORD));
      }
    }

    @Override
    public void end(byte[] sealed) {
      record = sealed;
    }
  }

  private static Document mail(Random random, int number) {
    var id = new DocumentId("box!/" + (1_000 + number));
    var chunks = new ArrayList<Chunk>();
    for (int at = 0; at <= random.nextInt(4); at++) {
      String text = (WORD + " ").repeat(random.nextInt(5)) + "text ".repeat(random.nextInt(90));
      var where = new Locator.Lines(at + 1, at + 1);
      chunks.add(new Chunk(id, at, where, "", List.of(), text + "end", 5));
    }
    return new Document(id, chunks);
  }

  @Seeds
  void scoresTheDocumentsOfABlockAsLuceneDoes(long seed, @TempDir Path folder) throws IOException {
    var random = new Random(seed);
    var mails = new ArrayList<Document>();
    for (int number = 0; number < 300; number++) {
      mails.add(mail(random, number));
    }
    var item = new Item(new DocumentId("box"), "stamp", new Outcome.Indexed(), mails, List.of());
    var engine = new Engine();
    EngineBlock.write(ItemParts.Part.last(item, 0), engine);

    EngineBlock block = EngineBlock.of(7, engine.record);
    EngineCatalog.Scores scores = EngineCatalog.of(List.of(block)).scores();
    scores.word(1, engine.chunks.size(), engine.documents.size());
    for (int at = 0; at < engine.chunks.size(); at++) {
      scores.chunk(
          0, WORD, new EngineCatalog.Address(7, engine.chunks.get(at)), engine.inChunks.get(at));
    }
    for (int at = 0; at < engine.documents.size(); at++) {
      scores.document(
          0,
          WORD,
          new EngineCatalog.Address(7, engine.documents.get(at)),
          engine.inDocuments.get(at));
    }

    assertThat(block.documents()).isEqualTo(300);
    assertThat(block.chunks()).isEqualTo(mails.stream().mapToInt(m -> m.chunks().size()).sum());
    try (LuceneIndex lucene = LuceneIndex.open(folder, "estimate")) {
      lucene.put(item);
      lucene.commit();
      try (Snapshot snapshot = lucene.snapshot()) {
        var terms = new Terms(List.of(new Terms.Passage(WORD, 1)), Optional.empty(), false);
        Snapshot.Matches expected = snapshot.matches(terms);
        assertThat(scores.matches().chunks(2_000)).isEqualTo(expected.chunks(2_000)).isNotEmpty();
        assertThat(scores.matches().documents(2_000)).isEqualTo(expected.documents(2_000));
      }
    }
  }
}
