package brimful.batch;

import brimful.answer.Citation;
import java.util.List;

/// What is known of one question to one unit. A cell is in exactly one of these states.
public sealed interface Cell {
  /// Returns a cell that nothing was asked for yet.
  static Cell untouched() {
    return new Pending(Bill.NOTHING);
  }

  /// Returns what all its calls came to.
  Bill bill();

  /// A place that an answer points at.
  ///
  /// @param problem why it cannot be trusted; empty if the window had all of it
  record Cited(String place, String problem) {
    static Cited of(Citation citation) {
      return new Cited(citation.display(), citation.problem());
    }

    /// Returns whether all that is cited was in the window.
    public boolean verified() {
      return problem.isEmpty();
    }
  }

  /// The model answered, and the answer has the form that was asked for.
  ///
  /// @param json the answer's value; `null` if the documents do not say
  /// @param confidence how sure the model says it is, 0 to 1
  record Answered(String json, double confidence, List<Cited> citations, Bill bill)
      implements Cell {
    public Answered {
      citations = List.copyOf(citations);
    }
  }

  /// There is no answer, and nobody asks again by himself.
  ///
  /// @param message what is wrong and what to do, in one line
  record Failed(Cause cause, String message, Bill bill) implements Cell {}

  /// It is still to be asked.
  record Pending(Bill bill) implements Cell {}

  /// It was answered in a form that will not do; the one repair is still to be asked for.
  record Draft(String reply, String problem, Bill bill) implements Cell {}

  /// Its call is under way.
  ///
  /// @param usdMax the most that the call can cost
  record Sent(double usdMax, Bill bill) implements Cell {
    /// Returns what becomes of it when nobody waits for the call any more.
    Failed lost() {
      return new Failed(
          Cause.LOST,
          "the program ended while the call was under way: retry what failed",
          bill.plus(Bill.unknown(usdMax)));
    }
  }

  /// Returns the state as the table says it.
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
