package brimful.answer;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.CellRange;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.corpus.Minutes;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.pack.PackRequest;
import brimful.pack.Packer;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.rank.Ranking;
import brimful.testing.Seeds;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CitationsTest {
  private static final Window WINDOW =
      window(
          lines("core/src/A.java", 1, 40),
          lines("core/src/A.java", 41, 60),
          lines("core/src/A.java", 100, 120),
          lines("api/B.java", 1, 9),
          lines("web/B.java", 1, 9),
          lines("Makefile", 1, 9),
          lines("my notes/to do.md", 1, 9),
          lines("r&d.txt", 1, 9),
          placed("docs/Annual Report.pdf", new Locator.Page(7)),
          placed("docs/Annual Report.pdf", new Locator.Page(8)),
          placed("docs/Annual Report.pdf", new Locator.Figure(8, 2)),
          placed("docs/Annual Report.pdf", new Locator.Figure(19, 1)),
          placed("old.zip!/mail.eml!/deck.pptx", new Locator.Slide(3)),
          placed("costs.xlsx", new Locator.Sheet("Q1 2026")),
          placed("book.xlsx", new Locator.Sheet("Budget", CellRange.parse("A2:D40"))),
          placed("book.xlsx", new Locator.Sheet("Budget", CellRange.parse("A41:D60"))),
          placed("book.xlsx", new Locator.Sheet("Q1 costs", CellRange.parse("A1:B9"))),
          placed("study.ipynb", new Locator.Cell(12)),
          placed("talk.vtt", new Locator.Time(751, 760)),
          placed("a.zip!/general/2024-05-01.json", said(3, "2024-05-01 10:32-10:40")),
          placed("conversations.json!/Trip to Ghent", said(7, "")),
          lines("wow\\x21/f\\xFCr \\u{202E}gnp#1%20.txt", 1, 9),
          lines("in.zip!/in.zip\\x21/a.txt", 1, 9),
          lines("in.zip!/in.zip!/a.txt", 1, 9));

  private static Locator said(int turn, String time) {
    return new Locator.Turns(turn, turn, Minutes.parse(time), List.of("Mia"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It starts here [core/src/A.java:12-40]. | [ok] core/src/A.java:12-40",
        "core/src/A.java:12 | [ok] core/src/A.java:12",
        "as [Annual Report.pdf p. 8 figure 2] shows | [ok] docs/Annual Report.pdf p. 8 figure 2",
        "Annual Report.pdf p. 8, Fig. 2 | [ok] docs/Annual Report.pdf p. 8 figure 2",
        "Annual Report.pdf, page 8, Figure 31 | [ok] docs/Annual Report.pdf p. 8",
        "only a figure of it: [Annual Report.pdf p. 19] | [ok] docs/Annual Report.pdf p. 19",
        "in [book.xlsx Budget!A2:D40] | [ok] book.xlsx sheet Budget!A2:D40",
        "over two chunks: book.xlsx sheet Budget!C39:D42 | [ok] book.xlsx sheet Budget!C39:D42",
        "book.xlsx sheet Budget | [ok] book.xlsx sheet Budget",
        "[book.xlsx sheet \"Q1 costs\" A3] | [ok] book.xlsx sheet 'Q1 costs'!A3",
        "[book.xlsx 'Q1 costs'!$B$3] | [ok] book.xlsx sheet 'Q1 costs'!B3",
        "book.xlsx Budget!A61 | [??] book.xlsx sheet Budget!A61: the window does not have it",
        "[study.ipynb cell 12] | [ok] study.ipynb cell 12",
        "study.ipynb:12 | [ok] study.ipynb cell 12",
        "study.ipynb cells 13 | [??] study.ipynb cell 13: the window does not have it",
        "[talk.vtt 00:12:31] | [ok] talk.vtt 00:12:31",
        "[general/2024-05-01.json 2024-05-01 10:33] | [ok] a.zip!/general/2024-05-01.json 2024-05-01 10:32-10:40 Mia",
        "[general/2024-05-01.json 2024-05-01 10:32-10:35 Mia] | [ok] a.zip!/general/2024-05-01.json 2024-05-01 10:32-10:40 Mia",
        "general/2024-05-01.json 2024-05-01 11:32 | [??] a.zip!/general/2024-05-01.json 2024-05-01 11:32: the window does not have it",
        "[Trip to Ghent turn 7] | [ok] conversations.json!/Trip to Ghent turn 7",
        "[conversations.json!/Trip to Ghent turns 9-10] | [??] conversations.json!/Trip to Ghent turn 9-10: the window does not have it",
        "(talk.vtt, 12:31-12:40) | [ok] talk.vtt 00:12:31-00:12:40",
        "talk.vtt 00:59:00 | [??] talk.vtt 00:59:00: the window does not have it",
        "over two chunks `core/src/A.java:30-60` | [ok] core/src/A.java:30-60",
        "(core/src/A.java:41-61) | [??] core/src/A.java:41-61: the window does not have line 61",
        "core/src/A.java:70 | [??] core/src/A.java:70: the window does not have that line",
        "core/src/A.java:12345678 | [??] core/src/A.java:12345678: the window does not have that line",
        "core/src/A.java:1-999999999999 | [??] core/src/A.java:1-999999999: the window does not have line 61",
        "core/src/A.java:99999999999999999999999 | [??] core/src/A.java:999999999: the window does not have that line",
        "[Annual Report.pdf p. 99999999999] | [??] docs/Annual Report.pdf p. 999999999: the window does not have it",
        "core/src/A.java:0 | [??] core/src/A.java:1: the answer says 0, and places count from 1",
        "core/src/A.java:0-12 | [??] core/src/A.java:1: the answer says 0, and places count from 1",
        "[Annual Report.pdf p. 0] | [??] docs/Annual Report.pdf:1: the answer says 0, and places count from 1",
        "core/src/A.java:60-100 | [??] core/src/A.java:60-100: the window does not have line 61",
        "shortened A.java:12 | [ok] core/src/A.java:12",
        "src/A.java#L12-L14 | [ok] core/src/A.java:12-14",
        "./core/src/A.java:L3 | [ok] core/src/A.java:3",
        "/core/src/A.java:3 | [ok] core/src/A.java:3",
        "`A.java`:3 | [ok] core/src/A.java:3",
        "**A.java**:3 | [ok] core/src/A.java:3",
        "A.java:3:17 says so | [ok] core/src/A.java:3",
        "A.java:40\u201312 | [ok] core/src/A.java:12-40",
        "A.java lines 3-5 | [ok] core/src/A.java:3-5",
        "`A.java` (lines 3\u20135) | [ok] core/src/A.java:3-5",
        "A.java, line 3 | [ok] core/src/A.java:3",
        "B.java:3 | [??] B.java:3: 2 documents of the window end so, such as api/B.java and web/B.java",
        "web/B.java:3 | [ok] web/B.java:3",
        "other/B.java:3 | [??] other/B.java:3: the window has no such document",
        "xA.java:3 | [??] xA.java:3: the window has no such document",
        "Makefile:3 | [ok] Makefile:3",
        "my notes/to do.md:3 | [ok] my notes/to do.md:3",
        "r&amp;d.txt:3 | [ok] r&d.txt:3",
        "`wow\\x21/f\\xFCr \\u{202E}gnp#1%20.txt`:3 | [ok] wow\\x21/f\\xFCr \\u{202E}gnp#1%20.txt:3",
        "see f\\xFCr \\u{202E}gnp#1%20.txt:4-5 | [ok] wow\\x21/f\\xFCr \\u{202E}gnp#1%20.txt:4-5",
        "see f\\\\xFCr \\\\u{202E}gnp#1%20.txt:4-5 | [ok] wow\\x21/f\\xFCr \\u{202E}gnp#1%20.txt:4-5",
        "in.zip!/in.zip\\x21/a.txt:3 | [ok] in.zip!/in.zip\\x21/a.txt:3",
        "in.zip!/in.zip!/a.txt:3 | [ok] in.zip!/in.zip!/a.txt:3",
        "a.txt:3 | [??] a.txt:3: 2 documents of the window end so, such as in.zip!/in.zip!/a.txt and in.zip!/in.zip\\x21/a.txt",
        "docs/Annual Report.pdf p. 7 | [ok] docs/Annual Report.pdf p. 7",
        "`Annual Report.pdf` (p. 7) | [ok] docs/Annual Report.pdf p. 7",
        "[Annual Report.pdf, page 7] | [ok] docs/Annual Report.pdf p. 7",
        "Annual Report.pdf:7 | [ok] docs/Annual Report.pdf p. 7",
        "Annual Report.pdf p. 9 | [??] docs/Annual Report.pdf p. 9: the window does not have it",
        "and so it says (p. 8) | [ok] docs/Annual Report.pdf p. 8",
        "A.java p. 3 | [??] core/src/A.java p. 3: the window has it as lines",
        "deck.pptx slide 3 | [ok] old.zip!/mail.eml!/deck.pptx slide 3",
        "old.zip!/mail.eml!/deck.pptx, slide 4 | [??] old.zip!/mail.eml!/deck.pptx slide 4: the window does not have it",
        "costs.xlsx sheet Q1 2026 | [ok] costs.xlsx sheet Q1 2026",
        "costs.xlsx sheet \"Q1 2026\" | [ok] costs.xlsx sheet Q1 2026",
        "costs.xlsx, sheet Q2 | [??] costs.xlsx sheet Q2: the window does not have it",
      })
  void checksWhatIsCitedHoweverItIsWritten(String text, String line) {
    List<Citation> citations = new Citations(WINDOW).in(text);

    assertThat(citations).extracting(Citation::line).containsExactly(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at 12:30 on 10:05:59",
        "http://host:80 and https://example.com:8443/a.html:12",
        "localhost:8080, 127.0.0.1:9092 and broker.example.com:9092",
        "confluentinc/cp-kafka:7.5.0 or log4j.core:2.17.1",
        "see p. 7 of the standard, lines 3-5 and page 9",
        "std::vector<int>:3, a ? b:1, {\"port\":8080}, {x:1}",
        "mail me@host.com:25",
        "```\nserver.port:8080\nfoo/Bar.java:12\n```",
        "Foo.java:12abc",
        "ghost/A.java:0",
        "example/archive.tar:20240501123",
        ":12",
        ""
      })
  void takesNothingElseForACitation(String text) {
    assertThat(new Citations(WINDOW).in(text)).isEmpty();
  }

  @Test
  void namesPlacesThatCountFromZeroLast() {
    assertThat(new Citations(WINDOW).in("[A.java:0], [A.java:0-3], [A.java:1] and [A.java:2]"))
        .extracting(Citation::line)
        .containsExactly(
            "[ok] core/src/A.java:1",
            "[ok] core/src/A.java:2",
            "[??] core/src/A.java:1: the answer says 0, and places count from 1");
  }

  @Test
  void readsListsOfPlaces() {
    String text = "[A.java:3-5, 9-12; 20] and (Annual Report.pdf pp. 7-8). A.java:30, 3 of them";

    List<Citation> citations = new Citations(WINDOW).in(text);

    assertThat(citations)
        .extracting(Citation::line)
        .containsExactly(
            "[ok] core/src/A.java:3-5",
            "[ok] core/src/A.java:9-12",
            "[ok] core/src/A.java:20",
            "[ok] docs/Annual Report.pdf p. 7",
            "[ok] docs/Annual Report.pdf p. 8",
            "[ok] core/src/A.java:30");
  }

  @Test
  void readsSeveralNamesInOneBracketAndEachPlaceOnce() {
    String text = "[core/src/A.java:1-2; web/B.java:3, api/B.java:4] A.java:1-2";

    Answer answer = Answer.of(text, WINDOW);

    assertThat(answer.citations())
        .extracting(Citation::display)
        .containsExactly("core/src/A.java:1-2", "web/B.java:3", "api/B.java:4");
    assertThat(answer.verified()).isEqualTo(3);
  }

  @Test
  void findsKnownDocumentsInCode() {
    String text = "```java\n// core/src/A.java:3\n```\n";

    assertThat(new Citations(WINDOW).in(text)).extracting(Citation::verified).containsExactly(true);
  }

  @Test
  void verifiesALineThatOnlyASkeletonShows() {
    Window window = skeleton();
    Window.Placed signature =
        window.placed().stream()
            .filter(part -> part.text().matches("void run\\d+\\(\\) \\{"))
            .findFirst()
            .orElseThrow();
    int line = ((Locator.Lines) signature.locator()).first();

    List<Citation> citations =
        new Citations(window)
            .in("It runs in Big.java:%s and Big.java:%s.".formatted(line, line + 1));

    assertThat(citations).extracting(Citation::verified).containsExactly(true, false);
  }

  /// Packs code of 400 functions of 10 lines, all ranked, into a window for few of them.
  private static Window skeleton() {
    TokenCounter counter = Tokenizers.named("cl100k_base");
    var id = new DocumentId("Big.java");
    var chunks = new ArrayList<Chunk>();
    var refs = new ArrayList<ChunkRef>();
    for (int i = 0; i < 400; i++) {
      String text = "void run" + i + "() {\n" + ("  call(" + i + ");\n").repeat(8) + "}";
      var lines = new Locator.Lines(10 * i + 1, 10 * i + 10);
      int tokens = counter.count(new Markup(counter.specials()).segment(lines, "", text));
      chunks.add(new Chunk(id, i, lines, "", List.of("run" + i), text, tokens));
      refs.add(new ChunkRef(id, i, i, tokens, lines.first(), lines.last(), i, 0));
    }
    var ranking =
        new Ranking(
            List.of(),
            refs.stream()
                .map(ref -> new Ranking.RankedChunk(ref, 1.0 / (ref.ordinal() + 1)))
                .toList(),
            true);
    return new Packer(counter)
        .pack(
            new PackRequest(
                Prompt.of("why?"),
                8_000,
                List.of(new Outline(id, refs)),
                ranking,
                WindowFormat.XML),
            wanted -> wanted.stream().map(ref -> chunks.get(ref.ordinal())).toList());
  }

  @Seeds
  void verifiesExactlyWhatWasPlaced(long seed) {
    var random = new Random(seed);
    Window window =
        window(
            IntStream.range(0, 8)
                .mapToObj(i -> {
                  int first = 1 + random.nextInt(60);
                  return lines(
                      "d%s/f.txt".formatted(random.nextInt(3)), first, first + random.nextInt(9));
                })
                .toArray(Window.Placed[]::new));
    var document = new DocumentId("d%s/f.txt".formatted(random.nextInt(3)));
    int first = 1 + random.nextInt(60);
    int last = first + random.nextInt(4);

    List<Citation> citations =
        new Citations(window).in("see [%s:%s-%s]".formatted(document, first, last));

    boolean there =
        IntStream.rangeClosed(first, last)
            .allMatch(line ->
                window.placed().stream()
                    .anyMatch(span ->
                        span.document().equals(document)
                            && span.locator() instanceof Locator.Lines(int from, int to)
                            && from <= line
                            && line <= to));
    assertThat(citations).extracting(Citation::verified).containsExactly(there);
  }

  @Seeds
  void neverFailsOnAnyText(long seed) {
    var random = new Random(seed);
    String[] words = {
      "A.java",
      ":",
      "12",
      "-",
      ",",
      " ",
      "p. ",
      "(",
      "]",
      "sheet ",
      "`",
      "\n",
      "```",
      "/",
      "./",
      "#L",
      "lines ",
      "\ud83d\ude00",
      "\"",
      "99999999",
      "!"
    };
    var text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.append(words[random.nextInt(words.length)]);
    }

    List<Citation> citations = new Citations(WINDOW).in(text.toString());

    assertThat(citations).doesNotHaveDuplicates();
  }

  static Window window(Window.Placed... placed) {
    return new Window("", "", "", "", 1, 1, true, List.of(placed), List.of(), 1);
  }

  static Window.Placed lines(String document, int first, int last) {
    return placed(document, new Locator.Lines(first, last));
  }

  private static Window.Placed placed(String document, Locator locator) {
    return new Window.Placed(new DocumentId(document), locator, "", 1);
  }
}
