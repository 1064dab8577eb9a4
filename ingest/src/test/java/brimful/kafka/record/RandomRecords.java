package brimful.kafka.record;

import brimful.corpus.CellRange;
import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.corpus.Outcome;
import brimful.corpus.Picture;
import brimful.corpus.Secrets;
import brimful.testing.Pictures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes claims and revisions of every shape; the same seed gives the same ones.
final class RandomRecords {
  private static final List<String> WORDS =
      List.of(
          "a",
          "Straße",
          "日本語",
          "🦊🦊",
          "\"quoted\"",
          "back\\slash",
          "tab\tand\nline",
          "\u0001",
          "é");

  private final Random random;

  RandomRecords(long seed) {
    random = new Random(seed);
  }

  CollectionKey collection() {
    return new CollectionKey(random.nextBoolean() ? "books" : "code-2.0", "estimate");
  }

  DocumentId item() {
    return new DocumentId(
        "%s/ö 🦊 %s.txt".formatted(random.nextBoolean() ? "a b" : "日本", random.nextInt(100)));
  }

  Claim claim() {
    return new Claim(
        collection(),
        "job-" + random.nextInt(9),
        item(),
        random.nextLong(Long.MAX_VALUE),
        work(),
        new Claim.Attempts(random.nextInt(3), random.nextInt(3), random.nextInt(3)));
  }

  private Claim.Work work() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new Claim.Work.Read(
              "/mnt/ä b", item(), words(2), random.nextLong(1L << 40), random.nextBoolean());
      case 1 -> new Claim.Work.Note(outcome(), random.nextBoolean());
      default -> new Claim.Work.Delete();
    };
  }

  DeadLetter letter() {
    DeadLetter.Cause[] causes = DeadLetter.Cause.values();
    return new DeadLetter(
        claim(),
        causes[random.nextInt(causes.length)],
        words(3),
        "extract",
        "parser 1",
        Integer.toHexString(random.nextInt()),
        "tester",
        Instant.ofEpochMilli(random.nextLong(1L << 41)));
  }

  /// Returns a revision; about every fourth is larger than one record may be.
  Revision revision() {
    DocumentId id = item();
    return new Revision(
        collection(),
        "job",
        random.nextLong(Long.MAX_VALUE),
        random.nextInt(1 << 20),
        random.nextBoolean(),
        random.nextInt(5) == 0 ? new Revision.Change.Delete(id) : put(id));
  }

  private Revision.Change put(DocumentId id) {
    int repeats = random.nextInt(4) == 0 ? 40_000 : 3;
    List<Document> documents = new ArrayList<>();
    List<Item.Member> members = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      DocumentId member = id.member("m" + i);
      documents.add(document(i == 0 ? id : member, repeats));
      members.add(new Item.Member(member, outcome()));
    }
    return new Revision.Change.Put(
        new Item(id, words(1), outcome(), documents, members, secrets(id)));
  }

  private Secrets secrets(DocumentId id) {
    return random.nextBoolean()
        ? Secrets.NONE
        : new Secrets(
            random.nextLong(1, 1L << 40), List.of(new Secrets.Found(id, words(1), words(1))));
  }

  private Document document(DocumentId id, int repeats) {
    int chunks = 1 + random.nextInt(4);
    return new Document(
        id,
        IntStream.range(0, chunks)
            .mapToObj(ordinal ->
                new Chunk(
                    id,
                    ordinal,
                    locator(),
                    random.nextBoolean() ? "" : words(2),
                    random.nextBoolean() ? List.of() : List.of(words(1), "x"),
                    words(repeats) + "x",
                    1 + random.nextInt(1_000),
                    random.nextInt(4) > 0
                        ? Picture.NONE
                        : Pictures.of(random.nextInt(100), 40, 30)))
            .toList());
  }

  private Locator locator() {
    int first = 1 + random.nextInt(99);
    return switch (random.nextInt(9)) {
      case 0 -> new Locator.Lines(first, first + random.nextInt(9));
      case 1 -> new Locator.Page(first);
      case 2 -> random.nextBoolean() ? new Locator.Slide(first) : new Locator.Figure(first, 3);
      case 3 -> new Locator.Cell(first);
      case 4 -> new Locator.Time(first, 2 * first);
      case 5 -> new Locator.Sheet("Blatt", CellRange.parse("A%s:D100".formatted(first)));
      case 6 -> new Locator.Turns(first, first, Optional.empty(), List.of());
      case 7 ->
          new Locator.Turns(
              first, first + 1, Minutes.parse("2024-05-01 10:32-10:40"), List.of("Mia", "Bob"));
      default -> new Locator.Sheet("Blatt " + first + " 🦊");
    };
  }

  private Outcome outcome() {
    return switch (random.nextInt(5)) {
      case 0 -> new Outcome.Indexed();
      case 1 -> new Outcome.Truncated(random.nextInt(9), 9, "pages", "3 without text");
      case 2 -> new Outcome.Skipped(words(1));
      case 3 -> new Outcome.Encrypted();
      default -> new Outcome.Failed(words(4));
    };
  }

  private String words(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
        .collect(Collectors.joining(" "));
  }
}
