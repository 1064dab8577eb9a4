package brimful.service;

import brimful.rank.Question;
import java.util.List;
import java.util.regex.Pattern;

/// Questions that follow up on others, such as "and why?".
public final class FollowUp {
  /// A question with fewer words usually follows up on the previous one.
  private static final int FEW_WORDS = 12;

  private static final Pattern WORD = Pattern.compile("\\S++");

  private FollowUp() {}

  /// Returns a question after a conversation.
  public static AskRequest of(AskRequest asked, List<AskRequest.Turn> before) {
    return before.isEmpty() ? asked : asked.after(before, query(asked.query(), before));
  }

  /// Returns what to search for: the question and, if it is short, the previous question of the
  /// user.
  ///
  /// @param before the conversation before it
  public static String query(String question, List<AskRequest.Turn> before) {
    long words = WORD.matcher(question).results().limit(FEW_WORDS).count();
    String previous =
        before.stream()
            .filter(turn -> turn.speaker().equals("user"))
            .reduce((_, next) -> next)
            .map(AskRequest.Turn::text)
            .orElse("");
    return words < FEW_WORDS && !previous.isBlank()
        ? Question.beginning(question + "\n" + previous)
        : question;
  }
}
