package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.ModelOptions;
import brimful.cli.option.PackOptions;
import brimful.cli.option.ProjectUse;
import brimful.cli.option.ScopeOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.PictureSizes;
import brimful.cli.view.TokenTree;
import brimful.collection.Corpus;
import brimful.corpus.Counted;
import brimful.corpus.PathKind;
import brimful.corpus.PictureSize;
import brimful.corpus.UserError;
import brimful.extract.charset.ByteScan;
import brimful.extract.charset.Charsets;
import brimful.extract.charset.MixedLines;
import brimful.extract.format.FileHeader;
import brimful.ingest.Ingested;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.source.FileHead;
import brimful.source.Rule;
import brimful.source.Rules;
import brimful.token.ImageTokens;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import brimful.view.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.commons.cli.Options;

/// Counts the tokens of files as a model does.
final class TokensCommand implements Command {
  /// A String holds no more: larger files are refused, not cut.
  private static final long FILE_BYTES_MAX = 1L << 30;

  private static final int HEAD_BYTES = 8 << 10;

  private static final int DEPTH = 3;
  private static final int TOP = 10;

  private final Terminal terminal;

  TokensCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  private record Count(String path, int tokens) {}

  @Override
  public String name() {
    return "tokens";
  }

  @Override
  public String summary() {
    return "counts the tokens of files as a model does";
  }

  @Override
  public String help() {
    return """
    brimful tokens [--model M] [--json] [FILE…|-]
    brimful tokens --tree [--depth N] [--top N] [PATH…]

    Prints count<TAB>path for each FILE, then the total. FILE is a text, in the encoding that pack finds; - or no
    FILE is standard input. The count is exact where the model's tokenizer is public (see brimful models), and an
    upper bound elsewhere. Special tokens in a file count as plain text. An image (PNG, JPEG, GIF, WebP, BMP, each
    page of a TIFF) counts as the model's formula has it; sound and video have no tokens.

    --tree reads PATHs as ask does (this folder, if there is none; by its .brimful.yml), and shows what each
    folder costs in the window, with the share of each, and the largest files. The total is what a receipt calls
    the tokens of the corpus; in a window, the question, the rules for answers and each document's tags are added.

      brimful tokens README.md
      brimful tokens --tree . --depth 2
      git diff | brimful tokens --model gpt-5.5
      brimful tokens --model claude-opus-5 plan.png
    """;
  }

  @Override
  public Options options() {
    return ScopeOptions.in(PackOptions.reading())
        .addOption(ModelOptions.option())
        .addOption(PackOptions.option("keep", "RULES", "lift skip rules, with --tree"))
        .addOption(PackOptions.flag("tree", "what folders and files of a corpus cost in a window"))
        .addOption(PackOptions.option("depth", "N", "how deep --tree shows folders (default: 3)"))
        .addOption(PackOptions.option("top", "N", "how many of the largest files (default: 10)"))
        .addOption(PackOptions.flag("json", "print one JSON object"));
  }

  @Override
  public ExitCode run(Arguments given) {
    Settings settings = Settings.read(terminal.environment());
    if (given.has("tree")) {
      return tree(given, settings);
    }
    return count(given, ModelOptions.profile(given, settings));
  }

  private ExitCode tree(Arguments given, Settings settings) {
    List<String> paths = given.words().isEmpty() ? List.of(".") : given.words();
    Arguments arguments = ProjectUse.applied(given, paths, terminal);
    ModelProfile model = ModelOptions.profile(arguments, settings);
    Corpus corpus = CorpusArgument.scoped(arguments, CorpusArgument.of(arguments, paths, terminal));
    TokenTree tree =
        corpus.useTexts(
            model.tokenizer(),
            open -> {
              blind(model, open.ingested()).ifPresent(terminal::note);
              return TokenTree.of(open.snapshot().outlines(), pictureTokens(model));
            });
    int depth = arguments.number("depth").orElse(DEPTH);
    int top = arguments.number("top").orElse(TOP);
    terminal.out().print(arguments.has("json") ? tree.json(depth, top) : tree.text(depth, top));
    return ExitCode.OK;
  }

  private ExitCode count(Arguments arguments, ModelProfile model) {
    requireTree(arguments);
    TokenCounter counter = Tokenizers.named(model.tokenizer());
    List<String> files = arguments.words().isEmpty() ? List.of("-") : arguments.words();
    List<Count> counts = new ArrayList<>();
    for (String file : files) {
      counts.add(new Count(file, count(arguments.expanded(file), model, counter)));
    }
    terminal.out().print(arguments.has("json") ? json(counts, model, counter) : lines(counts));
    return ExitCode.OK;
  }

  /// A picture that is kept is shown to a model that sees.
  private static ToIntFunction<PictureSize> pictureTokens(ModelProfile model) {
    return picture ->
        picture.isNone() ? 0 : model.vision().map(vision -> vision.tokens().of(picture)).orElse(0);
  }

  /// Returns a line about images that cost nothing, because the model does not see them.
  private static Optional<String> blind(ModelProfile model, Ingested ingested) {
    long images =
        ingested.outcomes().entrySet().stream()
            .filter(entry -> entry.getValue().equals(Rule.MEDIA.skipped()))
            .filter(entry -> Rules.isPicture(entry.getKey().value()))
            .count();
    return model.vision().isPresent() || images == 0
        ? Optional.empty()
        : Optional.of(
            "%s not counted: model %s takes none"
                .formatted(Counted.of(images, "image"), model.id()));
  }

  /// Without `--tree`, a file is counted as it is, and no rule or pattern would do anything.
  private static void requireTree(Arguments arguments) {
    for (String option : List.of("depth", "top", "scope", "include", "exclude", "keep")) {
      if (arguments.has(option)) {
        throw new UserError(
            UserError.Kind.USAGE, "--%s does nothing without --tree: add it".formatted(option));
      }
    }
  }

  private int count(String file, ModelProfile model, TokenCounter counter) {
    byte[] bytes = bytes(file);
    List<PictureSize> pictures = pictures(file, bytes);
    if (pictures.isEmpty() && PathKind.isRecording(file) && isBinary(bytes)) {
      terminal.note(
          "%s is sound or video, which has no tokens of its own: pack . --recordings auto reads its tags and subtitles"
              .formatted(file));
      return 0;
    }
    if (pictures.isEmpty()) {
      return counter.count(text(file, bytes));
    }
    ImageTokens formula =
        model
            .vision()
            .orElseThrow(() ->
                new UserError(
                    UserError.Kind.USAGE,
                    "%s is an image, and model %s takes none: name a model that sees (brimful models)"
                        .formatted(file, model.id())))
            .tokens();
    return Math.toIntExact(pictures.stream().mapToLong(formula::of).sum());
  }

  /// Returns the text of a file; the bytes of a document are none.
  private static String text(String file, byte[] bytes) {
    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, FileHead.BYTES));
    boolean text = head.length == 0 || FileHead.isText(head) || Charsets.ofMarks(head).isPresent();
    if (!text || FileHeader.isDocument(new String(head, StandardCharsets.ISO_8859_1))) {
      throw new UserError(
          UserError.Kind.INPUT,
          "%s is no text: brimful tokens --tree counts what is read of documents".formatted(file));
    }
    ByteScan scan = ByteScan.of(bytes);
    Charset charset = Charsets.of(bytes, scan);
    String decoded =
        MixedLines.decoded(bytes, bytes.length, scan, charset)
            .orElseGet(() -> new String(bytes, charset));
    return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
  }

  private static List<PictureSize> pictures(String file, byte[] bytes) {
    try {
      return PictureSizes.of(bytes);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.INPUT,
          "%s is an image that cannot be read, %s: check the file".formatted(file, e.getMessage()),
          e);
    }
  }

  /// Subtitles and playlists may have such names, and are text.
  private static boolean isBinary(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, HEAD_BYTES); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private byte[] bytes(String file) {
    try {
      if (!file.equals("-") && Files.size(Path.of(file)) > FILE_BYTES_MAX) {
        throw new UserError(
            UserError.Kind.TOO_LARGE, "%s is larger than 1 GiB: split it".formatted(file));
      }
      if (!file.equals("-") && Files.isDirectory(Path.of(file))) {
        throw new UserError(
            UserError.Kind.INPUT,
            "%s is a folder: name its files, or count it whole with brimful tokens --tree"
                .formatted(file));
      }
      try (InputStream bytes =
          file.equals("-")
              ? terminal.typed("the text to count")
              : Files.newInputStream(Path.of(file))) {
        return bytes.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lines(List<Count> counts) {
    var text = new StringBuilder();
    counts.forEach(
        count -> text.append(count.tokens()).append('\t').append(count.path()).append('\n'));
    return text.append(total(counts)).append("\ttotal\n").toString();
  }

  private static String json(List<Count> counts, ModelProfile model, TokenCounter counter) {
    return JsonText.object(json -> {
      json.writeStringField("model", model.id());
      json.writeStringField("tokenizer", counter.name());
      json.writeBooleanField("exact", counter.exact());
      json.writeArrayFieldStart("files");
      for (Count count : counts) {
        json.writeStartObject();
        json.writeStringField("path", count.path());
        json.writeNumberField("tokens", count.tokens());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("total", total(counts));
    });
  }

  private static long total(List<Count> counts) {
    return counts.stream().mapToLong(Count::tokens).sum();
  }
}
