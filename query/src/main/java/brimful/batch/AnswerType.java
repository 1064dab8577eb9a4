package brimful.batch;

import brimful.corpus.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The kind of value that a question asks for. Every kind permits `null`: the documents do not say.
public enum AnswerType {
  /// A sentence or more.
  TEXT("a text", "{\"type\":[\"string\",\"null\"]}"),

  /// Yes or no.
  BOOLEAN("true or false", "{\"type\":[\"boolean\",\"null\"]}"),

  /// A number without unit.
  NUMBER("a number without unit or separators", "{\"type\":[\"number\",\"null\"]}"),

  /// A day.
  DATE(
      "a date as \"YYYY-MM-DD\"",
      "{\"type\":[\"string\",\"null\"],\"format\":\"date\",\"pattern\":\"^\\\\d{4}-\\\\d{2}-\\\\d{2}$\"}"),

  /// One of a few words that the question lists.
  CHOICE("one of the given words", "{}"),

  /// A list of texts.
  LIST("a list of texts", "{\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"string\"}}");

  private final String words;
  private final String schema;

  AnswerType(String words, String schema) {
    this.words = words;
    this.schema = schema;
  }

  /// Returns the kind of that name.
  ///
  /// @throws UserError if there is none of that name
  static AnswerType of(String word) {
    return Arrays.stream(values())
        .filter(type -> type.word().equalsIgnoreCase(word.strip()))
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.INPUT,
                "type \"%s\": say one of %s"
                    .formatted(
                        word,
                        Arrays.stream(values())
                            .map(AnswerType::word)
                            .collect(Collectors.joining(", ")))));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String words() {
    return words;
  }

  String schema() {
    return schema;
  }
}
