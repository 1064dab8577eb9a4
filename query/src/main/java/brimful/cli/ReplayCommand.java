package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.InputFile;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.ReplayTable;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.model.CacheRule;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.model.TokenPrice;
import brimful.rank.Question;
import brimful.replay.SessionReplay;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.cli.Options;

/// Replays a session of questions against simulated provider caches; sends nothing.
final class ReplayCommand implements Command {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String summary() {
    return "simulates provider caches for a session of questions";
  }

  @Override
  public String help() {
    return """
    brimful replay QUESTIONS PATH… [--model M] [--budget N]

    QUESTIONS has a question on each line, or JSON objects with a query. Brimful packs each question in each
    layout and replays the prompts, in order, against the documented cache rule of one model of each provider,
    or of --model. Nothing is sent. The table shows cache hits and the cost of reading; replies cost the same
    in each layout and are left out.

      relevance           most relevant documents first
      canonical           in path order, as without --session
      canonical, shorter  the same, without the tokens that a prefix would take
      prefix, evidence    as with --session: a constant prefix, then the evidence

    The simulated caches forget nothing between two questions. Without --model, all tokens are those of the
    default model's tokenizer.

      brimful replay questions.txt . --budget 128k
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(ModelOptions.option())
        .addOption(
            PackOptions.option("budget", "N", "tokens of each prompt, such as 32k (default: 128k)"))
        .addOption(PackOptions.option("keep", "RULES", "lift skip rules"))
        .addOptions(PackOptions.reading());
  }

  @Override
  public ExitCode run(Arguments arguments) {
    if (arguments.words().size() < 2) {
      throw new UserError(
          UserError.Kind.USAGE,
          "brimful replay needs QUESTIONS and a PATH: brimful replay questions.txt .");
    }
    List<String> questions = questions(arguments.expanded(arguments.words().getFirst()));
    List<String> paths = arguments.words().subList(1, arguments.words().size());
    ModelCatalog catalog = ModelCatalog.load(Settings.read(terminal.environment()).models());
    Optional<ModelProfile> named =
        ModelOptions.listed(arguments, "model", catalog).stream().findFirst();
    String tokenizer = named.orElseGet(catalog::defaultProfile).tokenizer();
    int budget =
        arguments.tokens("budget").orElseGet(() -> Arguments.parseTokens("budget", "128k"));
    List<ModelProfile> models = named.map(List::of).orElseGet(() -> oneOfEachRule(catalog, budget));
    String table =
        CorpusArgument.paths(arguments, paths, terminal)
            .use(tokenizer, open -> table(questions, models, open.snapshot(), tokenizer, budget));
    terminal.out().print(table);
    return ExitCode.OK;
  }

  private static String table(
      List<String> questions,
      List<ModelProfile> models,
      Snapshot snapshot,
      String tokenizer,
      int budget) {
    Instant now = Instant.now();
    TokenCounter counter = Tokenizers.named(tokenizer);
    var replay = new SessionReplay(questions, snapshot, counter, budget);
    var lines = new ArrayList<SessionReplay.Line>();
    models.forEach(model -> lines.addAll(replay.lines(model, now)));
    return String.format(
        Locale.ROOT,
        "%s, prompts of up to %,d tokens by %s, prices of %s\n\n%s",
        Counted.of(questions.size(), "question"),
        budget,
        tokenizer,
        now.toString().substring(0, "2026-11-22T10:00".length()) + "Z",
        ReplayTable.of(lines, questions.size()));
  }

  /// Returns a model for each provider and each price of writing to the cache: the first with a
  /// known cached price.
  private static List<ModelProfile> oneOfEachRule(ModelCatalog catalog, int budget) {
    var models = new LinkedHashMap<String, ModelProfile>();
    for (ModelProfile model : catalog.models()) {
      boolean priced =
          model.rates().stream().anyMatch(tokenPrice -> tokenPrice.hitUsd() < tokenPrice.missUsd());
      boolean fits = model.promptTokens() >= budget;
      if (priced && fits && model.cache().match() != CacheRule.Match.NOTHING) {
        TokenPrice tokenPrice = model.rates().getFirst();
        boolean dearWrites = tokenPrice.writeUsd() > tokenPrice.missUsd();
        models.putIfAbsent(model.endpoint().provider() + dearWrites, model);
      }
    }
    return List.copyOf(models.values());
  }

  private static List<String> questions(String file) {
    var questions = new ArrayList<String>();
    int number = 0;
    for (String line : InputFile.text(file).lines().toList()) {
      number++;
      if (!line.isBlank()) {
        questions.add(
            Question.checked(line.startsWith("{") ? query(file, number, line) : line.strip()));
      }
    }
    if (questions.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT, "%s has no question: write one on each line".formatted(file));
    }
    return questions;
  }

  private static String query(String file, int number, String line) {
    String query;
    try {
      query = JSON.readTree(line).path("query").asText("");
    } catch (JsonProcessingException e) {
      throw new UserError(
          UserError.Kind.INPUT,
          "%s line %s column %s is not valid JSON: write {\"query\": ...}"
              .formatted(file, number, e.getLocation().getColumnNr()),
          e);
    }
    if (query.isBlank()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "%s line %s has no query: write {\"query\": ...}".formatted(file, number));
    }
    return query;
  }
}
