package brimful.extract.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds programs that a person has installed.
public final class ProgramPath {
  private ProgramPath() {}

  /// Returns a program of the path, which is not started.
  ///
  /// @param environment the variables of this process; without `PATH`, nothing is found
  /// @param name without `.exe`
  /// @param usual folders of installers that do not add theirs to the path
  public static Optional<Path> find(
      Map<String, String> environment, String name, List<String> usual) {
    String path = environment.getOrDefault("PATH", "");
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator, -1)),
            path.isEmpty() ? Stream.empty() : usual.stream())
        .filter(folder -> !folder.isBlank())
        .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe")))
        .filter(file -> file.isAbsolute() && Files.isExecutable(file) && Files.isRegularFile(file))
        .findFirst();
  }
}
