package brimful.batch;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.index.Outline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Divides a corpus into units.
public sealed interface Division {

  /// Returns the name of the unit that an item belongs to.
  String unit(DocumentId item);

  /// Each file is a unit; an archive with all of its members is one.
  record PerDocument() implements Division {
    @Override
    public String unit(DocumentId item) {
      return item.value();
    }
  }

  /// Each folder is a unit, with everything below it; files above them form the unit `.`.
  ///
  /// @param depth how many folders down, from 1
  record PerFolder(int depth) implements Division {
    public PerFolder {
      if (depth < 1) {
        throw new IllegalArgumentException("depth of %s: give 1 or more".formatted(depth));
      }
    }

    @Override
    public String unit(DocumentId item) {
      int end = -1;
      for (int i = 0; i < depth; i++) {
        int next = item.value().indexOf('/', end + 1);
        if (next < 0) {
          break;
        }
        end = next;
      }
      return end < 0 ? "." : item.value().substring(0, end);
    }
  }

  /// The whole corpus is one unit.
  record Whole() implements Division {
    @Override
    public String unit(DocumentId item) {
      return ".";
    }
  }

  /// Divides a corpus, in canonical order.
  ///
  /// Files that a rule skipped are not units. An unreadable file is one only if nothing else of its
  /// unit could be read.
  ///
  /// @param outcomes how every file ended
  default List<Unit> divide(List<Outline> corpus, Map<DocumentId, Outcome> outcomes) {
    var documents = new TreeMap<DocumentId, List<Outline>>();
    for (Outline outline : corpus) {
      documents.computeIfAbsent(name(outline.document()), _ -> new ArrayList<>()).add(outline);
    }
    var problems = new TreeMap<DocumentId, String>();
    outcomes.forEach((item, outcome) -> {
      if (outcome instanceof Outcome.Failed || outcome instanceof Outcome.Encrypted) {
        problems.putIfAbsent(name(item), outcome.display());
      }
    });
    var units = new TreeMap<DocumentId, Unit>();
    problems.forEach(
        (name, problem) -> units.put(name, new Unit(name.value(), List.of(), problem)));
    documents.forEach((name, own) -> units.put(name, new Unit(name.value(), own, "")));
    return List.copyOf(units.values());
  }

  private DocumentId name(DocumentId document) {
    return new DocumentId(unit(document.item()));
  }
}
