package brimful.cli.setup;

import brimful.cli.setup.CommandTable.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;

/// Scripts that tell bash, zsh and fish the commands, their verbs and options, and the options'
/// values.
///
/// They are made from the tables by which command lines are parsed, so that they cannot differ from
/// them, and start nothing when a person presses Tab.
///
/// @param models the names of models
public record Completion(List<CommandTable> commands, List<String> models) {
  public Completion {
    commands = List.copyOf(commands);
    models = List.copyOf(models);
  }

  /// Returns the script for bash 3.2 and newer.
  public String bash() {
    var text =
        new StringBuilder(
            """
            # Completion of brimful for bash: eval "$(brimful completion bash)"
            _brimful() {
              local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=
              COMPREPLY=()
              if [ "$COMP_CWORD" -eq 1 ]; then
                COMPREPLY=($(compgen -W "%s --help --version" -- "$word"))
                return
              fi
              case ${COMP_WORDS[1]}:$before in
            """
                .formatted(names()));
    for (CommandTable command : commands) {
      for (Option option : command.options()) {
        String names =
            spellings(option)
                .map(name -> command.name() + ":" + name)
                .collect(Collectors.joining("|"));
        switch (command.value(option, models)) {
          case Value.None _, Value.Files _ -> {}
          case Value.Words(List<String> words) ->
              text.append(
                  "    %s) COMPREPLY=($(compgen -W \"%s\" -- \"$word\")); return ;;\n"
                      .formatted(names, String.join(" ", words)));
          case Value.Text _ ->
              text.append("    %s) compopt +o default 2>/dev/null; return ;;\n".formatted(names));
        }
      }
    }
    text.append("  esac\n  case ${COMP_WORDS[1]}:$word in\n");
    for (CommandTable command : commands) {
      text.append(
          "    %s:-*) words=\"%s\" ;;\n"
              .formatted(
                  command.name(),
                  Stream.concat(
                          command.options().stream().map(option -> "--" + option.getLongOpt()),
                          Stream.of("--help"))
                      .collect(Collectors.joining(" "))));
      if (!command.verbs().isEmpty()) {
        text.append(
            "    %s:*) [ \"$COMP_CWORD\" -ne 2 ] || words=\"%s\" ;;\n"
                .formatted(command.name(), String.join(" ", command.verbs())));
      }
    }
    return text.append(
            """
              esac
              [ -z "$words" ] || COMPREPLY=($(compgen -W "$words" -- "$word"))
            }
            complete -o default -F _brimful brimful
            """)
        .toString();
  }

  /// Returns the script for zsh: to be evaluated, or kept as `_brimful` in a folder of `fpath`.
  public String zsh() {
    var text = new StringBuilder("#compdef brimful\n_brimful() {\n  local -a commands=(\n");
    commands.forEach(command ->
        text.append("    %s\n".formatted(quoted(command.name() + ":" + command.summary()))));
    text.append(
        """
          )
          if (( CURRENT == 2 )); then
            _describe -t commands command commands
            return
          fi
          shift words
          (( CURRENT-- ))
          case $words[1] in
        """);
    for (CommandTable command : commands) {
      text.append("    %s)\n      _arguments -S \\\n".formatted(command.name()));
      command.options().forEach(option -> text.append(zshOption(command, option)));
      text.append("        '--help[explains the command]' \\\n");
      if (!command.verbs().isEmpty()) {
        text.append("        '1:verb:(%s)' \\\n".formatted(String.join(" ", command.verbs())));
      }
      text.append("        '*:path:_files' ;;\n");
    }
    return text.append(
            """
              esac
            }
            if [[ $funcstack[1] == _brimful ]]; then _brimful "$@"; else compdef _brimful brimful; fi
            """)
        .toString();
  }

  private String zshOption(CommandTable command, Option option) {
    String rest = "[" + option.getDescription().replaceAll("[\\[\\]:\\\\]", " ") + "]";
    rest +=
        switch (command.value(option, models)) {
          case Value.None _ -> "";
          case Value.Files _ -> ":file:_files";
          case Value.Words(List<String> words) -> ":value:(" + String.join(" ", words) + ")";
          case Value.Text _ -> ":value: ";
        };
    List<String> names = spellings(option).toList();
    String quoted = quoted(rest);
    return names.size() == 1
        ? "        %s%s \\\n".formatted(names.getFirst(), quoted)
        : "        '(%s)'{%s}%s \\\n"
            .formatted(String.join(" ", names), String.join(",", names), quoted);
  }

  /// Returns the script for fish.
  public String fish() {
    var lines = new ArrayList<String>();
    lines.add("# Completion of brimful for fish: brimful completion fish | source");
    for (CommandTable command : commands) {
      lines.add(
          "complete -c brimful -n __fish_use_subcommand -a %s -d %s"
              .formatted(command.name(), fishQuoted(command.summary())));
      String when = "-n '__fish_seen_subcommand_from %s'".formatted(command.name());
      for (String verb : command.verbs()) {
        lines.add("complete -c brimful %s -a %s".formatted(when, verb));
      }
      for (Option option : command.options()) {
        String letter = option.getOpt() == null ? "" : "-s %s ".formatted(option.getOpt());
        String value =
            switch (command.value(option, models)) {
              case Value.None _ -> "";
              case Value.Files _ -> "-r -F ";
              case Value.Words(List<String> words) ->
                  "-x -a %s ".formatted(fishQuoted(String.join(" ", words)));
              case Value.Text _ -> "-x ";
            };
        lines.add(
            "complete -c brimful %s %s-l %s %s-d %s"
                .formatted(
                    when, letter, option.getLongOpt(), value, fishQuoted(option.getDescription())));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private String names() {
    return commands.stream().map(CommandTable::name).collect(Collectors.joining(" "));
  }

  private static Stream<String> spellings(Option option) {
    Set<String> names = new LinkedHashSet<>();
    if (option.getOpt() != null) {
      names.add("-" + option.getOpt());
    }
    names.add("--" + option.getLongOpt());
    return names.stream();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String fishQuoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
