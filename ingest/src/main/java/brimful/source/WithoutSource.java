package brimful.source;

import brimful.corpus.DocumentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A source without the files that another one lists, in whose folder it lies.
///
/// What the outer one leaves out by a rule stays: it was asked for by its own name.
///
/// @param source the inner one, of files of this machine
/// @param outer a folder
/// @param prefix what the inner one's ids have in front in the outer one: a folder with a final
///   slash; or the id of a single file
record WithoutSource(Source source, Source outer, String prefix) implements Source {

  @Override
  public List<Listed> list() {
    Map<String, Listed> there = new HashMap<>();
    outer.list().forEach(listed -> there.put(listed.id().value(), listed));
    return source.list().stream().filter(listed -> isOnlyHere(listed, there)).toList();
  }

  private boolean isOnlyHere(Listed listed, Map<String, Listed> there) {
    Listed same = there.get(prefix.endsWith("/") ? prefix + listed.id().value() : prefix);
    return same == null || (same instanceof Listed.Left && listed instanceof Listed.File);
  }

  @Override
  public Optional<Listed.File> file(DocumentId id) {
    return source.file(id);
  }

  @Override
  public String location() {
    return source.location();
  }

  @Override
  public void close() {
    source.close();
  }
}
