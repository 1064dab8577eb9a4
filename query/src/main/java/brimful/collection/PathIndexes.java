package brimful.collection;

import brimful.index.IndexFiles;
import brimful.source.Rules;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the indexes of paths: one for each set of locations, rules and tokenizer.
public final class PathIndexes {
  private PathIndexes() {}

  /// An existing index.
  public record Known(String tokenizer, Path folder) {}

  /// Returns the folder of an index, which may not exist.
  static Path folder(Home home, List<String> identity, Rules rules, String tokenizer) {
    var parts = new ArrayList<>(identity);
    parts.add(tokenizer);
    rules.on().stream().map(Object::toString).sorted().forEach(parts::add);
    return home.index(parts);
  }

  /// Returns the best index of a location to copy from: the tokenizer's own, or else the one used
  /// last.
  public static Optional<Known> latest(SourceReader reader, String location, String tokenizer) {
    List<String> identity = new Locations(List.of(location)).identity();
    return existing(reader, identity, List.of(tokenizer))
        .findFirst()
        .or(() -> other(reader, identity, tokenizer));
  }

  /// Returns the last used index of the same files and rules with another tokenizer.
  static Optional<Known> other(SourceReader reader, List<String> identity, String tokenizer) {
    List<String> others =
        Tokenizers.names().stream().filter(name -> !name.equals(tokenizer)).toList();
    return existing(reader, identity, others).max(Comparator.comparing(known -> used(known)));
  }

  private static Stream<Known> existing(
      SourceReader reader, List<String> identity, List<String> tokenizers) {
    return tokenizers.stream()
        .map(name -> new Known(name, folder(reader.home(), identity, reader.rules(), name)))
        .filter(known -> IndexFiles.exist(known.folder()));
  }

  private static Instant used(Known known) {
    try {
      return IndexNote.used(known.folder());
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }
}
