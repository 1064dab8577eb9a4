package brimful.queue;

/// A record that this version cannot read: damaged, somebody else's, or a later version's.
///
/// A class of its own and no `UserError`, since workers catch it to decide whether the record may
/// be thrown away.
public final class UnreadableRecord extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean newer;

  /// @param newer whether a later version could read it, so that it must not be thrown away
  UnreadableRecord(String what, boolean newer) {
    super(what);
    this.newer = newer;
  }

  boolean newer() {
    return newer;
  }
}
