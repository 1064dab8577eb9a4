package brimful.batch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Something that happens to a ledger.
///
/// What a ledger says is made of these, in their order. Workers that share one add them to one log,
/// and each of them sees the same come of it: who was first, and whether there was money left.
sealed interface LedgerEvent {
  /// A worker has come with a batch.
  ///
  /// @param run tells it from a batch of other questions or documents
  record Begun(String run) implements LedgerEvent {}

  /// A unit's errand has come to a worker; calls of who had it before are lost.
  record Taken(String unit, Holder by) implements LedgerEvent {}

  /// A unit's errand is done with.
  record Left(String unit, Holder by) implements LedgerEvent {}

  /// A call is about to leave.
  ///
  /// @param cells what it asks for
  record Sent(Call call, List<String> cells) implements LedgerEvent {
    public Sent {
      cells = List.copyOf(cells);
    }
  }

  /// What has become of the cells of a call.
  record Settled(String call, Map<String, Cell> cells) implements LedgerEvent {
    public Settled {
      cells = Map.copyOf(cells);
    }
  }

  /// A call is about to leave that only stores a unit's documents in the provider's cache.
  record Warming(Call call, Instant at) implements LedgerEvent {}

  /// What has become of such a call.
  record Warmed(String unit, Ledger.WarmUp warmUp) implements LedgerEvent {}

  /// A person wants failed cells to be asked again.
  record Reopened(List<String> cells) implements LedgerEvent {
    public Reopened {
      cells = List.copyOf(cells);
    }
  }

  /// A call that wants to leave.
  ///
  /// @param id a name that no other call has
  /// @param usdMax the most that it can cost
  /// @param usdLimit what the batch may cost; infinite for no limit
  record Call(String id, String unit, Holder by, double usdMax, double usdLimit) {}

  /// What comes of an event.
  enum Verdict {
    GRANTED,
    /// Somebody else has the unit, or the cell is not open any more: nothing has happened.
    OVERTAKEN,
    /// The batch has not enough money left: nothing has happened.
    BROKE
  }
}
