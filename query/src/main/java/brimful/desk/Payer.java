package brimful.desk;

/// Pays for what is asked of models.
public interface Payer {
  /// Somebody of whom no account is kept.
  Payer UNBOUNDED =
      new Payer() {
        @Override
        public void allow() {}

        @Override
        public void book(Asked asked) {}
      };

  /// Returns if something may still be spent.
  ///
  /// @throws brimful.corpus.UserError if not
  void allow();

  /// Takes note of what an inquiry has cost.
  void book(Asked asked);
}
