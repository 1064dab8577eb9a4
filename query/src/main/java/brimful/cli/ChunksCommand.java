package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.IndexOption;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.corpus.Chunk;
import brimful.corpus.Sha256;
import brimful.index.Outline;
import brimful.index.Snapshot;
import org.apache.commons.cli.Options;

/// Prints an index chunk by chunk, so that two can be compared.
final class ChunksCommand implements Command {
  private final Terminal terminal;

  ChunksCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "chunks";
  }

  @Override
  public String summary() {
    return "prints the hash of every chunk, to compare two indexes";
  }

  @Override
  public String help() {
    return """
    brimful chunks (PATH… | --collection NAME) [--tokenizer T]

    Prints a line for each chunk: DOCUMENT, ORDINAL, TOKENS and the SHA-256 of its content, separated
    by tabs, in canonical order. Two indexes with the same lines have the same content.

      diff <(brimful chunks ~/documents) <(brimful chunks --collection docs)
    """;
  }

  @Override
  public Options options() {
    return new Options()
        .addOption(PackOptions.option("collection", "NAME", "instead of PATH"))
        .addOption(IndexOption.option())
        .addOption(PackOptions.option("keep", "RULES", "lift skip rules"))
        .addOptions(PackOptions.reading())
        .addOption(PackOptions.option("tokenizer", "T", "of the index (default: deepseek-v3)"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    String tokenizer = arguments.value("tokenizer").orElse("deepseek-v3");
    CorpusArgument.of(arguments, arguments.words(), terminal)
        .use(tokenizer, open -> print(open.snapshot()));
    return ExitCode.OK;
  }

  private ExitCode print(Snapshot snapshot) {
    for (Outline outline : snapshot.outlines()) {
      for (Chunk chunk : snapshot.read(outline.chunks())) {
        terminal
            .out()
            .println(
                String.join(
                    "\t",
                    chunk.document().value(),
                    Integer.toString(chunk.ordinal()),
                    Integer.toString(chunk.tokens()),
                    hash(chunk)));
      }
    }
    return ExitCode.OK;
  }

  private static String hash(Chunk chunk) {
    // A record's text form has all of its fields.
    return Sha256.hex(chunk.toString());
  }
}
