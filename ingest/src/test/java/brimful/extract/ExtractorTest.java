package brimful.extract;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.extractor;
import static brimful.extract.Extractions.limits;
import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.source.Listed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class ExtractorTest {
  private static final ExtractLimits ALL = ExtractLimits.standard();

  @Test
  void locatesPdfTextByPage() {
    Extraction extraction = extract("a.pdf", Samples.pdf("One\nline two", "", "Three"));

    assertThat(shown(extraction)).isEqualTo("a.pdf p. 1: One/line two\na.pdf p. 3: Three");
    assertThat(outcome(extraction)).isEqualTo("indexed");
  }

  @Test
  void contentDecidesNotTheName() {
    assertThat(shown(extract("notes.txt", Samples.pdf("One")))).isEqualTo("notes.txt p. 1: One");
    assertThat(shown(extract("fake.pdf", "only text"))).isEqualTo("fake.pdf 1-1: only text");
  }

  @Test
  void saysWhyAPdfGaveNoText() {
    byte[] whole = Samples.pdf("One");

    assertThat(outcome(extract("a.pdf", Samples.pdf("", "")))).isEqualTo("skipped: no text layer");
    assertThat(outcome(extract("a.pdf", Samples.encryptedPdf("x")))).isEqualTo("encrypted");
    assertThat(extract("a.pdf", Arrays.copyOf(whole, 60)).outcome())
        .isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void truncatesPagesAndCharactersAndSaysSo() {
    byte[] pdf = Samples.pdf("One", "Two", "Three");

    Extraction pages = extract("a.pdf", pdf, limits(1000, 1000, 2, 10));
    Extraction characters = extract("a.docx", Samples.docx(), limits(1000, 20, 10, 10));

    assertThat(outcome(pages)).isEqualTo("truncated: 2 of 3 pages (limit pages=2)");
    assertThat(shown(pages)).isEqualTo("a.pdf p. 1: One\na.pdf p. 2: Two");
    assertThat(outcome(characters))
        .startsWith("truncated: ")
        .endsWith(" characters (limit characters=20)");
    assertThat(shown(characters)).contains("First paragraph.").doesNotContain("Last paragraph.");
  }

  @Test
  void readsOfficeDocuments() {
    assertThat(shown(extract("a.docx", Samples.docx())))
        .isEqualTo("a.docx 1-6: First paragraph.//name | price/tea | 3//Last paragraph.");
    assertThat(shown(extract("a.xlsx", Samples.xlsx())))
        .isEqualTo("a.xlsx sheet Costs: tea |  | 3/milk\na.xlsx sheet Notes: none");
    assertThat(shown(extract("a.pptx", Samples.pptx("Welcome", "", "Bye"))))
        .isEqualTo("a.pptx slide 1: Welcome\na.pptx slide 3: Bye");
    assertThat(shown(extract("a.rtf", "{\\rtf1 Hello \\b world\\b0 .\\par Next\\par}")))
        .isEqualTo("a.rtf 1-3: Hello world.//Next");
  }

  @Test
  void readsBooks() {
    assertThat(shown(extract("a.epub", Samples.epub())))
        .isEqualTo("a.epub 1-6: ## Chapter one//It was a dark night.//- rain/- wind");
  }

  @Test
  void readsFormulasPowersAndNumberedListsOfBooks() {
    String body =
        """
        <p>Of <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>E</mi><mo>=</mo><mi>m</mi>
        <msup><mi>c</mi><mn>2</mn></msup></math> and 10<sup>6</sup>.</p>
        <ol start="7"><li>seven</li><li>eight</li></ol>\
        """;

    assertThat(shown(extract("a.epub", Samples.epub(body))))
        .isEqualTo("a.epub 1-4: Of E=mc^2 and 10^6.//7. seven/8. eight");
  }

  @Test
  void readsAPageAsADocumentAndATemplateAsCode() {
    String prose = "<p>" + "Many words of prose. ".repeat(20) + "</p>";
    String page =
        "<!DOCTYPE html>\n<html><script>x()</script><body><h1>T</h1>" + prose + "</body></html>";
    String template = "<!DOCTYPE html>\n<html><body>{{ name }}" + prose + "</body></html>";
    String shell = "<!DOCTYPE html>\n<html><body><div id=app></div></body></html>";

    assertThat(shown(extract("a.html", page)))
        .startsWith("a.html 1-3: # T//Many words of prose.")
        .doesNotContain("<p>", "x()");
    assertThat(shown(extract("a.html", template))).contains("<p>Many words", "{{ name }}");
    assertThat(shown(extract("a.html", shell))).contains("<div id=app>");
  }

  @Test
  void namesMembersByTheirWayIn() {
    byte[] inner = Samples.zip(Map.of("deep/c.pdf", Samples.pdf("Deep")));
    byte[] mail = Samples.eml("See the file.", "in.zip", inner);
    byte[] outer = Samples.zip(Map.of("src/A.java", "class A {}\n".getBytes(UTF_8), "b.eml", mail));

    Extraction extraction = extract("o.zip", outer);

    assertThat(outcome(extraction)).isEqualTo("indexed");
    assertThat(shown(extraction))
        .contains(
            "o.zip!/src/A.java 1-1: class A {}",
            "o.zip!/b.eml 1-5: From: Ann <ann@example.org>/To: Bob <bob@example.org>/Subject: The numbers//See the file.",
            "o.zip!/b.eml!/in.zip!/deep/c.pdf p. 1: Deep");
    assertThat(members(extraction).keySet())
        .containsExactly(
            "o.zip!/b.eml",
            "o.zip!/b.eml!/in.zip",
            "o.zip!/b.eml!/in.zip!/deep/c.pdf",
            "o.zip!/src/A.java");
  }

  @Test
  void looksIntoMembersWhoseNamesOnlySuggestAProgram() {
    byte[] archive =
        Samples.zip(
            Map.of(
                "README.pt", "Leia-me\n".getBytes(UTF_8),
                "model.pt", new byte[] {'P', 'K', 3, 4, 0, 0},
                "inner.jar", Samples.zip(Map.of("A.java", "class A {}\n".getBytes(UTF_8)))));

    Extraction extraction = extract("o.zip", archive);

    assertThat(shown(extraction)).isEqualTo("o.zip!/README.pt 1-1: Leia-me/");
    assertThat(members(extraction))
        .containsEntry("o.zip!/model.pt", "skipped: binary")
        .containsEntry("o.zip!/inner.jar", "skipped: binary");
  }

  @Test
  void aCompressedTarIsOneArchiveAndACompressedFileHasOneMember() {
    byte[] text = "hello\n".getBytes(UTF_8);

    assertThat(shown(extract("a.tgz", Samples.tgz("d/x.txt", text))))
        .isEqualTo("a.tgz!/d/x.txt 1-1: hello/");
    assertThat(shown(extract("x.txt.gz", Samples.gz(text))))
        .isEqualTo("x.txt.gz!/x.txt 1-1: hello/");
  }

  @Test
  void membersFollowTheRulesAndAreReadOneByOne() {
    byte[] pdf = Samples.pdf("x");
    byte[] text = "x".getBytes(UTF_8);
    Extraction extraction =
        extract(
            "a.zip",
            Samples.zip(
                Map.of(
                    "p/yarn.lock",
                    text,
                    "p/node_modules/x/y.js",
                    text,
                    "../../etc/passwd",
                    text,
                    "broken.pdf",
                    Arrays.copyOf(pdf, 60),
                    "locked.pdf",
                    Samples.encryptedPdf("x"),
                    "empty",
                    new byte[0])));

    assertThat(members(extraction))
        .containsEntry("a.zip!/p/yarn.lock", "skipped: lock")
        .containsEntry("a.zip!/p/node_modules/x/y.js", "skipped: vendored")
        .containsEntry("a.zip!/locked.pdf", "encrypted")
        .containsEntry("a.zip!/empty", "skipped: empty");
    assertThat(members(extraction).get("a.zip!/broken.pdf")).startsWith("failed: ");
    assertThat(outcome(extraction)).isEqualTo("indexed");
    assertThat(members(extraction)).hasSize(6);
  }

  @Test
  void whatHasNoTextWithinALimitNamesTheLimit() {
    byte[] blank = " ".getBytes(UTF_8);
    byte[] many = Samples.zip(Map.of("1", blank, "2", blank, "3", blank));

    assertThat(outcome(extract("a.zip", many, limits(1000, 1000, 10, 2))))
        .startsWith("skipped: ")
        .endsWith("(limit members=2)");
  }

  @Test
  void boundsMembersAndDepth() {
    byte[] text = "x".getBytes(UTF_8);
    byte[] many = Samples.zip(Map.of("1", text, "2", text, "3", text));
    byte[] nested = text;
    for (int i = 0; i < ALL.depthMax() + 3; i++) {
      nested = Samples.zip(Map.of(i == 0 ? "x.txt" : "in.zip", nested));
    }

    assertThat(outcome(extract("a.zip", many, limits(1000, 1000, 10, 2))))
        .isEqualTo("truncated: 2 of 3 members (limit members=2)");
    assertThat(members(extract("a.zip", nested)).values())
        .contains("skipped: nested deeper than 10 (limit depth=10)")
        .hasSize(ALL.depthMax() + 1);
  }

  /// Words that do not compress to nothing, so that half of an archive holds about half of them.
  private static byte[] words(long seed) {
    return new Random(seed)
        .ints(20_000, 0, 100_000)
        .mapToObj(number -> "word" + number)
        .collect(joining("\n"))
        .getBytes(UTF_8);
  }

  @Test
  void readsWhatIsThereOfACutFile() {
    byte[] gz = Samples.gz(words(1));
    byte[] tar =
        Archives.tar(
            List.of(new Archives.Entry("a.txt", words(2)), new Archives.Entry("b.txt", words(3))));

    Extraction file = extract("w.txt.gz", Arrays.copyOf(gz, gz.length / 2));
    Extraction archive = extract("w.tar", Arrays.copyOf(tar, tar.length * 3 / 4));

    assertThat(outcome(file))
        .startsWith("truncated: ")
        .endsWith(" bytes, then: the file ends early");
    assertThat(shown(file)).startsWith("w.txt.gz!/w.txt 1-").contains(": word");
    assertThat(outcome(extract("w.txt.gz", Arrays.copyOf(gz, 10))))
        .isEqualTo("failed: the file ends early");
    assertThat(members(archive).get("w.tar!/b.txt")).endsWith(" bytes, then: the file ends early");
    assertThat(outcome(archive)).isEqualTo("truncated: 1 member, then: the file ends early");
    assertThat(members(archive)).containsEntry("w.tar!/a.txt", "indexed");
    assertThat(shown(archive)).contains("w.tar!/a.txt 1-20000: ");
  }

  @Test
  void stopsABomb() {
    byte[] zeros = new byte[3 << 20];
    byte[] bomb = Samples.zip(Map.of("a.txt", zeros, "b/c.gz", Samples.gz(zeros)));
    var tight =
        new ExtractLimits(8 << 20, 1 << 20, 1000, 10, 10, 10, 2 << 20, Duration.ofMinutes(1));

    assertThat(outcome(extract("a.gz", Samples.gz("x".repeat(3 << 20).getBytes(UTF_8)), tight)))
        .isEqualTo("failed: unpacks to more than 2,097,152 bytes (limit unpacked=2m)");
    assertThat(extract("a.zip", bomb, tight).texts()).isEmpty();
  }

  @Test
  void skipsWhatIsTooLargeToParse() {
    var tight = new ExtractLimits(100, 100, 100, 10, 10, 10, 100, Duration.ofMinutes(1));

    assertThat(outcome(extract("a.pdf", Samples.pdf("x"), tight)))
        .isEqualTo("skipped: larger than 100 bytes (limit document=100)");
    var grown =
        new Listed.File(
            new DocumentId("a.pdf"),
            "s",
            50,
            () -> new java.io.ByteArrayInputStream(Samples.pdf("x")));
    assertThat(outcome(Extraction.of(extractor(tight), grown)))
        .isEqualTo("skipped: larger than 100 bytes (limit document=100)");
  }

  @Test
  void resolvesNoExternalEntity() {
    byte[] epub =
        Samples.zip(
            Map.of(
                "mimetype", "application/epub+zip".getBytes(UTF_8),
                "META-INF/container.xml",
                    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><container>&e;</container>"
                        .getBytes(UTF_8),
                "a.xhtml",
                    "<!DOCTYPE html [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><html><body><p>&e;</p></body></html>"
                        .getBytes(UTF_8)));

    assertThat(shown(extract("a.epub", epub))).doesNotContain("root:");
  }

  @Test
  void whatKeepsAFileFromBeingReadIsItsOutcome() {
    assertThat(outcome(failing(new NoSuchFileException("a"))))
        .isEqualTo("failed: vanished while being read");
    assertThat(outcome(failing(new AccessDeniedException("a"))))
        .isEqualTo("failed: permission denied");
    assertThat(outcome(failing(new IOException("disk on fire\nreally"))))
        .isEqualTo("failed: disk on fire");
    assertThat(failing(new IOException("x")).breakdown()).isEqualTo(FailureKind.SOURCE);
  }

  /// A parser closes what it reads, and a second look at it must not hide how it ended.
  @Test
  void anEmptyMailOfOutlookHasNoText() {
    var empty = ByteBuffer.allocate(6 + 3 * 15).order(ByteOrder.LITTLE_ENDIAN);
    empty.putInt(0x223e9f78).putShort((short) 1);
    while (empty.hasRemaining()) { // the version, three times
      empty.put((byte) 1).putInt(0x00089006).putInt(4).putInt(0x10000).putShort((short) 1);
    }

    assertThat(outcome(extract("winmail.dat", empty.array()))).isEqualTo("skipped: no text");
  }

  @Test
  void damageIsNamedWithoutTheNamesOfClasses() {
    byte[] head = {
      (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };

    assertThat(outcome(extract("a.msg", head))).isEqualTo("failed: its header is damaged");
    assertThat(outcome(extract("a.docx", Samples.zip(Map.of("word/document.xml", nested(200))))))
        .contains("is nested too deeply");
    assertThat(outcome(failing(new IOException("javax.imageio.IIOException: Image width <= 0!"))))
        .isEqualTo("failed: Image width <= 0!");
    assertThat(outcome(failing(new IOException("java.io.IOException: RuntimeException: torn"))))
        .isEqualTo("failed: torn");
    assertThat(outcome(failing(new IOException()))).isEqualTo("failed: cannot be read");
  }

  private static byte[] nested(int levels) {
    String namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    String open = "<w:tbl><w:tr><w:tc>".repeat(levels);
    String close = "</w:tc></w:tr></w:tbl>".repeat(levels);
    return "<w:document xmlns:w=\"%s\"><w:body>%s<w:p><w:r><w:t>x</w:t></w:r></w:p>%s</w:body></w:document>"
        .formatted(namespace, open, close)
        .getBytes(UTF_8);
  }

  private static Extraction failing(IOException e) {
    var file =
        new Listed.File(
            new DocumentId("a"),
            "s",
            1,
            () -> {
              throw e;
            });
    return Extraction.of(extractor(ALL), file);
  }

  @Test
  void sameBytesSameSectionsFromTwoThreads() throws Exception {
    Extractor extractor = extractor(ALL);
    List<Listed.File> files =
        List.of(
            Extractions.file("a.pdf", Samples.pdf("One", "Two")),
            Extractions.file("a.docx", Samples.docx()),
            Extractions.file("a.zip", Samples.zip(Map.of("x.xlsx", Samples.xlsx()))));
    List<Extraction> alone = files.stream().map(file -> Extraction.of(extractor, file)).toList();

    try (var pool = Executors.newFixedThreadPool(2)) {
      var again =
          pool.submit(() -> files.stream().map(file -> Extraction.of(extractor, file)).toList());
      var third =
          pool.submit(() -> files.stream().map(file -> Extraction.of(extractor, file)).toList());

      assertThat(again.get()).isEqualTo(alone);
      assertThat(third.get()).isEqualTo(alone);
    }
  }

  @Test
  void limitsAreAllPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits(0, 1, 1, 1))
        .withMessageContaining("set each limit to 1 or more");
  }
}
