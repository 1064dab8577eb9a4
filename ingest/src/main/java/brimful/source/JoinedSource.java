package brimful.source;

import brimful.corpus.DocumentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Several sources as one, each with a folder of its own in front of its files' ids, or none.
public final class JoinedSource implements Source {
  private static final int OVERLAPS_SHOWN_MAX = 3;

  private final List<Part> parts;

  /// A source, and what its files' ids get in front.
  ///
  /// @param prefix a folder with its slash; empty for nothing
  /// @param shown its location, for people
  public record Part(String prefix, Source source, String shown) {
    /// Returns a part that is shown by where it is.
    public Part(String prefix, Source source) {
      this(prefix, source, Sources.shown(source.location()));
    }

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
  /// @param note receives a line for each that lies in another one
  public static Source once(List<Part> parts, Consumer<String> note) {
    List<Part> different = new ArrayList<>();
    for (Part part : parts) {
      Optional<Part> known =
          different.stream().filter(other -> Overlap.isSame(part, other)).findFirst();
      known.ifPresentOrElse(
          same -> {
            part.source().close();
            if (!same.shown().equals(part.shown())) {
              note.accept(
                  "%s is the same as %s: its files are read once"
                      .formatted(part.shown(), same.shown()));
            }
          },
          () -> different.add(part));
    }
    if (different.size() == 1) {
      return different.getFirst().source();
    }
    Map<Source, List<Listed>> listings = new ConcurrentHashMap<>();
    List<Overlap> overlaps = new ArrayList<>();
    List<Part> disjoint = new ArrayList<>();
    for (Part part : different) {
      Optional<Overlap> overlap = Overlap.of(part, different);
      overlap.ifPresent(overlaps::add);
      disjoint.add(
          overlap
              .map(it -> it.rest(whole -> listings.computeIfAbsent(whole, Source::list)))
              .orElse(part));
    }
    say(overlaps, note);
    return new JoinedSource(disjoint);
  }

  private static void say(List<Overlap> overlaps, Consumer<String> note) {
    overlaps.stream().limit(OVERLAPS_SHOWN_MAX).map(Overlap::display).forEach(note);
    if (overlaps.size() > OVERLAPS_SHOWN_MAX) {
      note.accept("%s more lie in others".formatted(overlaps.size() - OVERLAPS_SHOWN_MAX));
    }
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
  public Optional<Extent> extent() {
    return Optional.empty();
  }

  @Override
  public void close() {
    parts.forEach(part -> part.source().close());
  }
}
