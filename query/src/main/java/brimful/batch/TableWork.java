package brimful.batch;

import brimful.batch.ledger.BatchLedger;
import brimful.index.Snapshot;
import brimful.model.ModelProfile;
import java.util.List;

/// What fills a table.
public interface TableWork {
  /// Asks the open questions, and returns the resulting table. To stop it, interrupt its thread.
  ///
  /// @param snapshot the one that contains the units
  /// @param retryFailed whether failed cells are open again
  Batch.Conclusion run(
      Snapshot snapshot, BatchLedger ledger, boolean retryFailed, BatchListener listener);

  /// Forecasts the cost of open cells, for each of some models.
  ///
  /// @param known the ledger of earlier runs, or a copy
  /// @param models the candidates; their tokens are counted with the chosen model's tokenizer
  List<Forecast> forecast(
      Snapshot snapshot, BatchLedger known, boolean retryFailed, List<ModelProfile> models);
}
