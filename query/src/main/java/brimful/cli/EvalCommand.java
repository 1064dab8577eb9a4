package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.DenseOption;
import brimful.cli.option.IndexOption;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.EvalTable;
import brimful.collection.PathCorpus;
import brimful.corpus.UserError;
import brimful.eval.Bootstrap;
import brimful.eval.ClusterCopies;
import brimful.eval.Evaluation;
import brimful.eval.EvaluationFile;
import brimful.eval.Evaluator;
import brimful.eval.GoldQuestion;
import brimful.eval.GoldReader;
import brimful.eval.MethodName;
import brimful.index.IndexFiles;
import brimful.index.Snapshot;
import brimful.opensearch.OpenSearchAddress;
import brimful.rank.Rescorer;
import brimful.rank.Signal;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.cli.Options;

/// Measures ranking and packing on questions with known evidence.
final class EvalCommand implements Command {
  private static final String BUDGETS = "2k,8k,32k,128k";

  /// The most that `auto` may use.
  private static final int AUTO_MAX = 1_000_000;

  private final Terminal terminal;

  EvalCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "eval";
  }

  @Override
  public String summary() {
    return "measures how much known evidence reaches the window";
  }

  @Override
  public String help() {
    return """
    brimful eval QUERIES.jsonl [--corpus DIR] [--budgets 2k,8k,32k,128k] [--json FILE] [--baseline FILE]

    QUERIES has a JSON object on each line: query, gold (a list) and, where known, id, answer, gold_files.
    Gold is a file (src/a.py), a page from 0 (a.pdf#p4), characters from 0 (a.md#c120-260) or the label of a
    line (c#D3:7 for a line with [D3:7]). gold_units, gold_hunks and gold_spans give line ranges by file.
    A question's corpus names a part of DIR (also repo.git@COMMIT), its scope a folder of it. Each part is indexed
    once, commits of one repository incrementally. Nothing is sent to a model.

      acc@K      all gold files among the first K         file@B      some part of every gold file in the window
      mrr        1 / rank of the first gold file          function@B  every gold function whole in it
      ndcg@10    gain by rank, graded or 1 a gold file    line@B      every hunk whole in it
      recall@B   share of the evidence in the window      span@B      share of the changed lines in it
      answer@B   the answer's string is in it             matter@B    share of its lines that were changed
      iou@B      characters: in both / in either          words@B    share of the evidence's words in its places
      filled@B   tokens used of the budget                rank-ms, pack-ms@B  time, as median and 95 %%

    With --index opensearch=URL, each part is copied into OpenSearch and asked there, to compare both.

    A budget is the limit for the evidence with its markup, without instructions and question.

      brimful eval questions.jsonl --corpus ~/documents --json today.json
      brimful eval questions.jsonl --corpus ~/documents --baseline today.json      after a change
      brimful eval questions.jsonl --corpus ~/documents --by category              one line a category
      brimful eval questions.jsonl --corpus ~/documents --method bm25              what plain search does

    Signals for --without: %s
    """
        .formatted(names(Signal.values()));
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(
            PackOptions.option(
                "corpus", "DIR", "what is asked (default: the folder corpus beside QUERIES)"))
        .addOption(
            PackOptions.option("budgets", "LIST", "windows to fill (default: " + BUDGETS + ")"))
        .addOption(PackOptions.option("tokenizer", "T", "counts budgets (default: deepseek-v3)"))
        .addOption(
            PackOptions.option(
                "method", "M", "brimful (default), bm25, bm25-stemmed or order: what is measured"))
        .addOption(PackOptions.option("without", "SIGNALS", "leave out ranking signals"))
        .addOption(DenseOption.option())
        .addOption(PackOptions.option("json", "FILE", "writes every measure; - is standard output"))
        .addOption(
            PackOptions.option("baseline", "FILE", "compares with a file of --json, by bootstrap"))
        .addOption(
            PackOptions.option("by", "FIELD", "also prints a line for each value of a field"))
        .addOption(
            PackOptions.option(
                IndexOption.NAME, "opensearch=URL", "ask a copy of the index in OpenSearch"))
        .addOption(PackOptions.option("first", "N", "only the first N questions"))
        .addOption(PackOptions.option("keep", "RULES", "lift skip rules"))
        .addOptions(PackOptions.reading());
  }

  @Override
  public ExitCode run(Arguments arguments) {
    if (arguments.words().size() != 1) {
      throw new UserError(
          UserError.Kind.USAGE, "%s question files: name one".formatted(arguments.words().size()));
    }
    Path file = Path.of(arguments.expanded(arguments.words().getFirst()));
    List<GoldQuestion> all = questions(file);
    List<GoldQuestion> questions =
        all.subList(0, Math.min(all.size(), arguments.number("first").orElse(all.size())));
    arguments.value("by").ifPresent(field -> requireField(questions, field));
    Optional<Evaluation> baseline = arguments.path("baseline").map(EvalCommand::baseline);
    String tokenizer = arguments.value("tokenizer").orElse("deepseek-v3");
    Path corpus = arguments.path("corpus").orElse(file.resolveSibling("corpus"));
    Evaluation evaluation =
        DenseOption.use(
            arguments,
            terminal,
            rescorer -> evaluation(questions, corpus, tokenizer, rescorer, arguments));
    boolean json = arguments.value("json").filter("-"::equals).isPresent();
    if (!json) {
      terminal.out().print(EvalTable.of(evaluation));
      arguments
          .value("by")
          .ifPresent(field ->
              terminal.out().print(EvalTable.by(field, parts(evaluation, questions, field))));
      baseline.ifPresent(
          before -> terminal.out().print(EvalTable.of(Bootstrap.compare(evaluation, before))));
    }
    arguments
        .path("json")
        .ifPresent(name -> terminal.write(name.toString(), EvaluationFile.json(evaluation)));
    return ExitCode.OK;
  }

  private static void requireField(List<GoldQuestion> questions, String field) {
    for (GoldQuestion question : questions) {
      if (!question.labels().containsKey(field)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--by %s: question %s has no such field with a single value, only %s"
                .formatted(field, question.id(), new TreeSet<>(question.labels().keySet())));
      }
    }
  }

  /// Returns the parts of an evaluation by a field's values.
  private static SortedMap<String, Evaluation> parts(
      Evaluation evaluation, List<GoldQuestion> questions, String field) {
    var ids = new TreeMap<String, Set<String>>();
    for (GoldQuestion question : questions) {
      ids.computeIfAbsent(question.labels().getOrDefault(field, ""), _ -> new HashSet<>())
          .add(question.id());
    }
    var parts = new TreeMap<String, Evaluation>();
    ids.forEach((value, of) -> parts.put(value, evaluation.of(of)));
    return parts;
  }

  private Evaluation evaluation(
      List<GoldQuestion> questions,
      Path corpus,
      String tokenizer,
      Rescorer rescorer,
      Arguments arguments) {
    var evaluator =
        new Evaluator(
            method(arguments),
            Tokenizers.named(tokenizer),
            without(arguments),
            rescorer,
            budgets(arguments));
    return new Evaluation(tokenizer, measure(questions, corpus, tokenizer, evaluator, arguments));
  }

  private SortedMap<String, SortedMap<String, Double>> measure(
      List<GoldQuestion> questions,
      Path corpus,
      String tokenizer,
      Evaluator evaluator,
      Arguments arguments) {
    Optional<String> engine = arguments.value(IndexOption.NAME);
    if (engine.isEmpty()) {
      return measure(
          questions,
          corpus,
          tokenizer,
          evaluator,
          arguments,
          (_, snapshot, measure) -> measure.apply(snapshot));
    }
    var address = OpenSearchAddress.of(engine.get(), terminal.environment());
    try (var copies = new ClusterCopies(address, tokenizer)) {
      return measure(questions, corpus, tokenizer, evaluator, arguments, copies::use);
    }
  }

  /// Where the snapshot of a repository is asked.
  private interface Place {
    SortedMap<String, SortedMap<String, Double>> ask(
        String repository,
        Snapshot snapshot,
        Function<Snapshot, SortedMap<String, SortedMap<String, Double>>> measure);
  }

  private SortedMap<String, SortedMap<String, Double>> measure(
      List<GoldQuestion> questions,
      Path corpus,
      String tokenizer,
      Evaluator evaluator,
      Arguments arguments,
      Place place) {
    var measured = new TreeMap<String, SortedMap<String, Double>>();
    Map<String, List<GoldQuestion>> parts =
        questions.stream()
            .collect(
                Collectors.groupingBy(
                    GoldQuestion::corpus, LinkedHashMap::new, Collectors.toList()));
    var relatives = new LinkedHashMap<String, Path>();
    parts.forEach((part, asked) -> {
      String location = part.isEmpty() ? corpus.toString() : corpus + "/" + part;
      PathCorpus files = CorpusArgument.paths(arguments, List.of(location), terminal);
      Path folder = files.index(tokenizer);
      String repository = part.replaceAll("@[^@]*$", "");
      Path relative = relatives.put(repository, folder);
      if (relative != null) {
        IndexFiles.copy(relative, folder);
      }
      measured.putAll(
          files.use(
              tokenizer,
              open ->
                  place.ask(
                      repository,
                      open.snapshot(),
                      snapshot ->
                          evaluator.measure(
                              asked, snapshot, path -> text(Path.of(location, path))))));
      if (terminal.watched()) {
        terminal
            .err()
            .print(
                String.format(
                    Locale.ROOT, "\r%,d of %,d questions ", measured.size(), questions.size()));
        terminal.err().flush();
      }
    });
    return measured;
  }

  private static List<GoldQuestion> questions(Path file) {
    List<GoldQuestion> questions = GoldReader.read(file);
    if (questions.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT,
          "%s has no question: give an object with query and gold on each line".formatted(file));
    }
    return questions;
  }

  private static Evaluation baseline(Path file) {
    return EvaluationFile.read(file);
  }

  /// Returns a file's text, or an empty one if it cannot be read as a file of its own.
  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  private static List<Evaluator.Budget> budgets(Arguments arguments) {
    return Arrays.stream(arguments.value("budgets").orElse(BUDGETS).split(",", -1))
        .map(String::strip)
        .map(EvalCommand::budget)
        .toList();
  }

  private static Evaluator.Budget budget(String label) {
    return label.equals("auto")
        ? new Evaluator.Budget(label, AUTO_MAX, true)
        : new Evaluator.Budget(label, Arguments.parseTokens("budgets", label), false);
  }

  private static MethodName method(Arguments arguments) {
    return named("method", arguments.value("method").orElse("brimful"), MethodName.values());
  }

  private static Set<Signal> without(Arguments arguments) {
    var signals = EnumSet.noneOf(Signal.class);
    for (String name : arguments.values("without")) {
      signals.add(named("without", name, Signal.values()));
    }
    return signals;
  }

  private static <T extends Enum<T>> T named(String option, String name, T[] values) {
    return Arrays.stream(values)
        .filter(value -> word(value).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE,
                "--%s %s: say one of %s".formatted(option, name, names(values))));
  }

  private static String names(Enum<?>[] values) {
    return Arrays.stream(values).map(EvalCommand::word).collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
