package brimful.cli;

/// Ends the program with a line for the person and a code for the shell; caught once, in [Main].
final class Exit extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode code;

  /// @param line what is wrong, with the value, and what to do; printed as it is
  Exit(ExitCode code, String line) {
    super(line, null, false, false);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
