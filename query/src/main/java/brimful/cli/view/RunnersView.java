package brimful.cli.view;

import brimful.model.LocalRunner;
import brimful.model.LocalRunner.Loaded;
import brimful.model.ModelProfile;
import brimful.token.Tokenizers;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// The local runners and their models, a line each.
public final class RunnersView {
  private static final String FORM = "%-40s %-10s %9s %6s  %-17s %s";

  private RunnersView() {}

  /// Prints the runners, or that there are none.
  ///
  /// @param local the catalog's entry for local models
  public static void print(List<LocalRunner> runners, ModelProfile local, PrintStream out) {
    out.println();
    if (runners.isEmpty()) {
      out.println(
          "nothing runs here: LM Studio, Ollama, vLLM, llama.cpp and SGLang were looked for");
      return;
    }
    out.println(line("RUNS HERE", "RUNNER", "WINDOW", "SLOTS", "TOKENS", "REMARKS"));
    for (LocalRunner runner : runners) {
      runner.trouble().ifPresent(out::println);
      for (Loaded model : runner.models()) {
        out.println(
            line(
                model.id(),
                runner.kind().display(),
                String.format(Locale.ROOT, "%,d", model.windowTokens()),
                runner.slots(),
                tokens(runner, runner.profile(model, local)),
                remarks(runner, model)));
      }
    }
  }

  private static String line(Object... columns) {
    return FORM.formatted(columns).stripTrailing();
  }

  private static String tokens(LocalRunner runner, ModelProfile model) {
    if (runner.kind().counts()) {
      return "exact, by runner";
    }
    return Tokenizers.named(model.tokenizer()).exact() ? "exact" : "learned";
  }

  private static String remarks(LocalRunner runner, Loaded model) {
    return runner.baseUrl()
        + (model.loaded() ? "" : ", not loaded")
        + (model.sees() ? ", sees images" : "")
        + (runner.state() == LocalRunner.State.KEYED ? ", wants a key" : "");
  }
}
