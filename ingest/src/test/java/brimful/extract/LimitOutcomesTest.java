package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.Outcome;
import brimful.extract.limit.Limit;
import brimful.extract.limit.Limits;
import brimful.extract.media.Media;
import brimful.extract.ocr.ImageMode;
import brimful.extract.pdf.Paper;
import brimful.source.Listed;
import brimful.source.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each limit cuts a file when it is low, names itself, and lets the file through when it is
/// raised.
///
/// Over a second, because two of the limits need parser processes of their own.
final class LimitOutcomesTest {
  /// Nearly all limits are told to the same processes.
  private static final Map<ForkLimits, ForkPool> POOLS = new HashMap<>();

  @BeforeAll
  static void lendTheParser() {
    System.setProperty(TikaParsers.MORE, PoisonParser.class.getName());
  }

  @AfterAll
  static void end() {
    System.clearProperty(TikaParsers.MORE);
    POOLS.values().forEach(ForkPool::close);
  }

  /// A file, and the value of a limit that cuts it, and one that does not.
  private record Sample(Listed.File file, String low, String high) {
    static Sample of(String name, byte[] bytes, String low, String high) {
      return new Sample(Extractions.file(name, bytes), low, high);
    }
  }

  private static Sample sample(Limit limit) {
    byte[] text = "some words\n".repeat(400).getBytes(UTF_8);
    return switch (limit) {
      case DOCUMENT -> Sample.of("a.pdf", Samples.pdf("One"), "100", "1m");
      case TEXT -> Sample.of("a.txt", text, "1k", "8k");
      case CHARACTERS -> Sample.of("a.docx", Samples.docx(), "20", "2000");
      case PAGES -> Sample.of("a.pdf", Samples.pdf("One", "Two", "Three"), "2", "3");
      case FIGURES -> Sample.of("a.pdf", figures(), "1", "2");
      case MEMBERS -> Sample.of("a.zip", Samples.zip(members(text)), "2", "3");
      case DEPTH ->
          Sample.of(
              "a.zip", Samples.zip(Map.of("b.zip", Samples.zip(Map.of("c.txt", text)))), "1", "2");
      case UNPACKED -> Sample.of("a.zip", Samples.zip(members(text)), "10k", "20k");
      case TIME -> Sample.of("poison.mht", hang(3_000, 100), "1s", "20s");
      case STALL -> Sample.of("poison.mht", hang(4_000, 0), "1s", "60s");
      case MEMORY -> Sample.of("poison.mht", mock("<hold mebibytes='100'/>"), "64m", "1g");
    };
  }

  private static byte[] figures() {
    try (var paper = new Paper()) {
      return paper.page("One").figure(300).page("Two").figure(300).bytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] hang(int millis, int pulse) {
    String busy = pulse == 0 ? "" : " heavy='true' pulse_millis='%s'".formatted(pulse);
    return mock("<hang millis='%s'%s/>".formatted(millis, busy));
  }

  private static byte[] mock(String action) {
    return "<?xml version='1.0'?>\n<mock><write element='p'>text</write>%s</mock>"
        .formatted(action)
        .getBytes(UTF_8);
  }

  private static Map<String, byte[]> members(byte[] text) {
    var members = new LinkedHashMap<String, byte[]>();
    Stream.of("a.txt", "b.txt", "c.txt").forEach(name -> members.put(name, text));
    return members;
  }

  private static Extraction extract(Sample sample, Limits limits) {
    ForkPool forks = POOLS.computeIfAbsent(ForkLimits.of(limits), ForkPool::new);
    // As for a model that sees: others get no figures.
    Rules rules = ImageMode.ALL.rules(Rules.standard(), true);
    var extractor = new Extractor(ExtractLimits.of(limits), rules, Media.off(), forks);
    return Extraction.of(extractor, sample.file());
  }

  @ParameterizedTest
  @EnumSource
  void eachCutsWhenLowAndNotWhenRaised(Limit limit) {
    Sample sample = sample(limit);
    Limits low = Limits.standard().with(limit, limit.value(sample.low()));
    Limits high = Limits.standard().with(limit, limit.value(sample.high()));

    Extraction cut = extract(sample, low);
    Extraction whole = extract(sample, high);

    assertThat(whole.outcome()).isEqualTo(new Outcome.Indexed());
    assertThat(whole.members())
        .allSatisfy(member -> assertThat(member.outcome()).isEqualTo(new Outcome.Indexed()));
    String said =
        Stream.concat(
                Stream.of(cut.outcome()), cut.members().stream().map(member -> member.outcome()))
            .map(Outcome::display)
            .filter(line -> line.endsWith("limit " + limit.title() + "=" + sample.low() + ")"))
            .findFirst()
            .orElse("");
    assertThat(said).as("%s", cut.outcome()).isNotEmpty();
    assertThat(Extractor.readsMore(high, said)).isTrue();
    assertThat(Extractor.readsMore(low, said)).isFalse();
  }
}
