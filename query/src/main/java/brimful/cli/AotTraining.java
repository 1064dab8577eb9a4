package brimful.cli;

import brimful.cli.command.ExitCode;
import brimful.cli.option.Terminal;
import brimful.kafka.DevBroker;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The training run of an AOT cache: does once what users do often, so that the JVM can record it.
///
/// The JVM loads all classes of a cache at each start, whatever the command, so there are two:
/// Kafka's classes are more than all others together.
///
/// Started by the launcher after a build, on Brimful's own sources; reaches no model.
final class AotTraining {
  private static final String QUESTION = "how are the lines of a file cut into pieces?";

  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  private AotTraining() {}

  /// Runs the commands one after the other.
  ///
  /// @param words the folder to read, a folder for intermediate files, and `kafka` for the commands
  ///   that need it
  public static void main(String[] words) {
    Locale.setDefault(Locale.ROOT);
    String corpus = Path.of(words[0]).toString();
    if (words.length > 2) {
      distributed(words[1], corpus);
    } else {
      local(words[1], corpus);
    }
  }

  /// Runs what needs no Kafka.
  private static void local(String folder, String corpus) {
    Map<String, String> home = Map.of("BRIMFUL_HOME", folder, "DEEPSEEK_API_KEY", "none");
    run(home, "models");
    // By another tokenizer, without a question, and then with one.
    run(home, "pack", corpus, "--model", "gpt-5.5", "--budget", "2000M", "-o", folder + "/window");
    run(home, "pack", corpus, "--model", "gpt-5.5", "-q", QUESTION, "--budget", "60k");
    // Twice: the first run reads the files, the second resembles most starts.
    for (int i = 0; i < 2; i++) {
      run(home, "ask", corpus, QUESTION, "--budget", "500k", "--base-url", "http://127.0.0.1:9/v1");
      run(Map.of("BRIMFUL_HOME", folder), "ask", corpus, QUESTION, "--budget", "60k");
      run(home, "pack", corpus, "-q", QUESTION, "--budget", "200k", "--receipt", "-");
    }
    run(home, "tokens", corpus + "/README.md");
  }

  /// Runs the pipeline through Kafka, all parts in this process.
  private static void distributed(String folder, String corpus) {
    try (DevBroker broker = DevBroker.start(Path.of(folder, "broker"), 0)) {
      Map<String, String> home =
          Map.of("BRIMFUL_HOME", folder, "BRIMFUL_KAFKA", broker.bootstrap());
      Thread worker = Thread.ofPlatform().start(() -> run(home, "worker"));
      Thread indexer = Thread.ofPlatform().start(() -> run(home, "index-worker"));
      run(home, "ingest", corpus, "--collection", "training", "--follow");
      run(home, "status");
      run(home, "dead-letters", "list");
      stop(worker);
      stop(indexer);
      run(home, "ask", "--collection", "training", QUESTION, "--budget", "60k");
    }
  }

  private static void stop(Thread thread) {
    thread.interrupt();
    try {
      thread.join(STOP_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Map<String, String> environment, String... words) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    ExitCode code =
        Main.run(
            List.of(words),
            new Terminal(InputStream.nullInputStream(), nowhere, nowhere, environment));
    System.out.println(String.join(" ", words) + ": " + code);
  }
}
