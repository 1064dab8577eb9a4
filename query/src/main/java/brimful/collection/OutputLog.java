package brimful.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.model.ConfigFile;
import brimful.source.own.OwnFiles;
import brimful.store.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Remembers files that Brimful wrote for a person, or was configured by, so that they do not
/// become sources.
///
/// One line per file: its size, or [#ALWAYS], a tab, and its real path as a URI, which expresses
/// every name in ASCII. Lines are appended, and the last one of a path counts. A missing line does
/// no harm: most outputs are also recognised by their beginning.
///
/// @param file in Brimful's home
/// @param folders folders of Brimful's own, which contain no sources
public record OutputLog(Path file, Set<Path> folders) {
  private static final int ALWAYS = -1;
  private static final int LINES_MAX = 5_000;
  private static final int FILE_BYTES_MAX = 4 << 20;

  /// A shell's `>` opens a file before it is written, too.
  private static final List<Path> STANDARD_OUTPUTS =
      List.of(Path.of("/proc/self/fd/1"), Path.of("/proc/self/fd/2"));

  public OutputLog {
    folders = Set.copyOf(folders);
  }

  /// @param environment the process's variables
  public static OutputLog of(Map<String, String> environment) {
    Home home = Home.of(environment);
    var folders = new HashSet<Path>();
    folders.add(home.cache());
    configuration(environment).ifPresent(folders::add);
    return new OutputLog(home.outputs(), folders);
  }

  private static Optional<Path> configuration(Map<String, String> environment) {
    try {
      return Optional.ofNullable(ConfigFile.of(environment).path().toAbsolutePath().getParent());
    } catch (RuntimeException e) {
      // Without a home there is no configuration either.
      return Optional.empty();
    }
  }

  /// Remembers a file that has just been written: it is not a source until it changes.
  public void add(Path written) {
    try {
      if (Files.isRegularFile(written)) {
        append(Files.size(written), written.toRealPath());
      }
    } catch (IOException e) {
      // See the class.
    }
  }

  /// Remembers a file that is never a source.
  public void addAlways(Path path) {
    try {
      append(ALWAYS, OwnFiles.real(path));
    } catch (IOException e) {
      // See the class.
    }
  }

  /// Returns whether Brimful wrote a file, as far as anybody can tell.
  ///
  /// @param file by its real path
  public boolean wrote(Path file) {
    return own(Set.of()).isOutput(file);
  }

  /// Returns the files that are not sources.
  ///
  /// @param planned the files that this run will write, or is configured by
  public OwnFiles own(Set<Path> planned) {
    var files = new HashSet<Path>();
    var outputs = new HashMap<Path, Long>();
    for (String line : lines()) {
      int tab = line.indexOf('\t');
      try {
        long bytes = Long.parseLong(line, 0, Math.max(tab, 0), 10);
        Path path = Path.of(URI.create(line.substring(tab + 1)));
        files.remove(path);
        outputs.remove(path);
        if (bytes == ALWAYS) {
          files.add(path);
        } else {
          outputs.put(path, bytes);
        }
      } catch (IllegalArgumentException e) {
        // A torn line; the others count.
      }
    }
    planned.forEach(path -> files.add(OwnFiles.real(path)));
    STANDARD_OUTPUTS.stream().filter(Files::isRegularFile).map(OwnFiles::real).forEach(files::add);
    var own = new HashSet<Path>();
    folders.forEach(folder -> own.add(OwnFiles.real(folder)));
    return new OwnFiles(files, outputs, own);
  }

  private List<String> lines() {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES_MAX
          ? new String(Files.readAllBytes(file), UTF_8).lines().toList()
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private void append(long bytes, Path path) throws IOException {
    String line = bytes + "\t" + path.toUri();
    List<String> lines = lines();
    if (lines.contains(line)) {
      return;
    }
    Folders.create(file.toAbsolutePath().resolveSibling(""));
    if (lines.size() < LINES_MAX) {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } else {
      var kept = new ArrayList<>(lines.subList(lines.size() / 2, lines.size()));
      kept.add(line);
      Files.write(file, kept, UTF_8);
    }
  }
}
