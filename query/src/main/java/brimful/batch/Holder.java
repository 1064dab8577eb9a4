package brimful.batch;

/// Who asks what is open of a unit.
///
/// @param place of the errand, among all that workers share
/// @param delivery how often it has been delivered: whose is lower has lost it
record Holder(String place, int delivery) {
  /// The only one who asks anything of the batch.
  static final Holder ALONE = new Holder("", 0);
}
