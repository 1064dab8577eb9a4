package brimful.kafka.record;

/// A record that this version cannot read: damaged, foreign, or of a later version.
///
/// Not a `UserError`, because workers catch it to decide whether the record may be dropped.
public final class UnreadableRecord extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean newer;

  /// @param newer whether a later version could read it, so that it must not be dropped
  public UnreadableRecord(String what, boolean newer) {
    super(what);
    this.newer = newer;
  }

  public boolean newer() {
    return newer;
  }
}
