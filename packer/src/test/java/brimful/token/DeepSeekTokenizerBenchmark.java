package brimful.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// How long a count of one megabyte takes: ours, the Hugging Face library's and JTokkit's.
///
/// Milliseconds a megabyte, so 40 is 25 MB a second. The text is this project's source, or the
/// files of the folder that is given, repeated or cut to a megabyte.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DeepSeekTokenizerBenchmark {
  private static final int CHARS = 1_000_000;

  @Param("src")
  private String folder = "src";

  private String text = "";

  /// Runs all of them on the Java files of the folder that is named, or of this module.
  public static void main(String[] arguments) throws RunnerException {
    String folder = arguments.length == 0 ? "src" : arguments[0];
    new Runner(
            new OptionsBuilder()
                .include(DeepSeekTokenizerBenchmark.class.getName())
                .param("folder", folder)
                .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
                .build())
        .run();
  }

  @Setup
  public void read() throws IOException {
    var read = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        read.append(Files.readString(file, StandardCharsets.UTF_8));
        if (read.length() >= CHARS) {
          break;
        }
      }
    }
    text = read.repeat(read.toString(), CHARS / Math.max(1, read.length())).substring(0, CHARS);
  }

  @Benchmark
  public int brimful() {
    return Tokenizers.named("deepseek-v3").count(text);
  }

  @Benchmark
  public int huggingFace() {
    return Reference.encode(text).length;
  }

  @Benchmark
  public int jtokkitO200k() {
    return Tokenizers.named("o200k_base").count(text);
  }
}
