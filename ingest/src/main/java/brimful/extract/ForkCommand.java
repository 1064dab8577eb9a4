package brimful.extract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// How a process that parses is started: like this one, but with bounded memory and a bare
/// environment, for a parser has no business with our keys.
final class ForkCommand {
  private static final Set<String> ENVIRONMENT =
      Set.of("LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "SystemRoot");

  private ForkCommand() {}

  static Process start(ForkLimits limits, Path scratch) throws IOException {
    var builder = new ProcessBuilder(words(limits, scratch));
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return builder.start();
  }

  private static List<String> words(ForkLimits limits, Path scratch) {
    String classPath = System.getProperty("java.class.path");
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx" + (limits.heapBytes() >> 10) + "k");
    // Deeply nested documents recurse; beyond this they end as failed.
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
    words.addAll(cache(classPath));
    String parsers = System.getProperty(Tika.MORE);
    if (parsers != null) {
      words.add("-D" + Tika.MORE + "=" + parsers);
    }
    words.addAll(List.of("-cp", classPath, ForkMain.class.getName()));
    words.add(String.valueOf(ProcessHandle.current().pid()));
    return words;
  }

  /// Returns the flags for the AOT cache that lies beside our jar, if it does. A cache that does
  /// not fit is ignored by the JVM.
  private static List<String> cache(String classPath) {
    if (!classPath.endsWith(".jar")) {
      return List.of();
    }
    Path cache = Path.of(classPath.substring(0, classPath.length() - ".jar".length()) + ".aot");
    return Files.isRegularFile(cache)
        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
        : List.of();
  }
}
