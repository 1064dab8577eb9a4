package brimful.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.extract.ForkLimits;
import brimful.extract.PoisonParser;
import brimful.ingest.MountMap;
import brimful.ingest.OpenSources;
import brimful.kafka.record.DeadLetter;
import brimful.kafka.worker.PoisonLookup;
import brimful.kafka.worker.Worker;
import brimful.source.Rules;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Poison among good documents: it ends in the dead letters with its cause, and the others do not
/// wait for it. What they take with and without it is printed, by turns.
final class PoisonPipelineTest {
  private static final int GOOD = 1_500;
  private static final int ROUNDS = 2;

  /// How long one document may take here.
  private static final Duration BUDGET = Duration.ofSeconds(4);

  private static final Map<String, DeadLetter.Cause> CAUSES =
      Map.of(
          "hang.mht", DeadLetter.Cause.TIMEOUT,
          "oom.mht", DeadLetter.Cause.OUT_OF_MEMORY,
          "bomb.gz", DeadLetter.Cause.BOMB);

  @TempDir Path folder;

  @BeforeEach
  void lendTheParser() {
    System.setProperty("brimful.extract.parsers", PoisonParser.class.getName());
  }

  @AfterEach
  void takeItBack() {
    System.clearProperty("brimful.extract.parsers");
  }

  @Test
  void endsInTheDeadLettersAndNobodyWaitsForIt() throws Exception {
    Path good = good("good");
    Path mixed = good("mixed");
    poison(mixed);
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    List<DeadLetter> letters = List.of();
    // The first round warms the machine up, and is not counted.
    for (int round = 0; round <= ROUNDS; round++) {
      without.add(seconds(good, List.of()));
      letters = new ArrayList<>();
      with.add(seconds(mixed, letters));
    }
    double plain = median(without.subList(1, ROUNDS + 1));
    double poisoned = median(with.subList(1, ROUNDS + 1));
    System.out.printf(
        Locale.ROOT,
        "%d good documents: %.2f s alone, %.2f s with %d poisoned ones, ratio %.2f (medians of %d, %s and %s)\n",
        GOOD,
        plain,
        poisoned,
        CAUSES.size(),
        poisoned / plain,
        ROUNDS,
        without,
        with);

    var causes = new TreeMap<String, DeadLetter.Cause>();
    letters.forEach(letter -> causes.put(letter.claim().item().value(), letter.cause()));
    assertThat(causes).isEqualTo(CAUSES);
    assertThat(letters)
        .allSatisfy(letter -> {
          assertThat(letter.sha256()).hasSize(64);
          assertThat(letter.detail()).isNotBlank();
        });
  }

  /// Returns how long the good documents of a corpus take in a pipeline of their own.
  private double seconds(Path corpus, List<DeadLetter> letters) throws Exception {
    var standard = ExtractLimits.standard();
    var limits =
        new ExtractLimits(
            standard.textBytesMax(),
            standard.documentBytesMax(),
            standard.charactersMax(),
            standard.pagesMax(),
            standard.membersMax(),
            standard.depthMax(),
            8 << 20,
            BUDGET);
    var forks = new ForkLimits(64 << 20, BUDGET, Duration.ofMinutes(1), 1_000);
    try (var pipeline = new Pipelines(Brokers.dev().bootstrap(), folder.resolve("home"));
        var extractor = new Extractor(limits, Rules.standard(), forks);
        var open = new OpenSources(pipeline.sources(), List.of(), List.of(), MountMap.NONE)) {
      Submitter.Submitted submitted = pipeline.submit(corpus);
      PoisonLookup unknown = (_, _, _) -> Optional.empty();
      var handler = pipeline.handler(extractor, open, unknown);
      long start = System.nanoTime();
      try (Worker worker = pipeline.worker(handler)) {
        Pipelines.await(worker, GOOD);
        double seconds = (System.nanoTime() - start) / 1e9;
        Pipelines.await(worker, submitted.submitted());
        if (submitted.submitted() > GOOD) {
          letters.addAll(DeadLetters.list(pipeline.cluster()));
        }
        return seconds;
      }
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private Path good(String name) throws IOException {
    Path corpus = folder.resolve(name);
    Files.createDirectories(corpus);
    String text =
        IntStream.range(0, 400)
            .mapToObj("line %s of a text that is cut, counted and sent\n"::formatted)
            .collect(Collectors.joining());
    for (int i = 0; i < GOOD; i++) {
      write(
          corpus.resolve("good%s.md".formatted(i)), ("# good " + i + "\n" + text).getBytes(UTF_8));
    }
    return corpus;
  }

  private static void poison(Path corpus) throws IOException {
    write(
        corpus.resolve("hang.mht"), mock("<hang millis='600000' heavy='true' pulse_millis='10'/>"));
    write(corpus.resolve("oom.mht"), mock("<oom/>"));
    Path bomb = corpus.resolve("bomb.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      byte[] text = "x".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 256; i++) {
        out.write(text);
      }
    }
    settle(bomb);
  }

  private static byte[] mock(String actions) {
    return ("<?xml version='1.0' encoding='UTF-8'?>\n<mock>" + actions + "</mock>\n")
        .getBytes(UTF_8);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    settle(file);
  }

  /// A file that has just been written counts as changed until its time has settled.
  private static void settle(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }
}
