package brimful.index;

/// Hears how far a [Recount] is. Called from several threads at once.
public interface RecountListener {
  /// Hears nothing.
  RecountListener SILENT =
      new RecountListener() {
        @Override
        public void starts(int chunks) {}

        @Override
        public void counted(int chunks) {}

        @Override
        public void ends() {}
      };

  /// Hears how many chunks there are, before the first is counted.
  void starts(int chunks);

  /// Hears that so many more are counted.
  void counted(int chunks);

  /// Hears that no more follow.
  void ends();
}
