package brimful.batch.table;

/// A cell's place in the table.
///
/// @param unit the unit's name
/// @param question the question's id
/// @param text what is asked
/// @param key identifies the cell in the ledger
public record Row(String unit, String question, String text, String key) {}
