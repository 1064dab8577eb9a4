package brimful.source;

import java.util.List;

/// A place that files come from.
public interface Source extends AutoCloseable {

  /// Returns every file below the root, in canonical order; reads names and attributes only.
  List<Listed> list();

  /// Gives back what the source holds open.
  @Override
  void close();
}
