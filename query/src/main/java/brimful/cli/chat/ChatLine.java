package brimful.cli.chat;

import brimful.corpus.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// One line that a person types in a session: a question, or a command that begins with `/`.
sealed interface ChatLine {
  /// The commands as people type them, in the order of the help.
  List<String> COMMANDS =
      List.of("/sources", "/open", "/budget", "/model", "/new", "/help", "/quit");

  /// A command, and no path such as `/etc/hosts`.
  Pattern COMMAND = Pattern.compile("/[a-z]*+");

  /// Nothing but white space.
  record Blank() implements ChatLine {}

  /// A question about the corpus.
  record Ask(String text) implements ChatLine {}

  /// Lists the sources of the last answer.
  record ListSources() implements ChatLine {}

  /// Shows the text of a source.
  ///
  /// @param number from 1
  record OpenSource(int number) implements ChatLine {}

  /// Sets the size of the next windows.
  ///
  /// @param text as given; empty to show the present one
  record SetBudget(String text) implements ChatLine {}

  /// Sets the model of the next answers.
  ///
  /// @param name as given; empty to show the present one
  record SetModel(String name) implements ChatLine {}

  /// Forgets the conversation.
  record Restart() implements ChatLine {}

  /// Explains the commands.
  record Explain() implements ChatLine {}

  /// Ends the session.
  record Quit() implements ChatLine {}

  /// Reads a line.
  ///
  /// @throws UserError if it is a command that there is not, or that lacks its word
  static ChatLine of(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return new Blank();
    }
    String[] words = text.split("\\s++", 2);
    if (!COMMAND.matcher(words[0]).matches()) {
      return new Ask(text);
    }
    String rest = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "/sources" -> bare(text, rest, new ListSources());
      case "/open" -> new OpenSource(number(rest));
      case "/budget" -> new SetBudget(rest);
      case "/model" -> new SetModel(rest);
      case "/new" -> bare(text, rest, new Restart());
      case "/help" -> bare(text, rest, new Explain());
      case "/quit", "/exit" -> bare(text, rest, new Quit());
      default ->
          throw usage(
              "%s is not a command: the commands are %s"
                  .formatted(words[0], String.join(", ", COMMANDS)));
    };
  }

  private static ChatLine bare(String text, String rest, ChatLine command) {
    if (!rest.isEmpty()) {
      String name = Arrays.asList(text.split("\\s++", 2)).getFirst();
      throw usage("%s takes no \"%s\": type %s alone".formatted(name, rest, name));
    }
    return command;
  }

  private static int number(String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw usage(
          "/open \"%s\": give the number of a source, as /sources lists them".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private static UserError usage(String line) {
    return new UserError(UserError.Kind.USAGE, line);
  }
}
