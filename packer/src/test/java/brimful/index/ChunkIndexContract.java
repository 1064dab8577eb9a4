package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import brimful.testing.Pictures;
import brimful.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [ChunkIndex] promises.
public abstract class ChunkIndexContract {

  /// Returns the index under test, the same one for the whole of a test.
  protected abstract ChunkIndex index();

  @Test
  void startsWithNothing() {
    try (Snapshot snapshot = index().snapshot()) {
      assertThat(snapshot.items()).isEmpty();
      assertThat(snapshot.outlines()).isEmpty();
      assertThat(snapshot.matches(terms("anything")).chunks(10)).isEmpty();
      assertThat(snapshot.matches(terms("anything")).documents(10)).isEmpty();
    }
  }

  @Test
  void keepsTheNotesOfTheLastCommit() {
    assertThat(index().notes()).isEmpty();

    index().commit(Map.of("offset.0", "17", "job", "a"));
    index().commit(Map.of("offset.0", "18"));

    assertThat(index().notes()).isEqualTo(Map.of("offset.0", "18"));
  }

  @Test
  void keepsThePicturesOfChunksBesideTheirText() {
    var id = new DocumentId("scan.pdf");
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      var chunk = new Chunk(id, i, new Locator.Page(i + 1), "", List.of(), "(picture)", 7);
      chunks.add(i == 1 ? chunk : chunk.with(Pictures.of(i, 60 + i, 40)));
    }
    index().put(item("scan.pdf", new Document(id, chunks)));
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      List<ChunkRef> refs = snapshot.outlines().getFirst().chunks().reversed();

      assertThat(snapshot.read(refs)).allMatch(chunk -> chunk.picture().isNone());
      assertThat(snapshot.pictures(refs))
          .isEqualTo(chunks.reversed().stream().map(Chunk::picture).toList());
      assertThat(refs.getFirst().picture()).isEqualTo(chunks.get(3).picture().size());
      assertThat(refs.get(2).picture().isNone()).isTrue();
      // Equal text under different pictures is no repetition.
      assertThat(refs.stream().map(ChunkRef::hash)).doesNotHaveDuplicates();
    }
  }

  @Test
  void givesBackChunksAsTheyWerePut() {
    var id = new DocumentId("books/costs.xlsx");
    var chunks =
        List.of(
            new Chunk(id, 0, new Locator.Sheet("Kosten €"), "", List.of(), "Größe\n\tzwei", 7),
            new Chunk(id, 1, new Locator.Page(3), "A > B", List.of("b", "c"), "𝒳 text", 1),
            new Chunk(id, 2, new Locator.Slide(1), "", List.of("x"), " pad ", 300_000),
            new Chunk(id, 3, new Locator.Lines(5, 70), "", List.of(), "last", 2));
    index().put(item("books/costs.xlsx", new Document(id, chunks)));
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      List<ChunkRef> refs = new ArrayList<>(snapshot.outlines().getFirst().chunks());
      Collections.reverse(refs);

      assertThat(snapshot.read(refs)).isEqualTo(chunks.reversed());
      assertThat(refs.getFirst())
          .extracting(ChunkRef::tokens, ChunkRef::firstLine, ChunkRef::lastLine)
          .containsExactly(2, 5, 70);
      assertThat(snapshot.outlines().getFirst().tokens()).isEqualTo(300_010);
    }
  }

  @Test
  void remembersWhatBecameOfEachItem() {
    var zip = new DocumentId("b.zip");
    var members =
        List.of(
            new Item.Member(zip.member("x.pdf"), new Outcome.Encrypted()),
            new Item.Member(zip.member("y.txt"), new Outcome.Failed("checksum differs")));
    var truncated = new Outcome.Truncated(2, 9, "members", "7 are encrypted");
    var found = new Secrets.Found(zip.member("y.txt"), "3-3", "github-token");
    var secrets = new Secrets(2, List.of(found));
    index().put(new Item(zip, "12:34", truncated, List.of(), members, secrets));
    index().put(Item.without(new DocumentId("a.bin"), "s", new Outcome.Skipped("binary")));
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      assertThat(snapshot.items().keySet())
          .extracting(DocumentId::value)
          .containsExactly("a.bin", "b.zip");
      assertThat(snapshot.items().get(zip))
          .isEqualTo(new ItemState("12:34", truncated, members, secrets));
      assertThat(snapshot.outlines()).isEmpty();
    }
  }

  @Test
  void hidesChangesUntilTheyAreCommitted() {
    index().put(item("a.txt", "first"));
    index().commit();
    try (Snapshot before = index().snapshot()) {
      index().put(item("a.txt", "second"));
      try (Snapshot uncommitted = index().snapshot()) {
        assertThat(texts(uncommitted)).containsExactly("a.txt first");
      }

      index().commit();

      try (Snapshot after = index().snapshot()) {
        assertThat(texts(after)).containsExactly("a.txt second");
        assertThat(after.matches(terms("first")).chunks(10)).isEmpty();
      }
      assertThat(texts(before)).containsExactly("a.txt first");
    }
  }

  @Test
  void findsIdentifiersByTheirParts() {
    index().put(item("src/Server.java", "class HTTPServerFactory { int max_bytes; }"));
    index().put(item("src/Client.java", "class Client {}"));
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      assertThat(found(snapshot, "servers")).containsExactly("src/Server.java");
      assertThat(found(snapshot, "HttpServerFactory")).containsExactly("src/Server.java");
      assertThat(found(snapshot, "byte")).containsExactly("src/Server.java");
      assertThat(found(snapshot, "client")).containsExactly("src/Client.java");
      assertThat(found(snapshot, "src")).containsExactly("src/Client.java", "src/Server.java");
    }
  }

  @Test
  void ranksDefinitionsAboveMentions() {
    index().put(item("a.txt", "other words and the parser here"));
    var id = new DocumentId("b.txt");
    var defining =
        new Chunk(id, 0, new Locator.Lines(1, 1), "", List.of("parser"), "other words and this", 5);
    index().put(item("b.txt", new Document(id, List.of(defining))));
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      assertThat(found(snapshot, "parser")).containsExactly("b.txt", "a.txt");
    }
  }

  @Test
  void weighsPassages() {
    index().put(item("a.txt", "apple"));
    index().put(item("b.txt", "pear"));
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      var terms =
          new Terms(
              List.of(new Terms.Passage("apple", 1), new Terms.Passage("pear", 3)),
              Optional.empty(),
              false);
      assertThat(snapshot.matches(terms).chunks(1))
          .extracting(hit -> name(snapshot, hit))
          .containsExactly("b.txt");
    }
  }

  @Test
  void breaksTiesInCanonicalOrder() {
    for (int i = 9; i >= 0; i--) {
      index().put(item("d" + i, "same", "same"));
    }
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      assertThat(snapshot.matches(terms("same")).chunks(5))
          .extracting(hit -> name(snapshot, hit) + ":" + hit.ordinal())
          .containsExactly("d0:0", "d0:1", "d1:0", "d1:1", "d2:0");
      assertThat(snapshot.matches(terms("same")).documents(3))
          .extracting(hit -> name(snapshot, hit))
          .containsExactly("d0", "d1", "d2");
    }
  }

  @Test
  void tellsDuplicatesAndNearDuplicates() {
    String text =
        IntStream.range(0, 200).mapToObj(i -> "word" + i).collect(Collectors.joining(" ")) + " ";
    index().put(item("a", text));
    index().put(item("b", text.strip().replace(" ", "\n  ")));
    index().put(item("c", text + "more"));
    index().put(item("d", "something else entirely, which shares no words with the others"));
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      List<ChunkRef> refs =
          snapshot.outlines().stream().map(outline -> outline.chunks().getFirst()).toList();
      assertThat(refs.get(1).hash()).isEqualTo(refs.get(0).hash());
      assertThat(refs.get(2).hash()).isNotEqualTo(refs.get(0).hash());
      assertThat(Long.bitCount(refs.get(2).simHash() ^ refs.get(0).simHash())).isLessThan(6);
      assertThat(Long.bitCount(refs.get(3).simHash() ^ refs.get(0).simHash())).isGreaterThan(12);
    }
  }

  @Test
  void refusesToReadWhatItDoesNotHold() {
    index().put(item("a", "text"));
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      var stranger = new ChunkRef(new DocumentId("z"), 0, 0, 1, 1, 1, 0, 0);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> snapshot.read(List.of(stranger)))
          .withMessageContaining("not of this snapshot");
    }
  }

  @Seeds
  void endsTheSameWhateverWayItGotThere(long seed) {
    var random = new Random(seed);
    var wanted = new TreeMap<String, String>();
    for (int step = 0; step < 60; step++) {
      String id = "d" + random.nextInt(8) + (random.nextBoolean() ? "/é" : "!");
      if (random.nextInt(4) == 0) {
        index().remove(new DocumentId(id));
        wanted.remove(id);
      } else {
        String text = "word" + random.nextInt(5) + " common" + step;
        index().put(item(id, text));
        wanted.put(id, text);
      }
      if (random.nextInt(5) == 0) {
        index().commit();
      }
    }
    index().commit();
    List<Hit> wandered = search("common1 word1 word2 word3");

    for (String id : wanted.keySet()) {
      index().remove(new DocumentId(id));
    }
    index().commit();
    assertThat(search("word1 word2 word3")).isEmpty();
    wanted.forEach((id, text) -> index().put(item(id, text)));
    index().commit();

    assertThat(search("common1 word1 word2 word3")).isEqualTo(wandered);
    try (Snapshot snapshot = index().snapshot()) {
      assertThat(texts(snapshot))
          .containsExactlyElementsOf(
              wanted.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
    }
  }

  @Test
  void takesPutsFromSeveralThreads() throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(part ->
                Thread.ofPlatform()
                    .start(() ->
                        IntStream.range(0, 50)
                            .forEach(i -> index().put(item("d" + i, "text" + part)))))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    index().commit();

    try (Snapshot snapshot = index().snapshot()) {
      assertThat(snapshot.outlines()).hasSize(50);
    }
  }

  private List<Hit> search(String words) {
    try (Snapshot snapshot = index().snapshot()) {
      return snapshot.matches(terms(words)).chunks(100);
    }
  }

  public static Terms terms(String text) {
    return new Terms(List.of(new Terms.Passage(text, 1)), Optional.empty(), false);
  }

  public static List<String> found(Snapshot snapshot, String words) {
    return snapshot.matches(terms(words)).chunks(10).stream()
        .map(hit -> name(snapshot, hit))
        .toList();
  }

  public static String name(Snapshot snapshot, Hit hit) {
    return snapshot.outlines().get(hit.document()).document().value();
  }

  public static List<String> texts(Snapshot snapshot) {
    List<ChunkRef> refs =
        snapshot.outlines().stream().flatMap(outline -> outline.chunks().stream()).toList();
    return snapshot.read(refs).stream().map(c -> c.document().value() + " " + c.text()).toList();
  }

  /// Returns an item of one document with a chunk for each text.
  public static Item item(String name, String... texts) {
    var id = new DocumentId(name);
    List<Chunk> chunks =
        IntStream.range(0, texts.length)
            .mapToObj(i ->
                new Chunk(id, i, new Locator.Lines(i + 1, i + 1), "", List.of(), texts[i], 10 + i))
            .toList();
    return item(name, new Document(id, chunks));
  }

  public static Item item(String name, Document document) {
    return new Item(
        new DocumentId(name), "stamp", new Outcome.Indexed(), List.of(document), List.of());
  }

  @Test
  void scoresDocumentsAfterChunksAsItDoesAlone() {
    index().put(item("a", "broker broker", "worker"));
    index().put(item("b", "broker", "broker and worker"));
    index().commit();

    try (Snapshot both = index().snapshot();
        Snapshot alone = index().snapshot()) {
      List<Hit> chunks = both.matches(terms("broker worker")).chunks(10);
      List<Hit> documents = both.matches(terms("broker worker")).documents(10);

      assertThat(documents)
          .isEqualTo(alone.matches(terms("broker worker")).documents(10))
          .hasSize(2);
      assertThat(both.matches(terms("broker worker")).chunks(10)).isEqualTo(chunks).hasSize(4);
      assertThat(both.matches(terms("worker")).documents(10))
          .isEqualTo(alone.matches(terms("worker")).documents(10));
    }
  }
}
