package brimful.cli;

/// How the program ended, as the shell sees it; the numbers are those of BSD's `sysexits.h`.
enum ExitCode {
  OK(0, "done"),
  USAGE(64, "the command line, or a value on it, is wrong"),
  NO_DATA(65, "nothing to read: no file gave any text"),
  NO_INPUT(66, "a path, file or commit does not exist or cannot be opened"),
  UNAVAILABLE(69, "the model, a git remote or Kafka cannot be reached, or broke down"),
  BUG(70, "a defect of Brimful's own; please report the line it printed"),
  CANNOT_CREATE(73, "the output cannot be written"),
  IO(74, "the disk did not do its part"),
  TRY_LATER(
      75,
      "busy: rate limit (429), overload (503), another Brimful is writing this index, or a port is taken"),
  REFUSED(76, "the model refused the request, for example because it is too long"),
  NO_PERMISSION(77, "the key is missing or wrong (401), or the balance is used up (402)"),
  CONFIG(78, "the configuration is wrong"),
  NOT_CONFIRMED(79, "the cost is above the spend limit: add --yes"),
  CUT_OFF(80, "the answer broke off; what had come is printed"),
  INTERRUPTED(130, "stopped by Ctrl-C");

  final int code;
  final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }
}
