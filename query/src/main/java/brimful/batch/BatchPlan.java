package brimful.batch;

import brimful.batch.table.Row;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The units, questions and model of a batch: the shape of the table.
///
/// @param model the model's id
/// @param keys the units' hashes, by name
public record BatchPlan(
    List<Unit> units, List<BatchQuestion> questions, String model, Map<String, String> keys) {
  public BatchPlan {
    units = List.copyOf(units);
    questions = BatchQuestion.checked(questions);
    keys = Map.copyOf(keys);
  }

  /// Plans a batch.
  ///
  /// @param budgetTokens of each prompt; part of a unit's key only where the unit does not fit
  /// @throws IllegalArgumentException if the budget does not hold the questions
  public static BatchPlan of(
      List<Unit> units,
      List<BatchQuestion> questions,
      String model,
      TokenCounter counter,
      int budgetTokens) {
    var keys = new HashMap<String, String>();
    for (Unit unit : units) {
      boolean whole = UnitWindow.fits(unit, counter, budgetTokens, questions);
      keys.put(unit.name(), unit.hash() + (whole ? "" : "@" + budgetTokens));
    }
    return new BatchPlan(units, questions, model, keys);
  }

  /// Plans a batch whose units that do not fit into a window are read in several.
  ///
  /// @param large the names of those units
  public static BatchPlan ofAll(
      List<Unit> units, List<BatchQuestion> questions, String model, Set<String> large) {
    var keys = new HashMap<String, String>();
    units.forEach(
        unit -> keys.put(unit.name(), unit.hash() + (large.contains(unit.name()) ? "@all" : "")));
    return new BatchPlan(units, questions, model, keys);
  }

  /// Returns the prefix of a unit's keys in the ledger.
  String key(Unit unit) {
    return keys.get(unit.name()) + "/" + model + "/" + BatchPrompt.VERSION;
  }

  /// Returns a cell's place.
  public Row row(Unit unit, BatchQuestion question) {
    return new Row(unit.name(), question.id(), question.text(), key(unit) + "/" + question.hash());
  }

  /// Returns an identifier that differs for other questions or documents.
  public String run() {
    return ContentHash.of(rows().stream().map(Row::key).toArray(String[]::new));
  }

  /// Returns all cells, unit by unit.
  public List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (Unit unit : units) {
      questions.forEach(question -> rows.add(row(unit, question)));
    }
    return rows;
  }
}
