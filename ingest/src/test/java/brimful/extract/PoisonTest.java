package brimful.extract;

import static brimful.extract.Extractions.file;
import static brimful.extract.Extractions.outcome;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import brimful.extract.media.Media;
import brimful.source.Listed;
import brimful.source.Rules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Documents that hang, crash, explode and eat memory: each must end by itself and alone.
///
/// Over a second, and run by default all the same: this is what the fork is for.
final class PoisonTest {
  private static final ForkLimits SMALL =
      new ForkLimits(64L << 20, Duration.ofMinutes(1), Duration.ofMinutes(1), 1_000);
  private static final ExtractLimits PATIENT = limits(Duration.ofMinutes(1));
  private static final ForkPool FORKS = new ForkPool(SMALL);

  @BeforeAll
  static void lendTheParser() {
    System.setProperty(TikaParsers.MORE, PoisonParser.class.getName());
  }

  @AfterAll
  static void end() {
    System.clearProperty(TikaParsers.MORE);
    FORKS.close();
  }

  /// After each poison, in the same pool: the next document.
  @AfterEach
  void theNextDocumentIsRead() {
    Extraction next = extract("good.pdf", Samples.pdf("Good"), PATIENT);

    assertThat(shown(next)).isEqualTo("good.pdf p. 1: Good");
  }

  @Test
  void aHangEndsWithinItsTime() {
    Extraction hung = poison("<hang millis='600000' heavy='true' pulse_millis='10'/>", 750);

    assertThat(hung.breakdown()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(outcome(hung))
        .isEqualTo("failed: no result after 0.75 s: the parser was stopped (limit time=0.75s)");
  }

  @Test
  void aHangThatMakesNoProgressEndsEarlier() {
    var impatient = new ForkLimits(SMALL.heapBytes(), Duration.ofMillis(1_200), SMALL.start(), 1);
    var beats = new ArrayList<Long>();
    try (var extractor = new Extractor(PATIENT, Rules.standard(), impatient)) {
      Listed.File hanging = mock("<write element='p'>a</write><hang millis='600000'/>");

      Extraction hung = Extraction.of(extractor, hanging, beats::add);

      assertThat(hung.breakdown()).isEqualTo(FailureKind.STALLED);
      assertThat(outcome(hung))
          .isEqualTo("failed: no progress for 1.20 s: the parser was stopped (limit stall=1.2s)");
      assertThat(beats).isSorted().doesNotHaveDuplicates().hasSizeLessThan(4);
    }
  }

  @Test
  void whatStallsOnceIsReadAgain() {
    // Long enough for what does not stall, on a busy machine, too.
    var impatient = new ForkLimits(SMALL.heapBytes(), Duration.ofSeconds(6), SMALL.start(), 1);
    var opened = new AtomicInteger();
    try (var extractor = new Extractor(PATIENT, Rules.standard(), impatient)) {
      Listed.File hanging = mock("<write element='p'>a</write><hang millis='600000'/>");
      Listed.File good = mock("<write element='p'>It is read.</write>");
      var file =
          new Listed.File(
              hanging.id(),
              "stamp",
              hanging.bytes(),
              () -> (opened.incrementAndGet() == 1 ? hanging : good).content().open());

      Extraction read = Extraction.of(extractor, file, ParseProgress.silent());

      assertThat(outcome(read)).isEqualTo("indexed");
      assertThat(shown(read)).endsWith("It is read.");
      assertThat(opened).hasValue(2);
    }
  }

  @Test
  void memoryHasAnEnd() {
    Extraction eaten = poison("<oom/>", 60_000);

    assertThat(eaten.breakdown()).isEqualTo(FailureKind.OUT_OF_MEMORY);
    assertThat(outcome(eaten))
        .isEqualTo("failed: the parser exhausted its 64 MiB (limit memory=64m)");
  }

  @Test
  void aCrashTakesOnlyItsDocument() {
    Extraction crashed = poison("<system_exit/>", 60_000);

    assertThat(crashed.breakdown()).isEqualTo(FailureKind.CRASH);
    assertThat(outcome(crashed)).startsWith("failed: the parser process ended with code ");
  }

  @Test
  void whatIsThrownIsTheDocumentsFault() {
    Extraction broken =
        poison("<throw class='java.lang.IllegalStateException'>bad</throw>", 60_000);
    Extraction nested = poison("<throw class='java.lang.StackOverflowError'>deep</throw>", 60_000);

    assertThat(broken.breakdown()).isEqualTo(FailureKind.DOCUMENT);
    assertThat(outcome(broken)).isEqualTo("failed: its parser failed: bad");
    assertThat(outcome(nested)).isEqualTo("failed: is nested too deeply");
  }

  @Test
  void printingDoesNoHarm() {
    String loud = "<print_out>loud</print_out><print_err>louder</print_err>";

    Extraction printed = poison(loud + "<write element='p'>text</write>", 60_000);

    assertThat(shown(printed)).endsWith(": text");
  }

  @Test
  void bombsEndSmall() {
    byte[] bomb = Samples.gzBomb(3 << 10);

    Extraction bare = extract("a.gz", bomb, PATIENT);
    Extraction wrapped = extract("a.zip", Samples.zip(Map.of("a.gz", bomb)), PATIENT);

    assertThat(bare.breakdown()).isEqualTo(FailureKind.BOMB);
    assertThat(wrapped.breakdown()).isEqualTo(FailureKind.BOMB);
    assertThat(outcome(bare)).contains("unpacks to more than 8,388,608 bytes (limit unpacked=8m)");
  }

  @Test
  void whatCameBeforeACrashIsKept() {
    Extraction crashed = archive("poison.mht", xml("<system_exit/>"));

    assertThat(crashed.breakdown()).isEqualTo(FailureKind.NONE);
    assertThat(outcome(crashed))
        .startsWith("truncated: 1 member, then: the parser process ended with code ");
    assertThat(shown(crashed)).isEqualTo("a.zip!/a.txt 1-1: text");
    assertThat(Extractions.members(crashed)).containsExactly(entry("a.zip!/a.txt", "indexed"));
  }

  @Test
  void whatCameBeforeABombIsKept() {
    Extraction crashed = archive("b.gz", Samples.gzBomb(3 << 10));

    assertThat(outcome(crashed))
        .isEqualTo(
            "truncated: 1 member, then: unpacks to more than 8,388,608 bytes (limit unpacked=8m)");
    assertThat(shown(crashed)).isEqualTo("a.zip!/a.txt 1-1: text");
  }

  @Test
  @Tag("slow")
  void eachMemberHasTheTimeOfADocument() {
    var members = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < 3; i++) {
      members.put(i + ".mht", xml("<write element='p'>text</write><hang millis='4000'/>"));
    }

    Extraction patient = extract("a.zip", Samples.zip(members), limits(Duration.ofSeconds(10)));

    assertThat(outcome(patient)).isEqualTo("indexed");
    assertThat(patient.texts()).hasSize(3);
  }

  private static Extraction archive(String name, byte[] poison) {
    var members = new LinkedHashMap<String, byte[]>();
    members.put("a.txt", "text".getBytes(UTF_8));
    members.put(name, poison);
    return extract("a.zip", Samples.zip(members), PATIENT);
  }

  @Test
  void bytesThatCannotBeReadAreNotTheParsersFault() {
    byte[] pdf = Samples.pdf("One");
    Listed.Content torn =
        () ->
            new MeteredStream(
                new ByteArrayInputStream(pdf),
                _ -> {
                  throw new IOException("torn");
                });
    var sound = file("a.pdf", pdf);

    Extraction extraction =
        Extraction.of(extractor(PATIENT), new Listed.File(sound.id(), "s", pdf.length, torn));

    assertThat(extraction.breakdown()).isEqualTo(FailureKind.SOURCE);
    assertThat(outcome(extraction)).isEqualTo("failed: torn");
  }

  @Test
  void anInterruptEndsTheParseAndStays() {
    ParseProgress interrupting = _ -> Thread.currentThread().interrupt();

    Extraction extraction =
        Extraction.of(extractor(PATIENT), mock("<hang millis='600000'/>"), interrupting);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(extraction.breakdown()).isEqualTo(FailureKind.INTERRUPTED);
    assertThat(outcome(extraction)).isEqualTo("failed: interrupted");
  }

  @Test
  void afterItsEndTheExtractorSaysSo() {
    var extractor = new Extractor(PATIENT, Rules.standard(), SMALL);
    extractor.close();

    assertThatThrownBy(() -> Extraction.of(extractor, file("a.pdf", Samples.pdf("One"))))
        .hasMessageContaining("make another one");
  }

  private static Extraction poison(String actions, long millis) {
    return Extraction.of(extractor(limits(Duration.ofMillis(millis))), mock(actions));
  }

  private static Listed.File mock(String actions) {
    return file("poison.mht", xml(actions));
  }

  private static byte[] xml(String actions) {
    String xml = "<?xml version='1.0' encoding='UTF-8'?>\n<mock>" + actions + "</mock>\n";
    return xml.getBytes(UTF_8);
  }

  private static Extraction extract(String name, byte[] bytes, ExtractLimits limits) {
    return Extraction.of(extractor(limits), file(name, bytes));
  }

  private static Extractor extractor(ExtractLimits limits) {
    return new Extractor(limits, Rules.standard(), Media.off(), FORKS);
  }

  private static ExtractLimits limits(Duration duration) {
    return new ExtractLimits(8 << 20, 64 << 20, 1 << 20, 1_000, 100, 10, 8L << 20, duration);
  }
}
