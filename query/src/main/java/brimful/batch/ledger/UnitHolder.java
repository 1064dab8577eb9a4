package brimful.batch.ledger;

/// The worker that holds a unit.
///
/// @param place the unit's record, among all that workers share
/// @param delivery its delivery count: the worker with a lower one has lost the unit
public record UnitHolder(String place, int delivery) {
  /// The only worker of a batch that is not shared.
  public static final UnitHolder ALONE = new UnitHolder("", 0);
}
