package brimful.cli.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a project's file sets.
///
/// @param values of the options `model`, `budget` and `instructions`, by their names
/// @param include patterns of paths, as seen from the file
/// @param exclude patterns of paths, as seen from the file
/// @param collections names of collections that belong to the project
public record ProjectSettings(
    Map<String, String> values,
    List<String> include,
    List<String> exclude,
    List<String> collections) {
  public ProjectSettings {
    values = Map.copyOf(values);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    collections = List.copyOf(collections);
  }

  /// Returns the value of an option.
  public Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }

  /// Returns whether nothing is set.
  public boolean isEmpty() {
    return names().isEmpty();
  }

  /// Returns the names of what is set.
  public List<String> names() {
    var lists = new LinkedHashMap<String, List<String>>();
    lists.put("include", include);
    lists.put("exclude", exclude);
    lists.put("collections", collections);
    var names = new ArrayList<String>();
    for (String name : ProjectReader.NAMES) {
      if (values.containsKey(name) || !lists.getOrDefault(name, List.of()).isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }
}
