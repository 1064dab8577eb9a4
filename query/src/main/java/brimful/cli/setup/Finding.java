package brimful.cli.setup;

/// One thing that Brimful looked for on this machine.
///
/// @param what such as `ffmpeg`
/// @param detail where it is and in which version; or what it would be for, and how to get it
public record Finding(State state, String what, String detail) {
  /// Whether it is there.
  public enum State {
    FOUND("found"),
    MISSING("missing"),
    /// It is there, and cannot be used.
    WRONG("wrong");

    private final String display;

    State(String display) {
      this.display = display;
    }

    /// Returns the word for people.
    public String display() {
      return display;
    }
  }

  static Finding found(String what, String detail) {
    return new Finding(State.FOUND, what, detail);
  }

  static Finding missing(String what, String detail) {
    return new Finding(State.MISSING, what, detail);
  }

  static Finding wrong(String what, String detail) {
    return new Finding(State.WRONG, what, detail);
  }
}
