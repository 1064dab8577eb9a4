package brimful.batch.ledger;

import brimful.batch.table.Cell;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// An event of a ledger.
///
/// Events in order determine a ledger's state. Workers that share a batch append them to one log,
/// and each derives the same verdicts: who was first, and whether there was money left.
public sealed interface LedgerEvent {
  /// A worker has started a batch.
  ///
  /// @param run identifies the questions and documents of this run
  record Begun(String run) implements LedgerEvent {}

  /// A worker has received a unit; calls of its previous worker are lost.
  record Taken(String unit, UnitHolder by) implements LedgerEvent {}

  /// A unit is finished.
  record Left(String unit, UnitHolder by) implements LedgerEvent {}

  /// A call is about to leave.
  ///
  /// @param cells the cells that it asks for
  record Sent(Call call, List<String> cells) implements LedgerEvent {
    public Sent {
      cells = List.copyOf(cells);
    }
  }

  /// The new states of the cells of a call.
  record Settled(String call, Map<String, Cell> cells) implements LedgerEvent {
    public Settled {
      cells = Map.copyOf(cells);
    }
  }

  /// A call that only stores a unit's documents in the provider's cache is about to leave.
  record Warming(Call call, Instant at) implements LedgerEvent {}

  /// The result of such a call.
  record Warmed(String unit, BatchLedger.WarmUp warmUp) implements LedgerEvent {}

  /// A person wants failed cells to be repeated.
  record Reopened(List<String> cells) implements LedgerEvent {
    public Reopened {
      cells = List.copyOf(cells);
    }
  }

  /// A cell has a result that other cells made; what those have cost counts for it from now on.
  ///
  /// @param parts the keys of those cells
  record Gathered(String key, Cell cell, List<String> parts) implements LedgerEvent {
    public Gathered {
      parts = List.copyOf(parts);
    }
  }

  /// A call that requests permission to leave.
  ///
  /// @param id unique among all calls
  /// @param usdMax the most that it can cost
  /// @param usdLimit the batch's limit; infinite for none
  record Call(String id, String unit, UnitHolder by, double usdMax, double usdLimit) {}

  /// The verdict on an event.
  enum Verdict {
    GRANTED,
    /// Another worker has the unit, or the cell is no longer open: the event is ignored.
    OVERTAKEN,
    /// The batch has not enough money left: the event is ignored.
    BROKE
  }
}
