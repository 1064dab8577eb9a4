package brimful.cli.option;

import brimful.collection.OutputLog;
import brimful.collection.SourceReader;
import brimful.corpus.UserError;
import brimful.source.Rules;
import brimful.source.Sources;
import brimful.source.own.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files that a command line writes. None may be a file of what it reads, unless Brimful wrote
/// that file before.
///
/// Files that `.gitignore` or `.brimfulignore` names are nobody's originals, and are overwritten as
/// by any other program.
public final class OutputFiles {
  private final List<Output> outputs;

  /// @param said the option as people write it
  private record Output(Path file, String said) {}

  private OutputFiles(List<Output> outputs) {
    this.outputs = List.copyOf(outputs);
  }

  /// Returns those of a command line that are there already.
  public static OutputFiles of(Arguments arguments) {
    var outputs = new ArrayList<Output>();
    add(outputs, arguments.path("receipt"), "--receipt");
    add(outputs, arguments.path("json"), "--json");
    Optional<Path> output = arguments.path("output");
    if (output.isPresent() && arguments.has("split")) {
      for (Path part : PartNames.of(arguments, output.get()).present()) {
        add(outputs, Optional.of(part), "--split");
      }
    } else {
      add(outputs, output, "-o");
    }
    return new OutputFiles(outputs);
  }

  private static void add(List<Output> outputs, Optional<Path> file, String said) {
    file.filter(OutputFiles::hasContent).ifPresent(it -> outputs.add(new Output(it, said)));
  }

  /// An empty file has nothing to lose, as one by `mktemp`.
  private static boolean hasContent(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// Refuses to overwrite a file of the locations that are read.
  ///
  /// Lists locations a second time, but only those that an output lies in.
  ///
  /// @param locations as they were typed
  /// @param environment the process's variables
  public void requireApart(List<String> locations, Rules rules, Map<String, String> environment) {
    if (outputs.isEmpty()) {
      return;
    }
    Sources sources = SourceReader.of(environment, rules, Set.of()).sources();
    OutputLog log = OutputLog.of(environment);
    for (Output output : outputs) {
      Path real = OwnFiles.real(output.file());
      for (String location : locations) {
        boolean named =
            Sources.local(location).map(OwnFiles::real).filter(real::equals).isPresent();
        if (named || (!log.wrote(real) && sources.lists(location, real))) {
          throw new UserError(
              UserError.Kind.USAGE,
              "%s is no output of brimful, and %s would overwrite it: name another file, or move it away"
                  .formatted(output.file(), output.said()));
        }
      }
    }
  }
}
