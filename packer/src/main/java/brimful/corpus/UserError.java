package brimful.corpus;

import java.io.Serializable;

/// An error that a person or a client can fix: thrown on purpose, and mapped once by each door.
///
/// The command line maps the kind to an exit code, HTTP to a status, MCP to an error. Every other
/// exception is a defect of ours: it is logged with its stack, and callers learn nothing about it.
/// An `IllegalArgumentException` in particular is a broken contract between our own classes.
///
/// It has no stack trace: the message says everything.
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final Field field;

  /// The field of a request that is wrong.
  ///
  /// @param name as the client wrote it; empty if it is no field
  /// @param code the error's code in a protocol that has codes; may be empty
  public record Field(String name, String code) implements Serializable {
    /// No field.
    public static final Field NONE = new Field("", "");
  }

  /// The kind of the error. Each constant names its exit code and HTTP status; `ExitCode.of` and
  /// `Problems.status` hold the mappings, and tests compare them with this list.
  public enum Kind {
    /// An option, parameter or field has an impossible value: 64, 400.
    USAGE,
    /// A file or body is unusable, such as malformed CSV or a folder without any text: 65, 400.
    INPUT,
    /// The input is longer than its documented limit: 65, 413.
    TOO_LARGE,
    /// The input has an unsupported type: 65, 415.
    MEDIA_TYPE,
    /// A path, commit, collection, document, model or job does not exist: 66, 404.
    NOT_FOUND,
    /// No key, or an unknown one: 77, 401.
    UNAUTHENTICATED,
    /// It exists, but this caller may not have it: 77, 403.
    FORBIDDEN,
    /// The spend limit is reached, or a cost was not confirmed: 79, 402.
    UNPAID,
    /// The present state does not permit it: a name is taken, a job is running: 73, 409.
    CONFLICT,
    /// It is well formed but cannot be answered: the model refused, or nothing fits its window: 76,
    /// 422.
    UNANSWERABLE,
    /// The caller made too many requests: 75, 429.
    RATE_LIMITED,
    /// Somebody else holds it, or the load is too high: 75, 503.
    BUSY,
    /// A model, a git remote or a broker cannot be reached: 69, 503.
    UNAVAILABLE,
    /// A model was reached and failed: 69, 502.
    UPSTREAM,
    /// A model was reached and did not answer in time: 69, 504.
    TIMEOUT,
    /// An answer was interrupted; the received part was passed on: 80, 502.
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
    this(kind, message, Field.NONE);
  }

  /// @param message one line: what is wrong, with the value, and what to do
  /// @param field the field that is wrong, for doors that name it apart
  public UserError(Kind kind, String message, Field field) {
    super(message, null, false, false);
    this.kind = kind;
    this.field = field;
  }

  /// @param message one line: what is wrong, with the value, and what to do
  /// @param cause the library's or system's exception
  public UserError(Kind kind, String message, Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
    this.field = Field.NONE;
  }

  public Kind kind() {
    return kind;
  }

  public Field field() {
    return field;
  }

  /// Returns the message for the person or client.
  public String line() {
    return String.valueOf(getMessage());
  }
}
