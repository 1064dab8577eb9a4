package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.Terminal;
import brimful.cli.project.ProjectFile;
import brimful.corpus.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.cli.Options;

/// Writes a project's file of settings, to be filled in.
final class InitCommand implements Command {
  private static final String TEXT =
      """
      # Settings of this project for brimful ask and brimful pack, in this folder and below.
      # Options of a command line win over them. Keys, addresses of models and files outside of the
      # project cannot be set here.

      # Only these files, or not these: patterns as of --include and --exclude, as seen from here.
      # include: [src/**, docs/**, "*.md"]
      # exclude: [test/**, "*.snap"]

      # The model, see brimful models.
      # model: deepseek-flash

      # Tokens of each prompt: 8000, 128k, 1M or auto.
      # budget: 128k

      # A file with rules for every answer, such as its style.
      # instructions: docs/answers.md

      # Collections that belong to the project, read with --with-collections.
      # collections: [handbook]
      """;

  private final Terminal terminal;

  InitCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "init";
  }

  @Override
  public String summary() {
    return "writes a project's settings, %s, to be filled in".formatted(ProjectFile.NAME);
  }

  @Override
  public String help() {
    return """
    brimful init [FOLDER]

    Writes .brimful.yml into FOLDER (this one, if there is none), with each setting explained in a comment. It
    never overwrites one. brimful ask and brimful pack read the nearest one in the folder that they are asked
    about or above it, up to the top of its git repository; options win over it. It may set include, exclude,
    model, budget, instructions and collections: no keys, no addresses, no files outside of the project.

      brimful init
      brimful doctor      says which file is used here
    """;
  }

  @Override
  public Options options() {
    return new Options();
  }

  @Override
  public ExitCode run(Arguments arguments) {
    List<String> words = arguments.words();
    if (words.size() > 1) {
      throw new UserError(
          UserError.Kind.USAGE,
          "\"%s\" is one word too many: name one folder".formatted(words.getLast()));
    }
    Path file =
        Path.of(words.isEmpty() ? "" : arguments.expanded(words.getFirst()))
            .resolve(ProjectFile.NAME);
    try {
      Files.writeString(file, TEXT, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "%s is there already: edit it, or remove it first".formatted(file),
          e);
    } catch (NoSuchFileException e) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no folder \"%s\": create it first".formatted(words.getFirst()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write %s".formatted(file), e);
    }
    terminal.out().println("wrote " + file + ", in which everything is still a comment");
    return ExitCode.OK;
  }
}
