package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.lead.LeadOptions;
import brimful.cli.lead.Leads;
import brimful.cli.option.Arguments;
import brimful.cli.option.DenseOption;
import brimful.cli.option.InstructionsOption;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.PartNames;
import brimful.cli.option.ProjectUse;
import brimful.cli.option.QuerySetup;
import brimful.cli.option.QuestionArgument;
import brimful.cli.option.ScopeOptions;
import brimful.cli.option.SessionLayout;
import brimful.cli.option.Terminal;
import brimful.cli.view.Clipboard;
import brimful.cli.view.WindowParts;
import brimful.cli.view.WindowSummary;
import brimful.collection.Corpus;
import brimful.collection.PathCorpus;
import brimful.corpus.UserError;
import brimful.model.Cost;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.pack.Window;
import brimful.pack.format.WindowFormat;
import brimful.service.Assembled;
import brimful.service.Budget;
import brimful.service.Filler;
import brimful.service.QueryService;
import brimful.source.Rules;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import brimful.view.ReceiptJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// Writes the window: the part of the corpus that fits the budget and is relevant to the question.
final class PackCommand implements Command {
  private final Terminal terminal;

  PackCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "pack";
  }

  @Override
  public String summary() {
    return "writes the window: the relevant part of the corpus that fits the budget";
  }

  @Override
  public String help() {
    return """
    brimful pack PATH… [-q QUESTION] [--budget N] [--model M] [-o FILE] [--receipt FILE]

    PATH is a folder, a file, a git work tree, a bare repository or a work tree at a commit
    (repo.git@v1.2), a git address (https://…, git@…, with or without @REF; the page of a folder or pull
    request), s3://bucket/prefix, which the variables of AWS's tools open (AWS_ENDPOINT_URL_S3,
    AWS_ACCESS_KEY_ID, …), or web:https://host/… : a page or document, the pages of a sitemap or feed, or, with /
    at the end, the pages below it that the site's sitemap lists; robots.txt is obeyed. Several PATHs become one corpus; a file named twice is read once. - is standard
    input, and pipes work: <(cmd). Brimful skips its own output (windows, receipts, tables) unless you name
    the file itself.

    Brimful fills the budget and never exceeds it; it counts with the model's own tokenizer where that is
    public. Without a question, or if everything fits, it writes the whole corpus in path order, otherwise
    the parts most relevant to the question, which has 200,000 characters at most. --budget auto stops
    where chunks score less than 0.3 of the best one.

    --diff puts the changes of tracked files since HEAD, or since a REV, in front, up to half of the budget, and
    then the text around them; --log N the last N commits; --tree the folders and files with their tokens. What
    does not fit is left out between hunks, and the receipt says so. REV is the next word, unless that is a file:
    then write --diff=REV. Of a pull request's address, the changes since it left its branch go in front.
    --compress shows every file by the lines of its definitions and headings.

    --copy puts the window into the clipboard (pbcopy, wl-copy, xclip, xsel, clip.exe, or the terminal's own, by
    OSC 52). --split N -o NAME.md writes it as NAME.1-of-N.md and so on, cut between documents: joined, the
    files are the window.

    --receipt FILE lists every document and chunk in the window with its tokens, what was left out and why,
    how each file ended, the cost, and the seconds spent.

    --dense also ranks prose and chat by meaning, for questions of up to 60 words: it reranks the best 20,000
    tokens with a local encoder. That takes up to 20 s the first time and 1 to 2 s afterwards; the vectors
    are kept in the folder dense of $BRIMFUL_HOME, at most about 256 MB. Code is ranked by words only.

      brimful pack . -q "how are retries bounded?" --budget 32k -o window.xml
      brimful pack repo.git@v1.2 --format markdown | less
      brimful pack . --diff main --log 10 -o review.xml
      brimful pack https://github.com/owner/name/pull/123 --budget 64k
      brimful pack reports/ --receipt receipt.json -o /dev/null

    These rules skip files; --keep RULE lifts one:
    %s\
    """
        .formatted(
            Rules.describe().lines().map(line -> "  " + line + "\n").collect(Collectors.joining()));
  }

  @Override
  public Options options() {
    return LeadOptions.withForm(ProjectUse.in(ScopeOptions.in(PackOptions.shared())))
        .addOption(
            Option.builder("q")
                .longOpt("question")
                .hasArg()
                .argName("TEXT")
                .desc("what the window is for; - reads it from standard input")
                .get())
        .addOption(
            Option.builder("o")
                .longOpt("output")
                .hasArg()
                .argName("FILE")
                .desc("where the window goes (default: standard output)")
                .get())
        .addOption(
            PackOptions.option(
                "receipt", "FILE", "writes the receipt as JSON; - is standard output"))
        .addOption(InstructionsOption.option())
        .addOption(
            PackOptions.flag(
                "copy", "put the window into the clipboard instead of standard output"))
        .addOption(
            PackOptions.option(
                "split", "N", "write it as N files of whole documents, NAME.1-of-N.md; with -o"))
        .addOption(
            PackOptions.option(
                "format",
                "F",
                "xml (default), markdown or json (xml has XML-like tags around text as it is)"));
  }

  @Override
  public ExitCode run(Arguments given) {
    requireOutput(given);
    Arguments arguments = ProjectUse.applied(given, given.words(), terminal);
    Settings settings = Settings.read(terminal.environment());
    ModelProfile model = ModelOptions.profile(arguments, settings);
    Budget budget = budget(arguments, model, settings);
    Corpus corpus = CorpusArgument.of(arguments, arguments.words(), terminal);
    String question = question(arguments, corpus);
    Corpus scoped = CorpusArgument.scoped(arguments, corpus, terminal);
    Optional<Leads> leads = CorpusArgument.leads(arguments, corpus, scoped, terminal);
    var task =
        new Filler.Task(
            InstructionsOption.prompt(arguments, question),
            question,
            budget,
            format(arguments),
            leads
                .map(it -> it.layout(model.tokenizer(), budget.tokens()))
                .orElseGet(() -> SessionLayout.of(arguments, model, budget.tokens(), terminal)));
    Assembled filled =
        DenseOption.use(
            arguments,
            terminal,
            rescorer ->
                QuerySetup.service(terminal.environment(), arguments, terminal, rescorer)
                    .fill(scoped, model.tokenizer(), task, QueryService.Listener.SILENT));
    Assembled assembled =
        leads
            .map(it -> filled.noting(it.notes(filled.window())))
            .orElse(filled)
            .noting(CorpusArgument.notes(arguments));
    write(arguments, assembled.window(), model);
    Cost cost =
        Cost.estimate(
            model,
            assembled.window().tokens() + model.limits().templateTokens(),
            model.limits().replyTokens(),
            Instant.now());
    Optional<Path> receipt = arguments.path("receipt");
    if (receipt.isPresent()) {
      terminal.write(receipt.get().toString(), ReceiptJson.of(assembled, model, cost));
    }
    terminal.note(WindowSummary.receipt(assembled, model, cost));
    return ExitCode.OK;
  }

  /// Said before anything is read.
  private static void requireOutput(Arguments arguments) {
    String file = arguments.path("output").map(Path::toString).orElse("-");
    arguments.requireApart("output", "instructions");
    arguments.requireApart("receipt", "instructions");
    if (arguments.number("split").isPresent() && file.equals("-")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--split %s writes files: name them with -o, as in -o window.md"
              .formatted(arguments.value("split").orElse("")));
    }
    if (arguments.number("split").isPresent() && isNoFile(Path.of(file))) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--split %s writes files beside -o, and %s is none: name one, as in -o window.md"
              .formatted(arguments.value("split").orElse(""), file));
    }
    requireNoPart(arguments);
    if (arguments.path("receipt").filter(it -> isSame(file, it, arguments)).isPresent()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "the window and the receipt both go to %s: name another file for one of them"
              .formatted(file.equals("-") ? "standard output" : file));
    }
    if (arguments.has("split") && arguments.has("copy")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--split writes several files, --copy takes one text: use one of them");
    }
  }

  private static void requireNoPart(Arguments arguments) {
    Optional<Path> output = arguments.path("output");
    Optional<Path> receipt = arguments.path("receipt");
    if (arguments.has("split")
        && output.isPresent()
        && receipt.filter(PartNames.of(arguments, output.get())::has).isPresent()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--split writes a part of the window to %s, and --receipt would overwrite it: name another file for one of them"
              .formatted(receipt.get()));
    }
  }

  /// Returns whether the receipt would overwrite the window, or stand in the same stream.
  private static boolean isSame(String file, Path receipt, Arguments arguments) {
    if (file.equals("-") || receipt.toString().equals("-")) {
      boolean copied = arguments.has("copy") && !arguments.has("output");
      return !copied && receipt.toString().equals(file);
    }
    Path window = Path.of(file);
    return !isNoFile(window)
        && window.toAbsolutePath().normalize().equals(receipt.toAbsolutePath().normalize());
  }

  private static boolean isNoFile(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path);
  }

  private void write(Arguments arguments, Window window, ModelProfile model) {
    String file = arguments.path("output").map(Path::toString).orElse("-");
    Optional<Integer> split = arguments.number("split");
    if (split.isPresent()) {
      split(file, WindowParts.of(window, format(arguments), split.get()), arguments, model);
      return;
    }
    if (arguments.has("copy")) {
      String how = new Clipboard(terminal).copy(window.parts());
      terminal.note(
          String.format(
              Locale.ROOT, "copied %,d tokens to the clipboard by %s", window.tokens(), how));
      if (!arguments.has("output")) {
        return;
      }
    }
    terminal.write(file, window.parts());
  }

  private void split(String file, List<String> parts, Arguments arguments, ModelProfile model) {
    PartNames names = PartNames.of(arguments, Path.of(file));
    TokenCounter counter = Tokenizers.named(model.tokenizer());
    for (int i = 0; i < parts.size(); i++) {
      String to = names.file(i + 1).toString();
      terminal.write(to, parts.get(i));
      terminal.note(String.format(Locale.ROOT, "%s  %,d tokens", to, counter.count(parts.get(i))));
    }
  }

  private Budget budget(Arguments arguments, ModelProfile model, Settings settings) {
    int reply = settings.replyTokens(model);
    int usable = model.limits().promptTokens(reply);
    Budget budget = PackOptions.budget(arguments, usable);
    if (budget.tokens() > usable) {
      terminal.note(
          String.format(
              Locale.ROOT,
              "budget of %,d tokens is more than %s can use: with %,d kept free for its reply, %,d",
              budget.tokens(),
              model.id(),
              reply,
              usable));
    }
    return budget;
  }

  private String question(Arguments arguments, Corpus corpus) {
    String question = arguments.value("question").orElse("");
    return corpus instanceof PathCorpus paths
        ? QuestionArgument.of(question, paths.locations(), terminal)
        : QuestionArgument.of(question, terminal);
  }

  private static WindowFormat format(Arguments arguments) {
    String name = arguments.value("format").orElse("xml");
    return Arrays.stream(WindowFormat.values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.USAGE, "--format %s: say xml, markdown or json".formatted(name)));
  }
}
