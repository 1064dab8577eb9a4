package brimful.cli.option;

import brimful.corpus.UserError;
import brimful.extract.ocr.ImageMode;
import brimful.model.ModelCatalog;
import brimful.model.ModelChoice;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.service.Models;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.cli.Option;

/// The options that select a model and how to ask it.
public final class ModelOptions {
  private ModelOptions() {}

  public static Option option() {
    return Option.builder("m")
        .longOpt("model")
        .hasArg()
        .argName("M")
        .desc("the model, see brimful models (default: the configured one, else deepseek-flash)")
        .get();
  }

  /// Returns the settings; the command line overrides environment and file.
  public static Settings settings(Arguments arguments, Terminal terminal) {
    return Settings.read(environment(arguments, terminal));
  }

  /// Returns the model to ask, by the command line.
  public static ModelChoice choice(Arguments arguments, Models models) {
    try {
      return models.choose("");
    } catch (UserError e) {
      boolean unknown =
          e.getCause() instanceof UserError cause && cause.kind() == UserError.Kind.NOT_FOUND;
      throw unknown ? unknown(arguments, e) : e;
    }
  }

  /// Returns the profile of `--model`, else of the configured model.
  public static ModelProfile profile(Arguments arguments, Settings settings) {
    return looked(
        arguments,
        () ->
            ModelCatalog.load(settings.models())
                .named(arguments.value("model").orElse(settings.model())));
  }

  /// Looks a model up. An unknown name is an error of whoever gave it: the command line, or the
  /// configuration.
  private static <T> T looked(Arguments arguments, Supplier<T> look) {
    try {
      return look.get();
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.NOT_FOUND) {
        throw e;
      }
      throw unknown(arguments, e);
    }
  }

  private static UserError unknown(Arguments arguments, UserError e) {
    if (arguments.isOwn("model")) {
      return new UserError(UserError.Kind.USAGE, e.line(), e);
    }
    String from =
        arguments.has("model")
            ? arguments.said("model")
            : "the name is in BRIMFUL_MODEL, or set by brimful config set model";
    return new UserError(UserError.Kind.CONFIG, "%s (%s)".formatted(e.line(), from), e);
  }

  /// Returns the models that an option lists.
  public static List<ModelProfile> listed(
      Arguments arguments, String option, ModelCatalog catalog) {
    try {
      return arguments.values(option).stream().map(catalog::find).toList();
    } catch (UserError e) {
      throw new UserError(UserError.Kind.USAGE, "--%s: %s".formatted(option, e.line()), e);
    }
  }

  /// Returns the process's variables, overridden by the command line.
  public static Map<String, String> environment(Arguments arguments, Terminal terminal) {
    Map<String, String> environment = new HashMap<>(terminal.environment());
    arguments.value("model").ifPresent(model -> environment.put("BRIMFUL_MODEL", model));
    arguments.value("images").ifPresent(mode -> environment.put(ImageMode.VARIABLE, mode));
    arguments.value("base-url").ifPresent(url -> environment.put("BRIMFUL_BASE_URL", address(url)));
    arguments
        .tokens("reply")
        .ifPresent(reply -> environment.put("BRIMFUL_REPLY_TOKENS", reply(reply)));
    return environment;
  }

  private static String reply(int tokens) {
    if (tokens > Settings.REPLY_TOKENS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "--reply %,d is more than any model writes: give %,d at most",
              tokens,
              Settings.REPLY_TOKENS_MAX));
    }
    return Integer.toString(tokens);
  }

  /// Errors of the command line name its options, not the variables.
  private static String address(String url) {
    if (!url.strip().matches("https?://[^\\s/]+.*")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--base-url \"%s\" is not an address: write it like https://host/v1".formatted(url));
    }
    return url;
  }
}
