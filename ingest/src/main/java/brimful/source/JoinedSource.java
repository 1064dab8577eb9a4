package brimful.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Several sources as one; each puts its own name in front of its files' ids.
public final class JoinedSource implements Source {
  private final SequencedMap<String, Source> parts;

  /// @param parts by the name that goes before their files' ids, such as a folder's name
  public JoinedSource(SequencedMap<String, Source> parts) {
    this.parts = new LinkedHashMap<>(parts);
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
