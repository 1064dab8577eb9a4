package brimful.rank;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.PathKind;
import brimful.index.ChunkRef;
import brimful.index.DocumentNumbers;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.index.term.Stemmer;
import brimful.rank.aspect.Aspect;
import brimful.rank.aspect.AspectWords;
import brimful.rank.reference.NamedFiles;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the paths of a corpus and its README tell, whatever is asked: made once for a commit. Safe
/// for many threads.
///
/// Documents are numbered in canonical order.
final class CorpusNames {
  /// A README says the name of its project often, in links and images, too.
  private static final int OWN_NAMES_MAX = 2;

  private static final int OWN_NAME_TIMES_MIN = 2;

  /// The first may be a picture or a licence.
  private static final int README_CHUNKS_READ = 2;

  private final DocumentNumbers numbers;
  private final List<String> paths;
  private final PathKind[] kinds;
  private final boolean program;
  private final boolean images;

  /// The beginning of the README at the top.
  private final List<ChunkRef> readme;

  /// Empty until a question wants them.
  private final AtomicReference<Optional<Set<String>>> ownNames =
      new AtomicReference<>(Optional.empty());

  private final NamedFiles files;
  private final AspectFiles aspects;
  private final FileNameMatch names;

  CorpusNames(List<Outline> outlines, DocumentNumbers numbers) {
    this.numbers = numbers;
    int size = outlines.size();
    kinds = new PathKind[size];
    var folders = new HashMap<String, PathKind>();
    for (int number = 0; number < size; number++) {
      DocumentId id = outlines.get(number).document();
      int name = id.value().lastIndexOf('/') + 1;
      PathKind folder = folders.computeIfAbsent(id.value().substring(0, name), PathKind::ofFolder);
      kinds[number] = PathKind.lower(folder, PathKind.ofName(id.value().substring(name)));
    }
    paths = outlines.stream().map(outline -> Folding.of(outline.document().value())).toList();
    program = isProgram(paths, kinds);
    images = paths.stream().anyMatch(PathKind::isImage);
    readme =
        IntStream.range(0, size)
            .filter(number -> NamedFiles.depth(paths.get(number)) == 0)
            .filter(
                number -> Aspect.OVERVIEW.distance(paths.get(number), kinds[number]).orElse(1) == 0)
            .mapToObj(number -> outlines.get(number).chunks())
            .findFirst()
            .map(chunks -> chunks.subList(0, Math.min(README_CHUNKS_READ, chunks.size())))
            .orElse(List.of());
    files = new NamedFiles(paths);
    aspects = new AspectFiles(paths, kinds);
    names = new FileNameMatch(paths);
  }

  /// Returns what the paths of a snapshot tell.
  static CorpusNames of(Snapshot snapshot) {
    return snapshot.derived(
        CorpusNames.class, outlines -> new CorpusNames(outlines, DocumentNumbers.of(snapshot)));
  }

  private static boolean isProgram(List<String> paths, PathKind[] kinds) {
    int prose = 0;
    int code = 0;
    for (int number = 0; number < kinds.length; number++) {
      String path = paths.get(number);
      if (NamedFiles.depth(path) <= 1 && PathKind.isBuildFile(NamedFiles.name(path))) {
        return true;
      }
      prose += kinds[number] == PathKind.DOC ? 1 : 0;
      code += kinds[number] == PathKind.SOURCE ? 1 : 0;
    }
    return code > prose;
  }

  /// Returns a document's number; that of the first one for what is no document.
  int number(DocumentId document) {
    return Math.max(0, numbers.of(document));
  }

  /// Returns the folded paths, by number.
  List<String> paths() {
    return paths;
  }

  /// Returns how many documents there are.
  int size() {
    return kinds.length;
  }

  /// Returns the kind of a document.
  PathKind kind(int number) {
    return kinds[number];
  }

  /// Returns whether a document is code or data, which has definitions, and not prose.
  boolean isCode(int number) {
    return kinds[number] != PathKind.DOC;
  }

  /// Returns whether the corpus is a program: a file near its top says how to build it, or it has
  /// more code than prose.
  boolean isProgram() {
    return program;
  }

  /// Returns whether any document is an image.
  boolean hasImages() {
    return images;
  }

  /// Returns what the project calls itself, in small letters: the words of its README's beginning
  /// that are said most often and name files, too.
  ///
  /// @param snapshot where the README is read, once for a commit
  Set<String> ownNames(Snapshot snapshot) {
    return ownNames
        .updateAndGet(known -> known.or(() -> Optional.of(found(snapshot))))
        .orElseThrow();
  }

  private Set<String> found(Snapshot snapshot) {
    String beginning =
        snapshot.read(readme).stream().map(Chunk::text).collect(Collectors.joining("\n"));
    Map<String, Long> times =
        AspectWords.wordsOf(beginning).stream()
            .filter(word -> names.isNamed(Stemmer.stem(word)))
            .collect(Collectors.groupingBy(word -> word, Collectors.counting()));
    return times.entrySet().stream()
        .filter(entry -> entry.getValue() >= OWN_NAME_TIMES_MIN)
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(OWN_NAMES_MAX)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// Finds the documents that a question names.
  NamedFiles files() {
    return files;
  }

  /// Finds the documents that tell about sides of a project.
  AspectFiles aspects() {
    return aspects;
  }

  /// Scores documents by their names.
  FileNameMatch names() {
    return names;
  }

  /// Finds the files that tell about what a question asks, by their names and places. Looks at the
  /// paths once for each aspect. Safe for many threads.
  static final class AspectFiles {
    /// How many of each aspect are wanted.
    private static final int FILES_MAX = 20;

    private final List<String> paths;
    private final PathKind[] kinds;

    /// How far each file that tells is from where one looks first, by its number.
    private final Map<Aspect, SequencedMap<Integer, Integer>> distances = new ConcurrentHashMap<>();

    /// @param paths of all documents, by number
    AspectFiles(List<String> paths, PathKind[] kinds) {
      this.paths = paths;
      this.kinds = kinds;
    }

    /// Returns whether some file tells about an aspect.
    boolean tell(Aspect aspect) {
      return !distances(aspect).isEmpty();
    }

    /// Returns the numbers of the files that tell about some aspects, by turns: of each aspect
    /// those nearest the top first, and among these the better match.
    ///
    /// @param matches how well each document's words match
    int[] about(Collection<Aspect> aspects, float[] matches) {
      List<List<Integer>> lists =
          aspects.stream().sorted().map(aspect -> about(aspect, matches)).toList();
      var numbers = new LinkedHashSet<Integer>();
      for (int rank = 0; rank < FILES_MAX; rank++) {
        for (List<Integer> list : lists) {
          if (rank < list.size()) {
            numbers.add(list.get(rank));
          }
        }
      }
      return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<Integer> about(Aspect aspect, float[] matches) {
      return distances(aspect).entrySet().stream()
          .sorted(
              Map.Entry.<Integer, Integer>comparingByValue()
                  .thenComparing(entry -> -matches[entry.getKey()]))
          .limit(FILES_MAX)
          .map(Map.Entry::getKey)
          .toList();
    }

    private SequencedMap<Integer, Integer> distances(Aspect asked) {
      return distances.computeIfAbsent(
          asked,
          aspect -> {
            var found = new TreeMap<Integer, Integer>();
            for (int number = 0; number < kinds.length; number++) {
              if (kinds[number].compareTo(PathKind.EXAMPLE) < 0) {
                OptionalInt distance = aspect.distance(paths.get(number), kinds[number]);
                if (distance.isPresent()) {
                  found.put(number, distance.getAsInt());
                }
              }
            }
            if (found.values().stream().anyMatch(distance -> distance < Aspect.ELSE_DISTANCE)) {
              found.values().removeIf(distance -> distance >= Aspect.ELSE_DISTANCE);
            }
            return found;
          });
    }
  }
}
