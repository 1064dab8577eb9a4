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

  /// What sort of thing went wrong. Behind each are the exit code and the HTTP status that it is
  /// mapped to: `ExitCode.of` and `Problems.status` hold the mappings, and tests hold them to this.
  public enum Kind {
    /// An option, a parameter or a field has a value that it cannot have: 64, 400.
    USAGE,
    /// A file or a body cannot be used as it is, such as a malformed CSV or a folder without any
    /// text: 65, 400.
    INPUT,
    /// The input is longer than its documented limit: 65, 413.
    TOO_LARGE,
    /// The input is of a type that is not taken: 65, 415.
    MEDIA_TYPE,
    /// A path, commit, collection, document, model or job does not exist: 66, 404.
    NOT_FOUND,
    /// No key was given, or one that is not known: 77, 401.
    UNAUTHENTICATED,
    /// It is there, and this caller may not have it: 77, 403.
    FORBIDDEN,
    /// The spend limit is reached, or a cost was not confirmed: 79, 402.
    UNPAID,
    /// The state of things does not allow it: a name is taken, a job is under way: 73, 409.
    CONFLICT,
    /// It is well formed, and nothing can be answered: the model refused, or nothing fits its
    /// window: 76, 422.
    UNANSWERABLE,
    /// The caller made too many requests: 75, 429.
    RATE_LIMITED,
    /// Somebody else holds it, or there is too much to do for now: 75, 503.
    BUSY,
    /// A model, a git remote or a broker cannot be reached: 69, 503.
    UNAVAILABLE,
    /// A model was reached and failed: 69, 502.
    UPSTREAM,
    /// A model was reached and did not answer in time: 69, 504.
    TIMEOUT,
    /// An answer broke off; what had come was handed on: 80, 502.
    CUT_OFF,
    /// The configuration is wrong: 78, 500.
    CONFIG,
    /// The output cannot be written: 73, 500.
    CANNOT_WRITE,
    /// A disk or a connection failed: 74, 500.
    IO,
    /// The disk is full: 74, 507.
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
