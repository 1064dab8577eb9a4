package brimful.exhaustive;

import brimful.batch.BatchQuestion;
import brimful.batch.table.Cell;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Collectors;

/// What makes one answer of findings, and of answers to parts of them.
final class AnswerQuestion {
  /// The id of a question whose answer is a text with its citations in it, and not a cell's value.
  static final String ID = "answer";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ONCE =
      """
      Leave nothing out that answers the question, count each thing once even if several places name \
      it, and say where places contradict each other.\
      """;

  private static final String CITE =
      ONCE
          + """
           Put the source behind each statement, in \
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

  /// Returns a question whose answer is a text.
  static BatchQuestion text(String question) {
    return BatchQuestion.of(ID, question);
  }

  /// Returns a question over findings and their places.
  static BatchQuestion of(BatchQuestion asked, List<FoundQuote> findings) {
    String lines = findings.stream().map(FoundQuote::line).collect(Collectors.joining("\n"));
    return worded(asked, FROM_FINDINGS.formatted(cite(asked), asked.text(), lines));
  }

  /// Returns a question over several answers.
  static BatchQuestion joining(BatchQuestion asked) {
    return worded(asked, FROM_ANSWERS.formatted(cite(asked), asked.text()));
  }

  private static String cite(BatchQuestion asked) {
    return asked.id().equals(ID) ? CITE : ONCE;
  }

  private static BatchQuestion worded(BatchQuestion asked, String text) {
    return new BatchQuestion(asked.id(), text, asked.type(), asked.choices(), asked.schema());
  }

  /// Returns the text of an answer that is one.
  static String said(Cell.Answered answered) {
    try {
      return JSON.readTree(answered.json()).asText("");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a validated reply is no JSON: " + answered.json(), e);
    }
  }
}
