package brimful.batch;

import brimful.batch.table.Cell;
import brimful.model.CacheRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The calls that a unit still needs, in order.
///
/// @param repairs questions with invalid answers
/// @param groups questions that share one call
record UnitWork(List<BatchQuestion> repairs, List<List<BatchQuestion>> groups) {
  /// A shorter prefix saves less than the reply of the call that stores it costs.
  private static final int WARM_UP_TOKENS_MIN = 1_000;

  /// Returns the open work of a unit.
  ///
  /// @param cells returns the state of a cell
  static UnitWork of(BatchPlan plan, Unit unit, int group, Function<String, Cell> cells) {
    var repairs = new ArrayList<BatchQuestion>();
    var fresh = new ArrayList<BatchQuestion>();
    for (BatchQuestion question : plan.questions()) {
      Cell cell = cells.apply(plan.row(unit, question).key());
      if (cell instanceof Cell.Draft) {
        repairs.add(question);
      } else if (cell.isOpen()) {
        fresh.add(question);
      }
    }
    var groups = new ArrayList<List<BatchQuestion>>();
    for (int from = 0; from < fresh.size(); from += group) {
      groups.add(List.copyOf(fresh.subList(from, Math.min(fresh.size(), from + group))));
    }
    return new UnitWork(repairs, groups);
  }

  /// Returns how many questions the documents are stored for.
  ///
  /// @param stores whether another batch will follow
  int questions(boolean stores) {
    return calls() + (stores ? 1 : 0);
  }

  int calls() {
    return repairs.size() + groups.size();
  }

  /// Returns whether storing the documents ahead pays.
  ///
  /// Where a cache finds whole units only, the first two calls would both pay for the documents: a
  /// call that ends with them pays once, and all others find them.
  ///
  /// @param questions how many of this and of later batches will follow, at least
  boolean wantsWarmUp(CacheRule rule, int documentTokens, int questions) {
    return rule.match() == CacheRule.Match.UNITS
        && calls() >= 1
        && questions >= 2
        && documentTokens >= WARM_UP_TOKENS_MIN;
  }
}
