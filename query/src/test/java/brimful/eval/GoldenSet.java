package brimful.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Golden questions, the corpus they are asked of, and the floors of their measures.
///
/// A floor is the figure measured when it was set minus a margin. A set has 20 questions, so one of
/// them weighs 0.05; one whose only gold file falls from the first rank to the second costs 0.018
/// of `ndcg@10`.
enum GoldenSet {
  /// This repository: what lies under `src` in each module, and the documents beside them.
  ///
  /// Anything else in the checkout is left out, and so are the golden questions, which would answer
  /// themselves. Gold files are simple names, so that moving a class between packages breaks
  /// nothing. The corpus changes with every commit, so the margins are wider here: 0.04, and one
  /// question of the small window.
  SOURCES("sources") {
    @Override
    List<Floor> floors() {
      return List.of(
          new Floor("ndcg@10", 0.73), new Floor("file@2k", 0.93), new Floor("file@8k", 0.98));
    }

    @Override
    void copyCorpus(Path target) throws IOException {
      Path root = Path.of("..");
      for (String module : List.of("packer", "ingest", "query")) {
        copy(root, root.resolve(module).resolve("src"), target);
      }
      for (String document :
          List.of("README", "ARCHITECTURE", "RATIONALE", "CONTRIBUTING", "SECURITY", "CHANGELOG")) {
        copy(root, root.resolve(document + ".md"), target);
      }
    }
  },

  /// The documents, code, notes, chat, mail and tables of an invented product. Only the ranking
  /// moves these figures: the margin is 0.02. The corpus is smaller than 8k tokens, so the windows
  /// are smaller, too.
  HALMWERK("halmwerk") {
    @Override
    List<Floor> floors() {
      return List.of(
          new Floor("ndcg@10", 0.915),
          new Floor("file@500", 0.88),
          new Floor("span@500", 0.948),
          new Floor("file@2k", 0.98));
    }

    @Override
    void copyCorpus(Path target) throws IOException {
      Path corpus = FOLDER.resolve("corpus");
      copy(corpus, corpus, target);
    }
  };

  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final Set<String> EXTENSIONS =
      Set.of("java js mjs css html json md c h csv eml go py rs sh sql ts txt yaml".split(" ", -1));

  private final String label;

  GoldenSet(String label) {
    this.label = label;
  }

  /// The least mean of a measure over the questions that have it.
  record Floor(String measure, double least) {}

  String label() {
    return label;
  }

  abstract List<Floor> floors();

  /// Copies the corpus into a folder of its own, where no git settings of this machine apply.
  abstract void copyCorpus(Path target) throws IOException;

  Path questionFile() {
    return FOLDER.resolve(label + ".jsonl");
  }

  List<GoldQuestion> questions() {
    return GoldReader.read(questionFile());
  }

  /// Returns the ids of the questions that are marked `"first":true`: one of their gold files must
  /// lead the ranking.
  Set<String> first() throws IOException {
    var json = new ObjectMapper();
    var ids = new TreeSet<String>();
    for (String line : Files.readAllLines(questionFile())) {
      JsonNode question = json.readTree(line);
      if (question.path("first").asBoolean()) {
        ids.add(question.path("id").asText());
      }
    }
    return ids;
  }

  /// Returns what an evaluation of this set falls short of, each with the questions behind it.
  List<String> shortfalls(Evaluation evaluation) throws IOException {
    var shortfalls = new ArrayList<String>();
    for (Floor floor : floors()) {
      double figure = evaluation.means().getOrDefault(floor.measure(), 0.0);
      if (figure < floor.least()) {
        shortfalls.add(
            String.format(
                Locale.ROOT,
                "%s of %s is %.3f, its floor %.3f; below 1: %s",
                floor.measure(),
                label,
                figure,
                floor.least(),
                below(floor.measure(), evaluation)));
      }
    }
    List<String> behind = below("mrr", evaluation);
    behind.retainAll(first());
    if (!behind.isEmpty()) {
      shortfalls.add("%s questions without a gold file in the lead: %s".formatted(label, behind));
    }
    return shortfalls;
  }

  private static List<String> below(String measure, Evaluation evaluation) {
    return evaluation.questions().entrySet().stream()
        .filter(question -> question.getValue().getOrDefault(measure, 1.0) < 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static void copy(Path root, Path from, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = root.relativize(file).toString();
        if (isPart(path)) {
          Path copy = target.resolve(path);
          Files.createDirectories(Objects.requireNonNull(copy.getParent()));
          Files.copy(file, copy);
        }
      }
    }
  }

  private static boolean isPart(String path) {
    String extension = path.substring(path.lastIndexOf('.') + 1);
    return EXTENSIONS.contains(extension) && !path.toLowerCase(Locale.ROOT).contains("golden");
  }
}
