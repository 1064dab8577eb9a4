package brimful.corpus;

/// What a person or a client can mend: thrown on purpose, and mapped once by each door.
///
/// The command line maps the kind to an exit code, HTTP to a status, MCP to an error. Every other
/// exception is a defect of our own: it is logged with its stack, and callers learn nothing of it.
/// An `IllegalArgumentException` in particular is a broken contract between our own classes.
///
/// It has no stack trace: the message is the whole of it.
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /// What sort of thing went wrong.
  public enum Kind {
    /// An option, a parameter or a field has a value that it cannot have.
    USAGE,
    /// A file or a body that was handed in cannot be used as it is: a malformed CSV, no text at
    /// all.
    INPUT,
    /// A path, commit, collection, document, model or job that does not exist.
    NOT_FOUND,
    /// The state of things does not allow it: a name is taken, a job is under way.
    CONFLICT,
    /// It is there, and this caller may not have it.
    FORBIDDEN,
    /// The spend limit is reached, or a cost was not confirmed.
    UNPAID,
    /// Nothing can be answered: the model refused, or nothing fits its window.
    UNANSWERABLE,
    /// The input is longer than the documented limit.
    TOO_LARGE,
    /// A model, a git remote or a broker cannot be reached or broke down.
    UNAVAILABLE,
    /// Somebody else holds it, or there is too much to do: try again later.
    BUSY,
    /// The configuration is wrong.
    CONFIG,
    /// The output cannot be written.
    CANNOT_WRITE,
    /// The disk is full.
    DISK_FULL
  }

  /// @param message one line: what is wrong, with the value, and what to do
  public UserError(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /// @param message one line: what is wrong, with the value, and what to do
  /// @param cause what was thrown by a library or the system
  public UserError(Kind kind, String message, Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// Returns what the person or client is told.
  public String line() {
    return String.valueOf(getMessage());
  }
}
