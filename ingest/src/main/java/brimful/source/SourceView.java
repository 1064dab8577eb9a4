package brimful.source;

import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.store.ProcessLock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Another source with some of its files, or with something that ends when it is closed.
///
/// @param listing returns what is listed of its files
/// @param after runs once it is closed
record SourceView(Source source, UnaryOperator<List<Listed>> listing, Runnable after)
    implements Source {

  /// Returns a source whose files cannot be deleted until it is closed.
  static Source locked(Source source, ProcessLock using) {
    return new SourceView(source, UnaryOperator.identity(), using::close);
  }

  /// Returns the files of a source in a folder, or the one file of that path, with their own ids.
  static Source below(Source source, String path) {
    String id = DocumentId.of(path).value();
    return new SourceView(
        source,
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
  /// @param source the inner one, of files of this machine
  /// @param outer a folder
  /// @param prefix what the inner one's ids have in front in the outer one: a folder with a final
  ///   slash; or the id of a single file
  static Source without(Source source, Source outer, String prefix) {
    return new SourceView(source, all -> onlyHere(all, outer.list(), prefix), () -> {});
  }

  private static List<Listed> onlyHere(List<Listed> all, List<Listed> outer, String prefix) {
    Map<String, Listed> there = new HashMap<>();
    outer.forEach(listed -> there.put(listed.id().value(), listed));
    return all.stream()
        .filter(listed -> {
          String id = listed.id().value();
          Listed same = there.get(prefix.endsWith("/") ? prefix + id : prefix);
          return same == null || (same instanceof Listed.Left && listed instanceof Listed.File);
        })
        .toList();
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
  public void close() {
    source.close();
    after.run();
  }
}
