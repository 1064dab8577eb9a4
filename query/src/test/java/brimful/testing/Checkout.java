package brimful.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A checkout with our launcher, a few sources, and a Maven and a Java of paper: a build takes
/// milliseconds, and the program prints how it was started.
public final class Checkout {
  /// What the launcher may use of the machine, so that the machine's own Maven is not there.
  private static final List<String> TOOLS =
      List.of(
          "sh cat cksum dirname find grep head id kill locale ls mkdir mv ps readlink rm sed setpriv sleep sort tail touch"
              .split(" "));

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "built by $$" >>"$FAKE_LOG"
      [ "${FAKE_MAVEN:-}" != fail ] || { echo "[ERROR] Broken.java: ';' expected"; exit 1; }
      [ "${FAKE_MAVEN:-}" != hang ] || { echo "hangs $$" >>"$FAKE_LOG"; exec sleep 60; }
      for word; do case $word in -Dapp.folder=*) app=${word#*=} ;; esac; done
      mkdir -p "$app"
      echo "program of $FAKE_VERSION" >"$app/brimful.jar"
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      for word; do case $word in -XX:AOTCacheOutput=*) echo "cache ${word##*/}" >"${word#*=}"; exit ;; esac; done
      echo "java $0"
      echo "charmap $(locale charmap 2>/dev/null)"
      while [ "$1" != -cp ]; do
        case $1 in -XX:AOTCache=*) cat "${1#*=}" ;; esac
        shift
      done
      cat "${2%%:*}"
      shift 3
      for word; do echo "word <$word>"; done
      """;

  private final Path root;
  private final Path machine;
  private final Map<String, String> environment = new HashMap<>();

  /// Makes one.
  ///
  /// @param folder where the checkout and its machine are made
  /// @param name the checkout's folder, which may have any letters
  public Checkout(Path folder, String name) throws IOException {
    root = Files.createDirectories(folder.resolve(name));
    machine = Files.createDirectories(folder.resolve("machine"));
    for (String file : List.of("brimful", "mvnw", ".mvn/environment.sh", ".mvn/start.sh")) {
      Path copy = root.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of("..").resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    write("pom.xml", "<project/>");
    for (String module : List.of("packer", "ingest", "query")) {
      write(module + "/pom.xml", "<project/>");
      write(module + "/src/main/java/Some.java", "class Some {}");
      write(module + "/src/main/java/Other.java", "class Other {}");
    }
    for (String tool : TOOLS) {
      for (Path place : List.of(Path.of("/usr/bin", tool), Path.of("/bin", tool))) {
        if (Files.exists(place)) {
          program(
              machine.resolve("bin").resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(place));
        }
      }
    }
    program(machine.resolve("bin/mvn"), MAVEN);
    java("jdk", "25.0.3");
    program(machine.resolve("jdk/bin/javac"), "#!/bin/sh\n");
    environment.put("PATH", machine.resolve("bin").toString());
    environment.put("JAVA_HOME", machine.resolve("jdk").toString());
    environment.put("FAKE_LOG", machine.resolve("log").toString());
    environment.put("FAKE_VERSION", "1");
    environment.put("LC_ALL", "C.UTF-8");
  }

  /// How a start ended.
  public record Start(int code, String out, String err) {}

  /// Sets a variable of the next starts.
  public Checkout with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Checkout without(String name) {
    environment.remove(name);
    return this;
  }

  /// Adds a Java to the machine, and returns its home.
  public Path java(String name, String version) throws IOException {
    program(machine.resolve(name).resolve("bin/java"), JAVA);
    Files.writeString(
        machine.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return machine.resolve(name);
  }

  public Path root() {
    return root;
  }

  public Path machine() {
    return machine;
  }

  /// Writes a source, as an editor would.
  public void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  /// Returns how often Maven was called.
  public long builds() throws IOException {
    Path log = machine.resolve("log");
    return Files.exists(log)
        ? Files.readAllLines(log).stream().filter(line -> line.startsWith("built")).count()
        : 0;
  }

  /// Starts Brimful and waits for its end.
  public Start run(String... words) throws IOException, InterruptedException {
    return run(root.resolve("brimful"), List.of(), words);
  }

  /// Starts Brimful by another name, such as a link's.
  ///
  /// @param before the program that starts it, such as one that changes the user
  public Start run(Path launcher, List<String> before, String... words)
      throws IOException, InterruptedException {
    Process process = start(launcher, before, words);
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    process.waitFor(1, TimeUnit.MINUTES);
    return new Start(process.exitValue(), out, err);
  }

  /// Starts Brimful.
  public Process start(Path launcher, List<String> before, String... words) throws IOException {
    var command = new ArrayList<>(before);
    command.add(launcher.toString());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
