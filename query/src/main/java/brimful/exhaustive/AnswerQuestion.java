package brimful.exhaustive;

import brimful.batch.BatchQuestion;
import java.util.List;
import java.util.stream.Collectors;

/// What makes one answer of findings, and of answers to parts of them.
final class AnswerQuestion {
  /// The question's id in the ledger's table.
  static final String ID = "answer";

  private static final String CITE =
      """
      Leave nothing out that answers the question, count each thing once even if several places name \
      it, and say where places contradict each other. Put the source behind each statement, in \
      square brackets, with the path as the document gives it: [src/Main.java:12-40] for lines, \
      [file.pdf p. 7] for a page, [deck.pptx slide 3], [book.xlsx sheet Name].\
      """;

  private static final String FROM_FINDINGS =
      """
      A whole corpus was read in parts for the question below. These documents are the places that \
      were found, and the list after the question says what was found in each. Answer the question \
      from them. %s
      The question: %s
      What was found:
      %s\
      """;

  private static final String FROM_ANSWERS =
      """
      These documents are answers to the question below, each from another part of a corpus. Make \
      one answer of them: keep their citations as they are, and never cite these documents \
      themselves. %s
      The question: %s\
      """;

  private AnswerQuestion() {}

  /// Returns the question over findings and their places.
  static BatchQuestion of(String question, List<FoundQuote> findings) {
    String lines = findings.stream().map(FoundQuote::line).collect(Collectors.joining("\n"));
    return BatchQuestion.of(ID, FROM_FINDINGS.formatted(CITE, question, lines));
  }

  /// Returns the question over several answers.
  static BatchQuestion joining(String question) {
    return BatchQuestion.of(ID, FROM_ANSWERS.formatted(CITE, question));
  }
}
