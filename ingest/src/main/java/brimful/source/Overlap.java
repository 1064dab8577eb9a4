package brimful.source;

import brimful.corpus.DocumentId;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A source that lies in another one, which lists its files already.
///
/// @param inner the one whose files are files of the other
/// @param outer the one that lists them
/// @param whole what of the outer one has them: itself, or a repository of an organisation
public record Overlap(JoinedSource.Part inner, JoinedSource.Part outer, Source whole) {

  /// Returns whether two locations have the same files.
  static boolean isSame(JoinedSource.Part one, JoinedSource.Part other) {
    return one.source() instanceof JoinedSource
        ? one.source().location().equals(other.source().location())
        : one.source().extent().filter(extent -> is(extent, other.source())).isPresent();
  }

  private static boolean is(Extent extent, Source other) {
    return other.extent().filter(extent::equals).isPresent();
  }

  /// Returns that of a source with the smallest of others that it lies in; empty if it is in none.
  static Optional<Overlap> of(JoinedSource.Part inner, List<JoinedSource.Part> others) {
    return others.stream()
        .filter(other -> other != inner)
        .flatMap(other -> wholes(other).map(whole -> new Overlap(inner, other, whole)))
        .filter(Overlap::isAny)
        .max(Comparator.comparingInt(overlap -> overlap.extent().path().length()));
  }

  private static Stream<Source> wholes(JoinedSource.Part part) {
    return part.source() instanceof JoinedSource several
        ? several.parts().stream().map(JoinedSource.Part::source)
        : Stream.of(part.source());
  }

  private Extent extent() {
    return whole.extent().orElseThrow();
  }

  private boolean isAny() {
    return !(whole instanceof SingleFile)
        && inner.source().extent().isPresent()
        && whole.extent().filter(inner.source().extent().get()::isWithin).isPresent();
  }

  /// Returns the part without the files that the other one lists.
  ///
  /// @param listing returns what the other one lists
  JoinedSource.Part rest(Function<Source, List<Listed>> listing) {
    return new JoinedSource.Part(inner.prefix(), rest(listing, () -> {}), inner.shown());
  }

  private Source rest(Function<Source, List<Listed>> listing, Runnable after) {
    return SourceView.without(inner.source(), () -> listing.apply(whole), names(), after);
  }

  /// Returns a source without the files that another one lists, if it lies in that; closing it
  /// closes both.
  public static Source without(Source source, Source outer) {
    var part = new JoinedSource.Part("", source);
    Optional<Overlap> overlap = of(part, List.of(new JoinedSource.Part("", outer)));
    if (overlap.isEmpty()) {
      outer.close();
      return source;
    }
    return overlap.get().rest(Source::list, outer::close);
  }

  /// Returns what the ids of its files may be in the other one.
  private Function<String, List<String>> names() {
    Extent part = inner.source().extent().orElseThrow();
    String path = part.from(extent());
    if (part.isOfFiles()) {
      String id = path.isEmpty() ? "" : fileName(part, path);
      return inner.source() instanceof SingleFile
          ? _ -> List.of(id)
          : name -> List.of(in(id, name));
    }
    if (!(whole instanceof BucketSource)) {
      // What is below a folder of a commit keeps the names that it has in the commit.
      return List::of;
    }
    String id = path.isEmpty() ? "" : DocumentId.of(path).value();
    // A prefix may be an object, too.
    return name -> List.of(in(id, name), id.endsWith("/" + name) || id.equals(name) ? id : name);
  }

  private String fileName(Extent part, String path) {
    Path root = Path.of(whole.location());
    return FileNames.id(root, Path.of(part.path()), path).value();
  }

  private static String in(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /// Returns a line for people.
  String display() {
    return "%s lies in %s: files of both are read once, as those of %s"
        .formatted(inner.shown(), outer.shown(), outer.shown());
  }
}
