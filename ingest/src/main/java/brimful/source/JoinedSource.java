package brimful.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Several sources as one; each prefixes its files' ids with its own name.
public final class JoinedSource implements Source {
  private final SequencedMap<String, Source> parts;

  /// @param parts by the name that goes before their files' ids, such as a folder's name
  public JoinedSource(SequencedMap<String, Source> parts) {
    this.parts = new LinkedHashMap<>(parts);
  }

  /// Joins sources that may overlap: each file is listed once.
  ///
  /// @param parts by the name that goes before their files' ids; closed here if they are not needed
  public static Source once(SequencedMap<String, Source> parts) {
    SequencedMap<String, Source> different = new LinkedHashMap<>();
    parts.forEach((name, part) -> {
      // Two pipes may have the same name.
      boolean known =
          !(part instanceof PipeSource)
              && different.values().stream()
                  .anyMatch(other -> other.location().equals(part.location()));
      if (known) {
        part.close();
      } else {
        different.put(name, part);
      }
    });
    if (different.size() == 1) {
      return different.firstEntry().getValue();
    }
    SequencedMap<String, Source> once = new LinkedHashMap<>();
    different.forEach((name, part) -> once.put(name, without(part, different.values())));
    return new JoinedSource(once);
  }

  /// Returns a source without the files that the smallest enclosing source lists.
  private static Source without(Source part, Collection<Source> others) {
    if (!isLocal(part)) {
      return part;
    }
    Path path = Path.of(part.location());
    return others.stream()
        .filter(other -> other instanceof FolderSource && other != part)
        .filter(other -> path.startsWith(Path.of(other.location())))
        .max(Comparator.comparingInt(other -> other.location().length()))
        .map(outer -> SourceView.without(part, outer, prefix(part, path, outer)))
        .orElse(part);
  }

  private static boolean isLocal(Source part) {
    return part instanceof FolderSource || part instanceof SingleFile;
  }

  private static String prefix(Source part, Path path, Source outer) {
    Path root = Path.of(outer.location());
    String below = root.relativize(path).toString().replace('\\', '/');
    String id = below.isEmpty() ? "" : FileNames.id(root, path, below).value();
    return part instanceof FolderSource ? id + "/" : id;
  }

  @Override
  public List<Listed> list() {
    List<Listed> all = new ArrayList<>();
    for (Map.Entry<String, Source> part : parts.entrySet()) {
      for (Listed listed : part.getValue().list()) {
        all.add(listed.under(listed.id().in(part.getKey())));
      }
    }
    all.sort(Comparator.comparing(Listed::id));
    return all;
  }

  /// Returns the parts by the name that goes before their files' ids.
  public SequencedMap<String, Source> parts() {
    return Collections.unmodifiableSequencedMap(parts);
  }

  @Override
  public String location() {
    return String.join(" ", parts.values().stream().map(Source::location).toList());
  }

  @Override
  public void close() {
    parts.values().forEach(Source::close);
  }
}
