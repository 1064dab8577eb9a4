package brimful.source;

import brimful.corpus.DocumentId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// Several sources as one, each with a folder of its own in front of its files' ids, or none.
public final class JoinedSource implements Source {
  private final List<Part> parts;

  /// A source, and what its files' ids get in front.
  ///
  /// @param prefix a folder with its slash; empty for nothing
  public record Part(String prefix, Source source) {
    /// Returns the id of one of its files in the whole.
    public DocumentId named(DocumentId id) {
      return prefix.isEmpty() ? id : id.in(prefix.substring(0, prefix.length() - 1));
    }
  }

  private JoinedSource(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /// @param parts by the name that goes before their files' ids, such as a folder's name
  public JoinedSource(SequencedMap<String, Source> parts) {
    this(
        parts.entrySet().stream()
            .map(part -> new Part(part.getKey() + "/", part.getValue()))
            .toList());
  }

  /// Joins sources that may overlap: each file is listed once.
  ///
  /// @param parts closed here if they are not needed
  public static Source once(List<Part> parts) {
    List<Part> different = new ArrayList<>();
    for (Part part : parts) {
      // Two pipes may have the same name.
      boolean known =
          !(part.source() instanceof PipeSource)
              && different.stream()
                  .anyMatch(other -> other.source().location().equals(part.source().location()));
      if (known) {
        part.source().close();
      } else {
        different.add(part);
      }
    }
    List<Source> sources = different.stream().map(Part::source).toList();
    return different.size() == 1
        ? sources.getFirst()
        : new JoinedSource(
            different.stream()
                .map(part -> new Part(part.prefix(), without(part.source(), sources)))
                .toList());
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
    var left = new ArrayList<Listed>();
    var files = new ArrayList<Listed>();
    for (Part part : parts) {
      for (Listed listed : part.source().list()) {
        Listed named = listed.under(part.named(listed.id()));
        (named instanceof Listed.File ? files : left).add(named);
      }
    }
    // What one part leaves out another may name.
    Set<DocumentId> named = files.stream().map(Listed::id).collect(Collectors.toSet());
    left.stream().filter(listed -> !named.contains(listed.id())).forEach(files::add);
    return Listed.canonical(files);
  }

  public List<Part> parts() {
    return parts;
  }

  @Override
  public String location() {
    return String.join(" ", parts.stream().map(part -> part.source().location()).toList());
  }

  @Override
  public void close() {
    parts.forEach(part -> part.source().close());
  }
}
