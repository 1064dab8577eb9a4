package brimful.cli.setup;

import brimful.cli.project.ProjectFile;
import brimful.collection.Home;
import brimful.corpus.UserError;
import brimful.extract.process.BoundedProcess;
import brimful.extract.process.ProgramPath;
import brimful.model.ConfigFile;
import brimful.model.LocalRunner;
import brimful.model.LocalRunners;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.store.Folders;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Looks for what Brimful can use on this machine. Changes nothing, asks no model, and prints no
/// key.
///
/// Programs are asked for their version, a few seconds each at most.
public final class Doctor {
  private static final BoundedProcess.Bounds BOUNDS =
      new BoundedProcess.Bounds(Duration.ofSeconds(5), 1 << 20, 32L << 30);

  /// Below this, an index of a large repository may not fit.
  private static final long FREE_BYTES_MIN = 2_000_000_000;

  private static final List<String> USUAL = List.of("/opt/homebrew/bin", "/usr/local/bin");

  private final Map<String, String> environment;
  private final LocalRunners runners;
  private final Path folder;

  /// @param environment the process's variables
  /// @param folder the one whose project is looked at
  public Doctor(Map<String, String> environment, LocalRunners runners, Path folder) {
    this.environment = Map.copyOf(environment);
    this.runners = runners;
    this.folder = folder;
  }

  /// Returns what was found, and what was not.
  public List<Finding> findings() {
    var all = new ArrayList<Finding>();
    all.add(java());
    all.add(
        program(
            "Tesseract",
            List.of("tesseract", "--version"),
            "scanned pages and images stay unread: install tesseract-ocr"));
    all.add(
        program(
            "ffmpeg",
            List.of("ffmpeg", "-version"),
            "sound and video stay unread: install ffmpeg"));
    all.add(docker());
    all.addAll(configuration());
    all.addAll(folders());
    all.add(project());
    return all;
  }

  private Finding project() {
    try {
      return ProjectFile.around(folder)
          .map(file -> Finding.found("Project", file.display()))
          .orElseGet(() ->
              Finding.missing(
                  "Project",
                  "no %s here or above: brimful init writes one".formatted(ProjectFile.NAME)));
    } catch (UserError e) {
      return Finding.wrong("Project", e.line());
    }
  }

  private static Finding java() {
    return Finding.found(
        "Java",
        "%s by %s, in %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
  }

  private Finding program(String what, List<String> words, String otherwise) {
    Optional<Path> program = ProgramPath.find(environment, words.getFirst(), USUAL);
    if (program.isEmpty()) {
      return Finding.missing(what, otherwise);
    }
    Answer answer = ask(program.get(), words.subList(1, words.size()));
    return answer.good()
        ? Finding.found(what, "%s, in %s".formatted(answer.said(), program.get()))
        : Finding.wrong(what, "%s does not start: %s".formatted(program.get(), answer.said()));
  }

  private Finding docker() {
    String use = "only docker-compose.yml and Brimful's own tests need it";
    Optional<Path> program = ProgramPath.find(environment, "docker", USUAL);
    if (program.isEmpty()) {
      return Finding.missing("Docker", use);
    }
    Answer answer = ask(program.get(), List.of("version", "--format", "{{.Server.Version}}"));
    return answer.good()
        ? Finding.found("Docker", "%s, in %s".formatted(answer.said(), program.get()))
        : Finding.missing(
            "Docker", "%s is here, but no daemon answers; %s".formatted(program.get(), use));
  }

  /// What a program said.
  private record Answer(boolean good, String said) {}

  private static Answer ask(Path program, List<String> arguments) {
    var words = new ArrayList<String>();
    words.add(program.toString());
    words.addAll(arguments);
    try {
      Path folder = Files.createTempDirectory("brimful-doctor");
      try {
        BoundedProcess.Ended ended = BoundedProcess.run(words, folder, BOUNDS, () -> {});
        String printed = ended.printed() + "\n" + ended.errors();
        String first =
            printed.lines().filter(line -> !line.isBlank()).findFirst().orElse("no output").strip();
        return new Answer(
            ended.isGood(),
            ended.isGood() ? first.replaceAll(" Copyright.*", "") : ended.lastError());
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      return new Answer(false, String.valueOf(e.getMessage()));
    }
  }

  /// What the configuration says, where models are, and which providers have keys.
  private List<Finding> configuration() {
    var all = new ArrayList<Finding>();
    ConfigFile file = ConfigFile.of(environment);
    try {
      Settings settings = Settings.read(environment);
      ModelCatalog catalog = ModelCatalog.load(settings.models());
      all.add(
          Finding.found(
              "settings",
              Files.exists(file.path())
                  ? file.path().toString()
                  : "the defaults, for there is no %s".formatted(file.path())));
      all.addAll(keys(settings, catalog));
      all.add(runner());
    } catch (UserError e) {
      all.add(Finding.wrong("settings", e.line()));
    }
    return all;
  }

  private List<Finding> keys(Settings settings, ModelCatalog catalog) {
    var providers = new TreeMap<String, String>();
    for (ModelProfile model : catalog.models()) {
      if (!model.endpoint().keyVariable().isEmpty()) {
        providers.putIfAbsent(model.endpoint().provider(), model.endpoint().keyVariable());
      }
    }
    var found = new ArrayList<Finding>();
    var missing = new ArrayList<String>();
    providers.forEach((provider, variable) -> {
      if (!environment.getOrDefault(variable, "").isBlank()) {
        found.add(Finding.found("key", "%s, in the variable %s".formatted(provider, variable)));
      } else if (settings.keys().containsKey(provider)) {
        found.add(Finding.found("key", "%s, in the settings".formatted(provider)));
      } else {
        missing.add(variable);
      }
    });
    if (settings.keys().containsKey("")) {
      found.add(Finding.found("key", "for any provider, in the settings or BRIMFUL_API_KEY"));
    }
    if (!found.isEmpty()) {
      return found;
    }
    return List.of(
        Finding.missing(
            "key",
            "no provider can be asked, and ask shows the evidence alone: set one of %s"
                .formatted(String.join(", ", missing))));
  }

  private Finding runner() {
    List<LocalRunner> found = runners.find();
    return found.isEmpty()
        ? Finding.missing(
            "runner",
            "no model runs on this machine: start LM Studio, Ollama, vLLM, llama.cpp or SGLang on its default port")
        : Finding.found(
            "runner",
            found.stream()
                .map(runner ->
                    "%s at %s with %s"
                        .formatted(
                            runner.kind().display(),
                            runner.baseUrl(),
                            runner.models().stream()
                                .map(LocalRunner.Loaded::id)
                                .limit(5)
                                .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("; ")));
  }

  /// Where things are kept, and whether there is room for more.
  private List<Finding> folders() {
    Path home = Home.of(environment).cache();
    Path there = home;
    while (!Files.isDirectory(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isWritable(there)) {
      return List.of(
          Finding.wrong(
              "home",
              "%s cannot be written: make it writable, or set BRIMFUL_HOME".formatted(there)));
    }
    Finding folder =
        Finding.found(
            "home", there.equals(home) ? home.toString() : "%s, not made yet".formatted(home));
    try {
      FileStore disk = Files.getFileStore(there);
      long free = disk.getUsableSpace();
      String said = String.format(Locale.ROOT, "%,.1f GB free for indexes and clones", free / 1e9);
      return List.of(
          folder,
          free < FREE_BYTES_MIN
              ? Finding.wrong("disk", said + ": free some, or set BRIMFUL_HOME to another disk")
              : Finding.found("disk", said));
    } catch (IOException e) {
      return List.of(folder);
    }
  }
}
