package brimful.cli.command;

import brimful.corpus.UserError;

/// How the program ended, as the shell sees it; the numbers are those of BSD's `sysexits.h`, and
/// our own from 79 on.
public enum ExitCode {
  OK(0, "done"),
  USAGE(64, "the command line, or a value on it, is wrong"),
  NO_DATA(65, "the input is unusable: malformed, too long, or without any text"),
  NO_INPUT(66, "a path, file, commit, model, collection, job or key does not exist"),
  UNAVAILABLE(69, "the model, a git remote or Kafka cannot be reached, or failed"),
  BUG(70, "a defect in Brimful; please report the printed line"),
  CANNOT_CREATE(73, "the output cannot be written, or its name is taken"),
  IO(74, "I/O error, or the disk is full"),
  TRY_LATER(
      75,
      "busy: rate limit (429), overload (503), another Brimful uses this index, or a port is taken"),
  REFUSED(76, "the model refused the request, for example because it is too long"),
  NO_PERMISSION(
      77, "no permission, the key is missing or wrong (401), or the balance is used up (402)"),
  CONFIG(78, "the configuration is wrong"),
  NOT_CONFIRMED(79, "the cost is above the spend limit: add --yes"),
  CUT_OFF(
      80, "the answer was interrupted or reached its length limit; the received part is printed"),
  NO_ANSWER(81, "the model's answer is empty, or every cell of a batch failed"),
  UNREAD(82, "brimful report found files or members in a state of --fail-on"),
  INTERRUPTED(130, "stopped by Ctrl-C; 143 if by SIGTERM, 129 if its terminal was closed"),
  BROKEN_PIPE(141, "the reader of the output closed it, as head does; no message");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /// Returns what the process ends with.
  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }

  /// Returns the exit code of a kind of error.
  public static ExitCode of(UserError.Kind kind) {
    return switch (kind) {
      case USAGE -> USAGE;
      case INPUT, TOO_LARGE, MEDIA_TYPE -> NO_DATA;
      case NOT_FOUND -> NO_INPUT;
      case UNAUTHENTICATED, FORBIDDEN -> NO_PERMISSION;
      case UNPAID -> NOT_CONFIRMED;
      case CONFLICT, CANNOT_WRITE -> CANNOT_CREATE;
      case UNANSWERABLE -> REFUSED;
      case RATE_LIMITED, BUSY -> TRY_LATER;
      case UNAVAILABLE, UPSTREAM, TIMEOUT -> UNAVAILABLE;
      case CUT_OFF -> CUT_OFF;
      case CONFIG -> CONFIG;
      case IO, DISK_FULL -> IO;
    };
  }
}
