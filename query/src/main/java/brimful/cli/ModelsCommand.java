package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.RunnersView;
import brimful.model.ApiKey;
import brimful.model.LocalRunner;
import brimful.model.LocalRunners;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.model.TokenPrice;
import brimful.token.Tokenizers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.Options;

/// Lists the known models.
final class ModelsCommand implements Command {
  private final Terminal terminal;

  ModelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String summary() {
    return "lists the models: windows, prices, cache rules, tokenizers";
  }

  @Override
  public String help() {
    return """
    brimful models [NAME]

    Lists the known models; with NAME, shows the details of one. Prices are in USD per million tokens,
    off-peak, as of the given date. Below stands what runs here: at the default ports of LM Studio, Ollama,
    vLLM, llama.cpp and SGLang, and at --base-url. The file models.json in the configuration folder (see brimful config
    path) adds and changes models.
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(PackOptions.option("base-url", "URL", "where else a runner may be"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    Settings settings = ModelOptions.settings(arguments, terminal);
    ModelCatalog catalog = ModelCatalog.load(settings.models());
    if (!arguments.words().isEmpty()) {
      describe(catalog.find(arguments.words().getFirst()));
      return ExitCode.OK;
    }
    int width = catalog.models().stream().mapToInt(model -> model.id().length()).max().orElse(0);
    line(width, "MODEL", "WINDOW", "REPLY", "IN MISS", "IN HIT", "OUT", "TOKENS", "CACHE", "TAKES");
    catalog.models().forEach(model -> list(width, model));
    RunnersView.print(runners(settings, catalog), catalog.find("local"), terminal.out());
    return ExitCode.OK;
  }

  /// Returns what runs on this machine, and at the configured address.
  private List<LocalRunner> runners(Settings settings, ModelCatalog catalog) {
    ApiKey key = settings.key(catalog.find("local"), terminal.environment());
    var runners = new ArrayList<>(new LocalRunners(key).find());
    if (!settings.baseUrl().isEmpty()) {
      new LocalRunners()
          .at(settings.baseUrl(), key)
          .filter(
              there -> runners.stream().noneMatch(here -> here.baseUrl().equals(there.baseUrl())))
          .ifPresent(runners::add);
    }
    return runners;
  }

  private void list(int width, ModelProfile model) {
    Optional<TokenPrice> rate = model.rates().stream().findFirst();
    line(
        width,
        model.id(),
        tokens(model.limits().windowTokens()),
        tokens(model.limits().replyTokensMax()),
        rate.map(r -> price(r.missUsd())).orElse("-"),
        rate.map(r -> price(r.hitUsd())).orElse("-"),
        rate.map(r -> price(r.outputUsd())).orElse("-"),
        Tokenizers.named(model.tokenizer()).exact() ? "exact" : "estimated",
        model.cache().kind(),
        String.join(",", model.modalities()));
  }

  private void line(int width, Object... columns) {
    String form = "%-" + width + "s";
    terminal
        .out()
        .println(
            (form + " %8s %7s %8s %7s %7s  %-9s  %-18s %s").formatted(columns).stripTrailing());
  }

  private void describe(ModelProfile model) {
    var out = terminal.out();
    out.println(
        model.id()
            + (model.aliases().isEmpty() ? "" : " (" + String.join(", ", model.aliases()) + ")"));
    out.println(
        "  reached at   "
            + (model.endpoint().baseUrl().isEmpty()
                ? "the port of a local runner, or --base-url"
                : model.endpoint().baseUrl() + ", key in " + model.endpoint().keyVariable()));
    out.println(
        String.format(
            Locale.ROOT,
            "  window       %,d tokens, of which the prompt at most %,d and the reply at most %,d",
            model.limits().windowTokens(),
            model.limits().promptTokensMax(),
            model.limits().replyTokensMax()));
    out.println(
        String.format(
            Locale.ROOT,
            "  usable       %,d tokens of prompt, with %,d kept free for the reply and %,d for the template",
            model.promptTokens(),
            model.limits().replyTokens(),
            model.limits().templateTokens()));
    out.println("  takes        " + String.join(", ", model.modalities()));
    for (TokenPrice tokenPrice : model.rates()) {
      out.println(
          "  price        %s in, %s cached, %s out per million tokens%s"
              .formatted(
                  price(tokenPrice.missUsd()),
                  price(tokenPrice.hitUsd()),
                  price(tokenPrice.outputUsd()),
                  when(tokenPrice)));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "  cache        %s, from %,d tokens; %s",
            model.cache().kind(),
            model.cache().tokensMin(),
            model.cache().unit()));
    out.println(
        "  tokenizer    "
            + model.tokenizer()
            + (Tokenizers.named(model.tokenizer()).exact()
                ? ", exact"
                : ", estimated: an upper bound"));
    out.println("  source       %s, %s".formatted(model.source().text(), model.source().asOf()));
  }

  private static String when(TokenPrice tokenPrice) {
    var when = new StringBuilder();
    if (tokenPrice.when().promptTokensAbove() > 0) {
      when.append(
          String.format(Locale.ROOT, ", prompts above %,d", tokenPrice.when().promptTokensAbove()));
    }
    for (TokenPrice.Hours hours : tokenPrice.when().weekdayHours()) {
      when.append(", weekdays %s-%s UTC".formatted(hours.from(), hours.until()));
    }
    return when.toString();
  }

  private static String tokens(int tokens) {
    return tokens >= 1_000_000
        ? String.format(Locale.ROOT, "%.3gM", tokens / 1e6)
        : "%sK".formatted(tokens / 1_000);
  }

  private static String price(double usd) {
    return String.format(Locale.ROOT, usd < 0.1 && usd > 0 ? "$%.3f" : "$%.2f", usd);
  }
}
