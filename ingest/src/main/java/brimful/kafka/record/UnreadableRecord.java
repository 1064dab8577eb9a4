package brimful.kafka.record;

/// A record that this version cannot read: damaged, foreign, or of a later version.
///
/// Not a `UserError`, because workers catch it to decide whether the record may be dropped.
public final class UnreadableRecord extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean newer;

  /// A record that is damaged or foreign.
  public UnreadableRecord(String what) {
    this(what, false);
  }

  private UnreadableRecord(String what, boolean newer) {
    super(what);
    this.newer = newer;
  }

  /// Returns the error of a record that a later version can read, so that it must not be dropped.
  static UnreadableRecord ofLaterVersion(String what) {
    return new UnreadableRecord(what, true);
  }

  public boolean newer() {
    return newer;
  }
}
