package brimful.cli;

import brimful.cli.command.ExitCode;
import brimful.cli.option.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs command lines in this process, each with a home folder and nothing else of this machine.
public final class Shell {
  private final Map<String, String> environment = new HashMap<>();

  public Shell(Path home) {
    environment.put("BRIMFUL_HOME", home.toString());
  }

  /// What a command line printed, and its code.
  public record Result(ExitCode code, String out, String err) {}

  public Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Result run(String... words) {
    return fed("", words);
  }

  /// Runs a command line with text on its standard input.
  public Result fed(String input, String... words) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    ExitCode code;
    try (var outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        var errStream = new PrintStream(err, false, StandardCharsets.UTF_8)) {
      code = Main.run(List.of(words), new Terminal(in, outStream, errStream, environment));
    }
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
