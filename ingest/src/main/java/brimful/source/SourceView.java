package brimful.source;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.store.ProcessLock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Another source with some of its files, or with something that ends when it is closed.
///
/// @param path where its files are in the other one; empty for everywhere
/// @param listing returns what is listed of its files
/// @param after runs once it is closed
record SourceView(Source source, String path, UnaryOperator<List<Listed>> listing, Runnable after)
    implements Source {

  SourceView(Source source, UnaryOperator<List<Listed>> listing, Runnable after) {
    this(source, "", listing, after);
  }

  /// Returns a source whose files cannot be deleted until it is closed.
  static Source locked(Source source, ProcessLock using) {
    return new SourceView(source, UnaryOperator.identity(), using::close);
  }

  /// Returns the files of a source in a folder, or the one file of that path, with their own ids.
  static Source below(Source source, String path) {
    String id = DocumentId.of(path).value();
    return new SourceView(
        source,
        path,
        all -> {
          List<Listed> there =
              all.stream()
                  .filter(listed ->
                      listed.id().value().equals(id) || listed.id().value().startsWith(id + "/"))
                  .toList();
          if (there.isEmpty()) {
            throw new UserError(
                UserError.Kind.NOT_FOUND,
                "no folder or file \"%s\" in %s: check the address"
                    .formatted(path, Sources.shown(source.location())));
          }
          return there;
        },
        () -> {});
  }

  /// Returns a source without the files that another one lists, in whose folder it lies.
  ///
  /// What the outer one leaves out by a rule stays: it was asked for by its own name.
  ///
  /// @param source the inner one
  /// @param outer returns what the outer one lists
  /// @param names returns what an id of the inner one may be in the outer one
  static Source without(
      Source source,
      Supplier<List<Listed>> outer,
      Function<String, List<String>> names,
      Runnable after) {
    return new SourceView(source, all -> onlyHere(all, outer.get(), names), after);
  }

  private static List<Listed> onlyHere(
      List<Listed> all, List<Listed> outer, Function<String, List<String>> names) {
    Map<String, Listed> there = new HashMap<>();
    outer.forEach(listed -> there.put(listed.id().value(), listed));
    return all.stream()
        .filter(listed ->
            names.apply(listed.id().value()).stream()
                .map(there::get)
                .noneMatch(same -> isSame(listed, same)))
        .toList();
  }

  private static boolean isSame(Listed listed, @Nullable Listed same) {
    return same instanceof Listed.File
        || (same instanceof Listed.Left && listed instanceof Listed.Left);
  }

  @Override
  public List<Listed> list() {
    return listing.apply(source.list());
  }

  @Override
  public Optional<Listed.File> file(DocumentId id) {
    return source.file(id);
  }

  @Override
  public DocumentId stored(Listed.File file) {
    return source.stored(file);
  }

  @Override
  public void requireThere() {
    source.requireThere();
  }

  @Override
  public String location() {
    return source.location();
  }

  @Override
  public Optional<Extent> extent() {
    return source.extent().map(all -> path.isEmpty() ? all : all.in(path));
  }

  @Override
  public void close() {
    source.close();
    after.run();
  }
}
