package brimful.http.openai;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A request for the vectors of texts.
///
/// @param base64 whether each vector is wanted as bytes, in base64
public record EmbeddingsRequest(List<String> texts, boolean base64) {
  private static final int TEXTS_MAX = 2_048;

  /// The most characters of all texts: up to a minute of work for two cores.
  private static final int CHARACTERS_MAX = 400_000;

  private static final Set<String> KNOWN =
      Set.of("model", "input", "encoding_format", "dimensions", "user");

  public EmbeddingsRequest {
    texts = List.copyOf(texts);
  }

  /// Reads a request.
  ///
  /// @param model the only one there is
  /// @param dimensions the length of its vectors
  /// @throws UserError that names the field, if one is refused
  public static EmbeddingsRequest of(JsonNode body, String model, int dimensions) {
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!KNOWN.contains(name)) {
            throw Parameters.unknown(name);
          }
        });
    String asked = body.path("model").asText("");
    if (!asked.equals(model)) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "model \"%s\" makes no embeddings here: say %s"
              .formatted(Parameters.shorten(asked), model),
          new UserError.Field("model", "model_not_found"));
    }
    JsonNode length = body.path("dimensions");
    if (!isAbsent(length) && !(length.isIntegralNumber() && length.intValue() == dimensions)) {
      throw Parameters.wrong(
          "dimensions", length, "%s has %s, leave it out".formatted(model, dimensions));
    }
    return new EmbeddingsRequest(texts(body.path("input")), isBase64(body.path("encoding_format")));
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static boolean isBase64(JsonNode format) {
    if (!isAbsent(format)
        && !format.asText("").equals("float")
        && !format.asText("").equals("base64")) {
      throw Parameters.wrong("encoding_format", format, "give float or base64");
    }
    return format.asText("").equals("base64");
  }

  private static List<String> texts(JsonNode input) {
    var texts = new ArrayList<String>();
    if (input.isTextual()) {
      texts.add(input.textValue());
    } else if (input.isArray()) {
      for (JsonNode one : input) {
        if (!one.isTextual()) {
          throw Parameters.wrong(
              "input", one, "give texts, as tokens of another model mean nothing to this one");
        }
        texts.add(one.textValue());
      }
    }
    if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
      throw Parameters.wrong("input", input, "give a text, or a list of texts, none of them empty");
    }
    long characters = texts.stream().mapToLong(String::length).sum();
    if (texts.size() > TEXTS_MAX || characters > CHARACTERS_MAX) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "\"input\" has %,d texts of %,d characters: send %,d texts and %,d characters at most",
              texts.size(),
              characters,
              TEXTS_MAX,
              CHARACTERS_MAX),
          new UserError.Field("input", "invalid_value"));
    }
    return texts;
  }
}
