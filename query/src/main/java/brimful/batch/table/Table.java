package brimful.batch.table;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All cells of a batch, by unit and question, in order.
///
/// @param model the model's id
/// @param warmUps the bill of calls that only stored documents in the provider's cache
public record Table(String model, List<Line> lines, Bill warmUps) {
  public Table {
    lines = List.copyOf(lines);
  }

  /// A cell with its place.
  public record Line(Row row, Cell cell) {}

  /// Returns the bill of all calls.
  public Bill bill() {
    Bill bill = warmUps;
    for (Line line : lines) {
      bill = bill.plus(line.cell().bill());
    }
    return bill;
  }

  /// Returns how many cells are in each state.
  public Map<String, Integer> states() {
    var counts = new TreeMap<String, Integer>();
    for (String state : List.of("answered", "failed", "pending")) {
      counts.put(state, 0);
    }
    lines.forEach(line -> counts.merge(line.cell().state(), 1, Integer::sum));
    return counts;
  }

  /// Returns how many cells failed for each cause.
  public Map<Cause, Integer> causes() {
    var counts = new EnumMap<Cause, Integer>(Cause.class);
    for (Line line : lines) {
      if (line.cell() instanceof Cell.Failed failed) {
        counts.merge(failed.cause(), 1, Integer::sum);
      }
    }
    return counts;
  }
}
