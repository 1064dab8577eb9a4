package brimful.cli.option;

import brimful.corpus.UserError;
import brimful.pack.Prompt;
import brimful.rank.Question;
import java.util.Locale;
import org.apache.commons.cli.Option;

/// The option that adds a person's own rules to Brimful's, such as a style of answers.
public final class InstructionsOption {
  private static final String NAME = "instructions";

  private InstructionsOption() {}

  public static Option option() {
    return PackOptions.option(
        NAME, "FILE", "rules of yours for the answer, which follow Brimful's own in the prompt");
  }

  /// Returns the prompt of a question, with the rules in the option's file.
  ///
  /// @param question may be empty
  public static Prompt prompt(Arguments arguments, String question) {
    return arguments
        .value(NAME)
        .map(file -> new Prompt(Prompt.INSTRUCTIONS + own(arguments.expanded(file)), question))
        .orElseGet(() -> question.isEmpty() ? Prompt.withoutQuestion() : Prompt.of(question));
  }

  private static String own(String file) {
    String text = InputFile.text(file).strip();
    if (text.isEmpty()) {
      throw new UserError(
          UserError.Kind.INPUT, "--%s %s is empty: write rules into it".formatted(NAME, file));
    }
    if (text.length() > Question.CHARS_MAX) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "--%s %s has %,d characters: give %,d at most",
              NAME,
              file,
              text.length(),
              Question.CHARS_MAX));
    }
    return text + "\n";
  }
}
