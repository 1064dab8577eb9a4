package brimful.cli.chat;

import brimful.model.ModelChoice;

/// What a session says of itself.
public final class ChatTexts {
  static final String HELP =
      """
      A line is a question; it may follow up on the last one. Commands:

        /sources        lists the sources of the last answer
        /open N         prints the text of source N, with its lines
        /budget 32k     sets the size of the windows; auto stops where more hardly helps
        /model NAME     asks another model, see brimful models
        /new            begins a new conversation
        /help           prints this
        /quit           ends the session, as Ctrl-D does; Ctrl-C stops an answer
      """;

  private ChatTexts() {}

  /// Returns what a session begins with.
  ///
  /// @param subject what it is about, such as a folder
  /// @param here whether it is about this folder
  public static String welcome(String subject, boolean here, ModelChoice choice) {
    return """
    Brimful answers questions about %s. These work %s, too:

      brimful %s"how does it start?"
      brimful pack %s -q "how does it start?" --budget 32k -o window.xml
      brimful doctor

    %s
    Ask a question, or type /help. Ctrl-C stops an answer, Ctrl-D ends the session.
    """
        .formatted(
            subject,
            here ? "here" : "outside of this session",
            here ? "" : "ask " + subject + " ",
            here ? "." : subject,
            connection(choice));
  }

  private static String connection(ModelChoice choice) {
    String name = choice.model().id();
    return choice.key().isPresent()
        ? "Answers come from %s.".formatted(name)
        : "No model is connected, so each question shows the evidence: set %s, or start a local runner."
            .formatted(choice.model().endpoint().keyVariable());
  }
}
