package brimful.batch.table;

import brimful.answer.Citation;
import java.util.List;

/// The state of one question to one unit. A cell is in exactly one of these states.
public sealed interface Cell {
  /// Returns a cell that was never asked.
  static Cell untouched() {
    return new Pending(Bill.NOTHING);
  }

  /// Returns the bill of all its calls.
  Bill bill();

  /// The model answered in the requested format.
  ///
  /// @param json the answer's value; `null` if the documents do not say
  /// @param confidence the model's own confidence, 0 to 1
  /// @param citations checked against the window that the model read
  /// @param held the share of the unit's tokens that was read, 0 to 1
  record Answered(String json, double confidence, List<Citation> citations, double held, Bill bill)
      implements Cell {
    public Answered {
      citations = List.copyOf(citations);
    }

    /// Returns an answer from all of a unit.
    public Answered(String json, double confidence, List<Citation> citations, Bill bill) {
      this(json, confidence, citations, 1, bill);
    }

    /// Returns whether only a part of the unit was read.
    public boolean isPartial() {
      return held < 1;
    }
  }

  /// It failed, and is not repeated automatically.
  ///
  /// @param message what is wrong and what to do, in one line
  record Failed(Cause cause, String message, Bill bill) implements Cell {}

  /// It is still open.
  record Pending(Bill bill) implements Cell {}

  /// It was answered in the wrong format; its one repair is still open.
  record Draft(String reply, String problem, Bill bill) implements Cell {}

  /// Its call is in flight.
  ///
  /// @param usdMax the most that the call can cost
  record Sent(double usdMax, Bill bill) implements Cell {
    /// Returns its state once nobody waits for the call any more.
    public Failed lost() {
      return new Failed(
          Cause.LOST,
          "the program ended while the call was under way: retry what failed",
          bill.plus(Bill.unknown(usdMax)));
    }
  }

  /// Returns the same state with another bill.
  default Cell billed(Bill other) {
    return switch (this) {
      case Answered(String json, double confidence, List<Citation> citations, double held, _) ->
          new Answered(json, confidence, citations, held, other);
      case Failed(Cause cause, String message, _) -> new Failed(cause, message, other);
      case Pending _ -> new Pending(other);
      case Draft(String reply, String problem, _) -> new Draft(reply, problem, other);
      case Sent(double usdMax, _) -> new Sent(usdMax, other);
    };
  }

  /// Returns the state's name in the table.
  default String state() {
    return switch (this) {
      case Answered _ -> "answered";
      case Failed _ -> "failed";
      case Pending _, Draft _, Sent _ -> "pending";
    };
  }

  /// Returns whether a run asks for it.
  default boolean isOpen() {
    return this instanceof Pending || this instanceof Draft;
  }
}
