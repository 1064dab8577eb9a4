package brimful.exhaustive;

import brimful.batch.AnswerType;
import brimful.batch.BatchQuestion;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/// What each window is asked: what it holds towards the answer, with verbatim quotes.
final class WindowQuestion {
  /// The question's id in the ledger's table.
  static final String ID = "findings";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String TEXT =
      """
      These documents are one of several parts of a corpus. Find everything in them that belongs to \
      the answer of the question below, even if it is only a part of the answer. "answer" is a list \
      with an object for each finding: its own "answer" in one sentence, and "quotes", the places \
      that prove it, each with "document", the path as the document gives it, and "quote", a short \
      passage that is copied from there word for word. Leave nothing out that belongs to the answer. \
      The list is empty if there is nothing.
      The question: %s\
      """;

  private static final String SCHEMA =
      """
      {"type":["array","null"],"items":{"type":"object","required":["answer","quotes"],\
      "properties":{"answer":{"type":"string"},"quotes":{"type":"array","items":{"type":"object",\
      "required":["document","quote"],"properties":{"document":{"type":"string"},\
      "quote":{"type":"string"}}}}}}}\
      """;

  private WindowQuestion() {}

  /// Returns what windows are asked for a person's question.
  static BatchQuestion of(String question) {
    return of(ID, question);
  }

  /// Returns what windows are asked for a question of a table.
  static BatchQuestion of(BatchQuestion question) {
    String choices =
        question.choices().isEmpty()
            ? ""
            : "\nIts answer is one of: " + String.join(", ", question.choices());
    return of(question.id(), question.text() + choices);
  }

  private static BatchQuestion of(String id, String question) {
    return new BatchQuestion(id, TEXT.formatted(question), AnswerType.TEXT, List.of(), SCHEMA);
  }

  /// A quote as a model gave it.
  record Quote(String answer, String document, String quote) {}

  /// Returns the quotes of a valid reply, in its order.
  static List<Quote> quotes(String json) {
    try {
      var quotes = new ArrayList<Quote>();
      for (JsonNode finding : JSON.readTree(json)) {
        for (JsonNode quote : finding.path("quotes")) {
          quotes.add(
              new Quote(
                  finding.path("answer").asText(),
                  quote.path("document").asText(),
                  quote.path("quote").asText()));
        }
      }
      return quotes;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a validated reply is no JSON: " + json, e);
    }
  }
}
