package brimful.cli;

import brimful.cli.option.Arguments;
import brimful.cli.option.LimitOption;
import brimful.cli.option.OcrOption;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.cli.view.TerminalListener;
import brimful.collection.Corpus;
import brimful.collection.Home;
import brimful.collection.KafkaCorpus;
import brimful.collection.Locations;
import brimful.collection.PathCorpus;
import brimful.collection.SourceReader;
import brimful.collection.scope.Scope;
import brimful.corpus.UserError;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.apache.commons.cli.Option;

/// The corpus that a command line names.
final class CorpusArgument {
  /// The options that name files which the run writes, or is told by.
  private static final List<String> FILE_OPTIONS =
      List.of("output", "receipt", "questions", "schema", "json", "baseline", "kafka-config");

  private CorpusArgument() {}

  /// Returns what the command line names: paths, or `--collection`.
  ///
  /// @param words the paths on it
  static Corpus of(Arguments arguments, List<String> words, Terminal terminal) {
    var name = arguments.value("collection");
    if (name.isEmpty()) {
      return paths(arguments, words, terminal);
    }
    if (!words.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "--collection %s and %s: name either a collection or paths"
              .formatted(name.get(), String.join(" ", words)));
    }
    return new KafkaCorpus(
        Home.of(terminal.environment()), name.get(), new TerminalListener(terminal));
  }

  /// Returns the part of a corpus that `--scope` says.
  static Corpus scoped(Arguments arguments, Corpus corpus) {
    boolean single = corpus instanceof PathCorpus paths && paths.locations().isSingle();
    return new Scope(arguments.values("scope")).of(corpus, single ? 0 : 1);
  }

  /// Returns the option that [#scoped] reads.
  static Option scope() {
    return PackOptions.option(
        "scope", "GLOB,…", "only these documents: src/**, *.md, or document:ID");
  }

  /// Returns the paths of the command line as a corpus, without the files that this run writes.
  static PathCorpus paths(Arguments arguments, List<String> words, Terminal terminal) {
    var written = new HashSet<Path>();
    for (String option : FILE_OPTIONS) {
      arguments.path(option).filter(path -> !path.toString().equals("-")).ifPresent(written::add);
    }
    return new PathCorpus(
        new Locations(words.stream().map(arguments::expanded).toList()),
        LimitOption.applied(
            arguments,
            SourceReader.of(
                OcrOption.environment(arguments, terminal), PackOptions.rules(arguments), written)),
        terminal.in(),
        new TerminalListener(terminal));
  }
}
