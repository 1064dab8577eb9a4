package brimful.cli;

import brimful.ask.Settings;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.cli.Option;

/// How commands let a person name a model, and say how to ask it.
final class ModelOptions {
  private ModelOptions() {}

  static Option option() {
    return Option.builder("m")
        .longOpt("model")
        .hasArg()
        .argName("M")
        .desc("the model, see brimful models (default: the configured one, else deepseek-flash)")
        .get();
  }

  /// Returns the settings, in which the command line wins over environment and file.
  static Settings settings(Arguments arguments, Terminal terminal) {
    return Settings.read(environment(arguments, terminal));
  }

  /// Returns the process's variables with what the command line says in their place.
  static Map<String, String> environment(Arguments arguments, Terminal terminal) {
    Map<String, String> environment = new HashMap<>(terminal.environment());
    arguments.value("model").ifPresent(model -> environment.put("BRIMFUL_MODEL", model));
    arguments.value("base-url").ifPresent(url -> environment.put("BRIMFUL_BASE_URL", url));
    arguments
        .tokens("reply")
        .ifPresent(reply -> environment.put("BRIMFUL_REPLY_TOKENS", reply.toString()));
    return environment;
  }
}
