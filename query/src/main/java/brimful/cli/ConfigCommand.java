package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.Terminal;
import brimful.corpus.UserError;
import brimful.extract.limit.Limit;
import brimful.model.ConfigFile;
import brimful.model.ModelChoice;
import brimful.model.Settings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Scanner;
import org.apache.commons.cli.Options;

/// Shows and changes the configuration file.
final class ConfigCommand implements Command {
  private final Terminal terminal;

  ConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "config";
  }

  @Override
  public String summary() {
    return "shows and changes the configuration: keys, default model, spend limit";
  }

  @Override
  public String help() {
    return """
    brimful config [list]           all settings; keys are masked
    brimful config get NAME         one setting; a key is masked
    brimful config set NAME VALUE   changes one; VALUE - reads it from standard input, for keys
    brimful config unset NAME       back to the default
    brimful config path             where the file is

    Names: model, base_url, api_key (any provider) or api_key.PROVIDER (such as api_key.deepseek),
    spend_usd_max (an ask that may cost more needs --yes), silence_max (such as PT15M: how long to
    wait for a slow model), reply_tokens (kept free for the answer), thinking (default, on, off).
    The environment wins over the file: DEEPSEEK_API_KEY, OPENAI_API_KEY and so on (see brimful
    models), BRIMFUL_API_KEY, BRIMFUL_MODEL, BRIMFUL_BASE_URL, …

    transcribe (an endpoint like https://api.openai.com/v1 or http://localhost:8000/v1, to which the sound
    of recordings is sent to have speech written down; off by default), transcribe_model,
    transcribe_language (such as de), transcribe_usd_minute (what a minute costs), transcribe_usd_max
    (what a run may then spend; 5) and api_key.transcribe; or BRIMFUL_TRANSCRIBE, …_MODEL, …_LANGUAGE,
    …_USD_MINUTE, …_USD_MAX and BRIMFUL_TRANSCRIBE_API_KEY.

    limit.NAME is a limit of reading a file, and so are BRIMFUL_LIMIT_NAME and --limit NAME=VALUE,
    which win. What a limit cut is reported with its name, and read again once it is higher.
    k, m, g and t are 1,024 times as many bytes each; times are in s, m or h.
    %s

      brimful config set model gpt-5.5
      brimful config set limit.members 200000
      pass show deepseek | brimful config set api_key.deepseek -
    """
        .formatted(Limit.describe().indent(6).stripTrailing());
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public ExitCode run(Arguments arguments) {
    ConfigFile file = ConfigFile.of(terminal.environment());
    List<String> words = arguments.words();
    String action = words.isEmpty() ? "list" : words.getFirst();
    switch (action) {
      case "list" -> list(file);
      case "path" -> terminal.out().println(file.path());
      case "get" -> get(file, word(words, 1, "NAME"));
      case "set" -> set(file, word(words, 1, "NAME"), value(word(words, 2, "VALUE")));
      case "unset" -> file.set(word(words, 1, "NAME"), "");
      default ->
          throw new UserError(
              UserError.Kind.USAGE,
              "brimful config %s: say list, get, set, unset or path".formatted(action));
    }
    return ExitCode.OK;
  }

  private void set(ConfigFile file, String name, String value) {
    file.set(name, value);
    if (name.equals("model")) {
      warnOfUnknown(value);
    }
  }

  /// A runner may have the model tomorrow, so the name is kept.
  private void warnOfUnknown(String model) {
    var environment = new HashMap<>(terminal.environment());
    environment.put("BRIMFUL_MODEL", model);
    try {
      ModelChoice _ = ModelChoice.of(Settings.read(environment), environment, _ -> {});
    } catch (UserError e) {
      terminal.note("%s is set, but for now %s".formatted(model, e.line()));
    }
  }

  private void list(ConfigFile file) {
    file.masked().forEach((name, value) -> terminal.out().println(name + "=" + value));
    if (file.masked().isEmpty()) {
      terminal.note("nothing is set in %s: see brimful config --help".formatted(file.path()));
    }
  }

  private void get(ConfigFile file, String name) {
    String value = file.masked().get(name);
    if (value == null) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "%s is not set: brimful config set %s VALUE".formatted(name, name));
    }
    terminal.out().println(value);
  }

  private String value(String word) {
    if (!word.equals("-")) {
      return word;
    }
    try (var lines = new Scanner(terminal.in(), StandardCharsets.UTF_8)) {
      if (!lines.hasNextLine()) {
        throw new UserError(UserError.Kind.USAGE, "standard input is empty: write the value there");
      }
      return lines.nextLine().strip();
    }
  }

  private static String word(List<String> words, int place, String what) {
    if (words.size() <= place) {
      throw new UserError(
          UserError.Kind.USAGE,
          "brimful config %s has no %s: see brimful config --help"
              .formatted(words.getFirst(), what));
    }
    return words.get(place);
  }
}
