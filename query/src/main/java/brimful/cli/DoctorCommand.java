package brimful.cli;

import brimful.cli.command.Command;
import brimful.cli.command.ExitCode;
import brimful.cli.option.Arguments;
import brimful.cli.option.PackOptions;
import brimful.cli.option.Terminal;
import brimful.cli.setup.Doctor;
import brimful.cli.setup.Finding;
import brimful.model.LocalRunners;
import brimful.view.JsonText;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.cli.Options;

/// Says what Brimful finds on this machine, and what is missing for what.
final class DoctorCommand implements Command {
  private final Terminal terminal;

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "lists the tools and settings on this machine, and what a missing one is needed for";
  }

  @Override
  public String help() {
    return """
    brimful doctor [--json]

    Looks for Java, Tesseract, ffmpeg, Docker, keys, local runners, the home folder, free space and this
    project's settings, and says what each missing one is for. It changes nothing, asks no model, and never prints a key. What is missing
    is no error; the exit code is 78 if something is there and cannot be used.

      brimful doctor
      brimful doctor --json
    """;
  }

  @Override
  public Options options() {
    return new Options().addOption(PackOptions.flag("json", "print one JSON object"));
  }

  @Override
  public ExitCode run(Arguments arguments) {
    arguments.requireNoWords();
    List<Finding> findings =
        new Doctor(terminal.environment(), new LocalRunners(), Path.of("")).findings();
    terminal.out().print(arguments.has("json") ? json(findings) : lines(findings));
    return findings.stream().anyMatch(finding -> finding.state() == Finding.State.WRONG)
        ? ExitCode.CONFIG
        : ExitCode.OK;
  }

  private static String lines(List<Finding> findings) {
    var text = new StringBuilder("found    Brimful    %s\n".formatted(Main.VERSION));
    for (Finding finding : findings) {
      text.append(
          "%-8s %-10s %s\n".formatted(finding.state().display(), finding.what(), finding.detail()));
    }
    return text.toString();
  }

  private static String json(List<Finding> findings) {
    return JsonText.object(json -> {
      json.writeStringField("version", Main.VERSION);
      json.writeArrayFieldStart("findings");
      for (Finding finding : findings) {
        json.writeStartObject();
        json.writeStringField("state", finding.state().display());
        json.writeStringField("what", finding.what());
        json.writeStringField("detail", finding.detail());
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }
}
