package brimful.batch;

import brimful.ask.CacheRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The calls that a unit still needs, in their order.
///
/// @param repairs questions whose answer would not do
/// @param groups questions that go together in one call
record UnitWork(List<BatchQuestion> repairs, List<List<BatchQuestion>> groups) {
  /// Below this a prefix saves less than the reply costs that its storing makes the model write.
  private static final int WARM_UP_TOKENS_MIN = 1_000;

  /// Returns what is open of a unit.
  ///
  /// @param cells what is known of a cell
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

  int calls() {
    return repairs.size() + groups.size();
  }

  /// Returns whether it pays to store the documents ahead.
  ///
  /// Where only whole units are found again, the first two calls would both pay for the documents:
  /// one that ends with them pays once, and all others find them.
  boolean wantsWarmUp(CacheRule rule, int documentTokens) {
    return rule.match() == CacheRule.Match.UNITS
        && calls() >= 2
        && documentTokens >= WARM_UP_TOKENS_MIN;
  }
}
