package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.CellRange;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.corpus.Outcome;
import brimful.source.Rules;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ForkPoolTest {
  private static final ExtractLimits ALL = ExtractLimits.standard();

  @Test
  void anAnswerComesOutAsItWentIn() throws IOException {
    var id = new DocumentId("a.zip");
    var frames =
        List.of(
            new ForkProtocol.Text(
                id.member("b"),
                List.of(
                    new Section(new Locator.Lines(1, 3), "a\n\ud800 half\u00e9\n"),
                    new Section(new Locator.Page(2), "x".repeat(20_001)),
                    new Section(new Locator.Slide(3), ""),
                    new Section(new Locator.Cell(4), "code"),
                    new Section(
                        new Locator.Sheet("S", CellRange.parse("A1:B2")),
                        "a\nb",
                        "head | row",
                        List.of(
                            new Locator.Sheet("S", CellRange.parse("A1:B1")),
                            new Locator.Turns(
                                1,
                                2,
                                Minutes.parse("2024-05-01 10:32-10:40"),
                                List.of("Mia", "Bob")))),
                    new Section(new Locator.Time(1, 2), "cue"),
                    new Section(new Locator.Sheet("S"), "\ud83d\ude00"))),
            new ForkProtocol.Member(new Item.Member(id.member("c"), new Outcome.Failed("why"))),
            new ForkProtocol.Member(new Item.Member(id.member("d"), new Outcome.Skipped("rule"))),
            new ForkProtocol.Member(new Item.Member(id.member("e"), new Outcome.Encrypted())),
            new ForkProtocol.Done(
                Ending.of(new Outcome.Truncated(1, 2, "members", "one is broken"))),
            new ForkProtocol.Done(Ending.failed(FailureKind.BOMB, "too large")));
    var bytes = new ByteArrayOutputStream();

    for (ForkProtocol.Frame frame : frames) {
      ForkProtocol.write(new DataOutputStream(bytes), frame);
    }

    DataInputStream in = in(bytes);
    for (ForkProtocol.Frame frame : frames) {
      assertThat(ForkProtocol.readFrame(in, 1 << 20)).isEqualTo(frame);
    }
  }

  @Test
  void aRequestComesOutAsItWentIn() throws IOException {
    var request =
        new ForkProtocol.Request(new DocumentId("a b/ü"), ALL, Rules.standard().without("media"));
    var bytes = new ByteArrayOutputStream();

    ForkProtocol.write(new DataOutputStream(bytes), request);

    assertThat(ForkProtocol.readRequest(in(bytes))).isEqualTo(request);
  }

  private static DataInputStream in(ByteArrayOutputStream bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  @Test
  @Tag("slow")
  void aForkGivesWhatTheParserGives() throws IOException {
    try (var forkPool = new ForkPool(ForkLimits.standard())) {
      DocumentParser parser = forkPool.parser(ALL, Rules.standard(), ParseProgress.silent());
      for (var sample : samples().entrySet()) {
        var id = new DocumentId(sample.getKey());

        Extraction forked = parsed(parser, id, sample.getValue());

        assertThat(forked).isEqualTo(here(id, sample.getValue()));
      }
    }
  }

  @Test
  void aDocumentWaitsWhereThereIsRoomForOneProcessOnly() throws Exception {
    var limits = new ForkLimits(64L << 20, Duration.ofMinutes(1), Duration.ofMinutes(1), 1_000);
    byte[] pdf = Samples.pdf("One");
    try (var forkPool = new ForkPool(limits, new Semaphore(1));
        var threads = Executors.newFixedThreadPool(3)) {
      DocumentParser parser = forkPool.parser(ALL, Rules.standard(), ParseProgress.silent());
      Callable<Extraction> parse = () -> parsed(parser, new DocumentId("a.pdf"), pdf);

      List<Future<Extraction>> parsed = threads.invokeAll(List.of(parse, parse, parse));

      for (Future<Extraction> one : parsed) {
        assertThat(one.get()).isEqualTo(here(new DocumentId("a.pdf"), pdf));
      }
      assertThat(forkPool.living()).isEqualTo(1);
    }
  }

  private static Extraction here(DocumentId id, byte[] bytes) throws IOException {
    return parsed(new TikaParser(ALL, Rules.standard(), new Allowance(ALL), 0), id, bytes);
  }

  private static Extraction parsed(DocumentParser parser, DocumentId id, byte[] bytes)
      throws IOException {
    var collected = new Extraction.Collected();
    return collected.with(parser.parse(id, new ByteArrayInputStream(bytes), collected));
  }

  private static Map<String, byte[]> samples() {
    byte[] pdf = Samples.pdf("One\nline two", "", "Three");
    var samples = new LinkedHashMap<String, byte[]>();
    samples.put("a.pdf", pdf);
    samples.put("broken.pdf", Arrays.copyOf(pdf, 60));
    samples.put("locked.pdf", Samples.encryptedPdf("x"));
    samples.put("a.docx", Samples.docx());
    samples.put("a.xlsx", Samples.xlsx());
    samples.put("a.pptx", Samples.pptx("Welcome", "", "Bye"));
    samples.put("a.epub", Samples.epub());
    samples.put("a.tgz", Samples.tgz("d/x.txt", "hello\n".getBytes(UTF_8)));
    samples.put("a.eml", Samples.eml("See the file.", "in.zip", Samples.zip(Map.of("c.pdf", pdf))));
    samples.put("a.zip", Samples.zip(new LinkedHashMap<>(samples)));
    return samples;
  }

  @Test
  @Tag("slow")
  void aForkEndsWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-D" + TikaParsers.MORE + "=" + PoisonParser.class.getName(),
                Doomed.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8))) {
      ProcessHandle fork = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();

      parent.destroyForcibly();

      fork.onExit().get(20, TimeUnit.SECONDS);
      assertThat(fork.isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }

  /// A process whose fork hangs; it prints the fork's id.
  static final class Doomed {
    private Doomed() {}

    public static void main(String[] words) throws IOException {
      var limits = new ForkLimits(64L << 20, Duration.ofMinutes(5), Duration.ofMinutes(1), 10);
      try (var forkPool = new ForkPool(limits)) {
        InputStream hang =
            new ByteArrayInputStream(
                "<?xml version='1.0'?><mock><hang millis='600000'/></mock>".getBytes(UTF_8));
        ParseProgress tell =
            _ ->
                ProcessHandle.current()
                    .children()
                    .forEach(child -> {
                      System.out.println(child.pid());
                      System.out.flush();
                    });
        forkPool
            .parser(ALL, Rules.standard(), tell)
            .parse(new DocumentId("x.xml"), hang, new Extraction.Collected());
      }
    }
  }
}
