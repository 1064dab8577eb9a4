package brimful.http.edge;

import brimful.corpus.UserError;
import brimful.model.JsonErrors;
import brimful.rank.Question;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.SequencedCollection;

/// JSON as it goes over the wire.
public final class HttpJson {
  /// The longest body of all: room for a question with its conversation and images. Uploads have
  /// their own limit.
  public static final int BODY_BYTES_MAX = 32 << 20;

  private static final int SHORT_BYTES_MAX = 1 << 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SHOWN_CHARS_MAX = 200;

  private HttpJson() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads a text that this program wrote.
  public static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Reads an object from a form field.
  public static JsonNode object(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // Reported below, like anything else that is not an object.
    }
    throw new UserError(UserError.Kind.USAGE, "the options are not a JSON object: send {…}");
  }

  /// Sends a value as the answer.
  public static void send(Context context, HttpStatus status, JsonNode node) {
    context.status(status).contentType("application/json").result(bytes(node));
  }

  /// Reads the body of a request that has a few short fields, which must be an object.
  public static JsonNode body(Context context) {
    return body(context, SHORT_BYTES_MAX);
  }

  /// Does the same; without a body, returns an empty object.
  public static JsonNode bodyIfAny(Context context) {
    // Without either, HTTP has no body.
    boolean any =
        context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
    return any ? body(context) : object();
  }

  /// Reads a request's body, which must be an object, up to a limit.
  ///
  /// The content type is required because a page of another origin cannot send it without
  /// permission.
  ///
  /// @param bytesMax the limit; a longer body is refused before it is read
  public static JsonNode body(Context context, int bytesMax) {
    String type = context.contentType();
    if (type == null || !type.startsWith("application/json")) {
      throw new UserError(
          UserError.Kind.MEDIA_TYPE,
          "content type %s: send application/json".formatted(type == null ? "is missing" : type));
    }
    try {
      JsonNode node = MAPPER.readTree(bytes(context, bytesMax));
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new UserError(UserError.Kind.USAGE, JsonErrors.line("the body", e));
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new UserError(UserError.Kind.USAGE, "the body is not a JSON object: send {…}");
  }

  private static byte[] bytes(Context context, int bytesMax) throws java.io.IOException {
    byte[] bytes =
        context.req().getContentLengthLong() > bytesMax
            ? new byte[0]
            : context.bodyInputStream().readNBytes(bytesMax + 1);
    if (bytes.length > bytesMax || context.req().getContentLengthLong() > bytesMax) {
      throw new UserError(
          UserError.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "the body is longer than %,d bytes: a question has %,d characters at most, other fields are short",
              bytesMax,
              Question.CHARS_MAX));
    }
    return bytes;
  }

  /// Refuses fields that a request does not have.
  ///
  /// @throws UserError that names the first such field and all that there are
  public static void requireOnly(JsonNode body, SequencedCollection<String> fields) {
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!fields.contains(name)) {
            throw new UserError(
                UserError.Kind.USAGE,
                "\"%s\" is no field of this request, which has %s"
                    .formatted(
                        name.substring(0, Math.min(SHOWN_CHARS_MAX, name.length())),
                        String.join(", ", fields)));
          }
        });
  }

  /// Returns a required text field.
  public static String text(JsonNode body, String field) {
    String text = text(body, field, "");
    if (text.isBlank()) {
      throw new UserError(UserError.Kind.USAGE, "no \"%s\": it is a text".formatted(field));
    }
    return text;
  }

  /// Returns a text field, or a default.
  public static String text(JsonNode body, String field, String otherwise) {
    JsonNode node = body.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    if (node.isTextual()) {
      return node.asText();
    }
    String shown = node.toString();
    throw new UserError(
        UserError.Kind.USAGE,
        "\"%s\" is %s: give a text"
            .formatted(field, shown.substring(0, Math.min(SHOWN_CHARS_MAX, shown.length()))));
  }

  /// Returns a field that is a text or a whole number, as text; empty without it.
  public static String textOrNumber(JsonNode body, String field) {
    JsonNode node = body.path(field);
    return node.isIntegralNumber() ? node.asText() : text(body, field, "");
  }

  /// Returns true or false, or a default.
  public static boolean flag(JsonNode body, String field, boolean otherwise) {
    JsonNode node = body.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw new UserError(
          UserError.Kind.USAGE, "\"%s\" is %s: give true or false".formatted(field, node));
    }
    return node.asBoolean();
  }

  /// Returns a whole number, or a default.
  public static int number(JsonNode body, String field, int otherwise, int most) {
    JsonNode node = body.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.asInt() < 1
        || node.asInt() > most) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT, "\"%s\" is %s: give a number from 1 to %,d", field, node, most));
    }
    return node.asInt();
  }
}
