package brimful.batch;

/// The worker that holds a unit.
///
/// @param place the unit's record, among all that workers share
/// @param delivery its delivery count: the worker with a lower one has lost the unit
record Holder(String place, int delivery) {
  /// The only worker of a batch that is not shared.
  static final Holder ALONE = new Holder("", 0);
}
