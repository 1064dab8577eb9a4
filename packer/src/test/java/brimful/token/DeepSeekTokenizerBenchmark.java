package brimful.token;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
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

/// How long the count of one text takes: ours, JTokkit's and the Hugging Face library's.
///
/// For JMH, which times one after the other. [#main] runs all in one JVM and by turns, and takes
/// the processor's time: so its ratios mean something on a machine that has other work, too.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DeepSeekTokenizerBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 7;
  private static final Duration TURN = Duration.ofMillis(300);
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final DeepSeekTokenizer tokenizer = new DeepSeekTokenizer();
  private final Encoding o200k =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

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
    return o200k.countTokensOrdinary(text);
  }

  @Benchmark
  public int oursO200k() {
    return Tokenizers.named("o200k_base").count(text);
  }

  @Benchmark
  public int huggingFace() {
    return ReferenceTokenizer.encode(text).length;
  }

  /// Prints megabytes a second, and how many times as fast ours is.
  public static void main(String[] arguments) {
    row("", "MB/s", "ours :", "least", "most");
    for (String name : List.of("code", "prose", "mixed")) {
      var benchmark = new DeepSeekTokenizerBenchmark();
      benchmark.name = name;
      benchmark.read();
      benchmark.compare();
    }
  }

  private void compare() {
    if (ours() != huggingFace()) {
      throw new IllegalStateException("%s: %s is not the count".formatted(name, ours()));
    }
    var counters = new LinkedHashMap<String, IntSupplier>();
    counters.put("ours", this::ours);
    counters.put("ours, empty cache", this::oursCold);
    counters.put("ours, o200k", this::oursO200k);
    counters.put("JTokkit cl100k", this::jtokkitCl100k);
    counters.put("JTokkit o200k", this::jtokkitO200k);
    counters.put("Hugging Face", this::huggingFace);
    counters.values().forEach(counter -> seconds(counter, WARM_UP));
    var seconds = new LinkedHashMap<String, double[]>();
    for (int round = 0; round < ROUNDS; round++) {
      for (var counter : counters.entrySet()) {
        seconds.computeIfAbsent(counter.getKey(), _ -> new double[ROUNDS])[round] =
            seconds(counter.getValue(), TURN);
      }
    }
    double[] ours = seconds.firstEntry().getValue();
    seconds.forEach((counter, theirs) -> print(name + ", " + counter, theirs, ours));
  }

  /// Returns the processor's seconds of one count.
  private static double seconds(IntSupplier counter, Duration atLeast) {
    long began = THREADS.getCurrentThreadCpuTime();
    long took = 0;
    int counts = 0;
    while (took < atLeast.toNanos()) {
      int _ = counter.getAsInt();
      counts++;
      took = THREADS.getCurrentThreadCpuTime() - began;
    }
    return took / 1e9 / counts;
  }

  private void print(String title, double[] theirs, double[] ours) {
    double megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
    double[] ratios = ratios(theirs, ours);
    row(
        title,
        number(megabytes / median(theirs)),
        number(median(ratios)),
        number(Arrays.stream(ratios).min().orElseThrow()),
        number(Arrays.stream(ratios).max().orElseThrow()));
  }

  private static double[] ratios(double[] theirs, double[] ours) {
    return IntStream.range(0, ROUNDS).mapToDouble(round -> theirs[round] / ours[round]).toArray();
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[ROUNDS / 2];
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static void row(String... cells) {
    System.out.printf(Locale.ROOT, "%-26s %10s %10s %10s %10s\n", (Object[]) cells);
  }
}
