package brimful.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The command line of a parser process: like this process, but with bounded memory and a bare
/// environment, so that parsers cannot see our keys.
///
/// It uses the optimising compiler, unlike our own short runs: PDFs take a third of the time with
/// it. It does not use the AOT cache, which would save a tenth of its start.
final class ForkCommand {
  private static final Set<String> ENVIRONMENT =
      Set.of("LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "SystemRoot");

  private static final Path NICE = Path.of("/usr/bin/nice");

  /// The property by which a parser process logs at debug level; it does not know the settings.
  private static final String DEBUG = "brimful.log.debug";

  private ForkCommand() {}

  static Process start(ForkLimits limits, Path scratch) throws IOException {
    var builder = new ProcessBuilder(words(limits, scratch));
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return builder.start();
  }

  private static List<String> words(ForkLimits limits, Path scratch) {
    var words = new ArrayList<String>();
    if (Files.isExecutable(NICE)) {
      // A document that keeps processors busy must not slow down the others.
      words.addAll(List.of(NICE.toString(), "-n", "10"));
    }
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + (limits.heapBytes() >> 10) + "k");
    // Deeply nested documents recurse; beyond this they fail.
    words.add("-Xss4m");
    words.add("-XX:+UseSerialGC");
    words.add("-XX:+ExitOnOutOfMemoryError");
    // Standard output is the protocol's.
    words.add("-XX:+DisplayVMOutputToStderr");
    words.add("-XX:+ErrorFileToStderr");
    words.add("-XX:-CreateCoredumpOnCrash");
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("-Djava.awt.headless=true");
    words.add("-Djava.io.tmpdir=" + scratch);
    String parsers = System.getProperty(TikaParsers.MORE);
    if (parsers != null) {
      words.add("-D" + TikaParsers.MORE + "=" + parsers);
    }
    if (Failures.areLogged()) {
      words.add("-D" + DEBUG + "=true");
    }
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), ForkMain.class.getName()));
    words.add(String.valueOf(ProcessHandle.current().pid()));
    return words;
  }
}
