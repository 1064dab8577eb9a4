package brimful.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// How long the count of one text takes: ours, JTokkit's and the Hugging Face library's.
///
/// `bench/tokenizer` runs all of them in one JVM and by turns, for some rounds, and prints the
/// medians. So the ratios mean something on a machine that has other work, too; the times may not.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(0)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 1, time = 1)
public class DeepSeekTokenizerBenchmark {
  private static final int ROUNDS = 5;
  private static final List<String> TEXTS = List.of("code", "prose", "mixed");
  private static final List<String> COUNTERS =
      List.of("ours", "oursCold", "jtokkitCl100k", "jtokkitO200k", "huggingFace");

  private final DeepSeekTokenizer tokenizer = new DeepSeekTokenizer();

  @Param({"code", "prose", "mixed"})
  private String name = "";

  private String text = "";

  @Setup
  public void read() {
    text = BenchmarkTexts.named(name);
  }

  @Benchmark
  public int ours() {
    return tokenizer.count(text);
  }

  /// With an empty cache, as the first count of a new thread.
  @Benchmark
  public int oursCold() {
    return new BytePairEncoder(tokenizer.splitter(), tokenizer.merges()).count(text);
  }

  @Benchmark
  public int jtokkitCl100k() {
    return Tokenizers.named("cl100k_base").count(text);
  }

  @Benchmark
  public int jtokkitO200k() {
    return Tokenizers.named("o200k_base").count(text);
  }

  @Benchmark
  public int huggingFace() {
    return Reference.encode(text).length;
  }

  /// Prints megabytes a second, and how many times as fast ours is.
  public static void main(String[] arguments) throws RunnerException {
    row("", "MB/s", "ours :", "least", "most");
    for (String text : TEXTS) {
      double megabytes = BenchmarkTexts.named(text).getBytes(StandardCharsets.UTF_8).length / 1e6;
      double[][] seconds = new double[COUNTERS.size()][ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        for (int counter = 0; counter < COUNTERS.size(); counter++) {
          seconds[counter][round] = seconds(text, COUNTERS.get(counter));
        }
      }
      for (int counter = 0; counter < COUNTERS.size(); counter++) {
        double[] ratios = ratios(seconds[counter], seconds[0]);
        row(
            text + " " + COUNTERS.get(counter),
            number(megabytes / median(seconds[counter])),
            number(median(ratios)),
            number(Arrays.stream(ratios).min().orElseThrow()),
            number(Arrays.stream(ratios).max().orElseThrow()));
      }
    }
  }

  private static double seconds(String text, String counter) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(DeepSeekTokenizerBenchmark.class.getName() + "\\." + counter + "$")
            .param("name", text)
            .verbosity(VerboseMode.SILENT)
            .build();
    return new Runner(options).runSingle().getPrimaryResult().getScore();
  }

  private static double[] ratios(double[] theirs, double[] ours) {
    return IntStream.range(0, ROUNDS).mapToDouble(round -> theirs[round] / ours[round]).toArray();
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[ROUNDS / 2];
  }

  private static String number(double value) {
    return "%.1f".formatted(value);
  }

  private static void row(String... cells) {
    System.out.printf("%-20s %10s %10s %10s %10s%n", (Object[]) cells);
  }
}
