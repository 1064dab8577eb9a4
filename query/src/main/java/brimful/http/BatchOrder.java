package brimful.http;

import brimful.batch.BatchQuestion;
import brimful.batch.Division;
import brimful.batch.QuestionFile;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The order of a batch. It is stored as it came, so that a restarted server can resume the batch.
///
/// @param file the name of the question file; its ending tells the format
/// @param questions the text of that file
/// @param options all other fields of the request
record BatchOrder(String file, String questions, JsonNode options) {
  /// The field with the spending limit.
  static final String USD_MAX = "max_cost_usd";

  private static final List<String> FIELDS =
      List.of(
          "collection",
          "questions",
          "per",
          "depth",
          "model",
          "budget",
          "group",
          USD_MAX,
          "off_peak",
          "exhaustive");

  private static final int GROUP_MAX = 1_000;
  private static final int DEPTH_MAX = 100;

  /// Reads a request: JSON that contains the questions, or a form with a question file.
  static BatchOrder of(Context context) {
    BatchOrder order =
        context.isMultipartFormData()
            ? form(context)
            : json(HttpJson.body(context, HttpJson.BODY_BYTES_MAX));
    // Invalid fields are reported now, not later by the batch.
    HttpJson.requireOnly(order.options(), FIELDS);
    var _ = order.exhaustive();
    var _ = order.offPeak();
    var _ = order.list();
    var _ = order.division();
    var _ = order.usdMax();
    var _ = order.group();
    return order;
  }

  private static BatchOrder json(JsonNode body) {
    var lines = new StringBuilder();
    for (JsonNode question : body.path("questions")) {
      lines.append(question).append('\n');
    }
    ObjectNode options = body.deepCopy();
    options.remove("questions");
    return new BatchOrder("questions.jsonl", lines.toString(), options);
  }

  private static BatchOrder form(Context context) {
    UploadedFile file =
        Optional.ofNullable(context.uploadedFile("questions"))
            .orElseThrow(() ->
                new UserError(
                    UserError.Kind.USAGE,
                    "no file in the field questions: send one with name=\"questions\" and a filename"));
    String options = Optional.ofNullable(context.formParam("options")).orElse("{}");
    try (InputStream content = file.content()) {
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      return new BatchOrder(file.filename(), text, HttpJson.object(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String collection() {
    return HttpJson.text(options, "collection");
  }

  String model() {
    return HttpJson.text(options, "model", "");
  }

  String budget() {
    return HttpJson.text(options, "budget", "");
  }

  String per() {
    return HttpJson.text(options, "per", "document");
  }

  List<BatchQuestion> list() {
    return QuestionFile.read(file, questions);
  }

  Division division() {
    return switch (per()) {
      case "document" -> new Division.PerDocument();
      case "folder" -> new Division.PerFolder(HttpJson.number(options, "depth", 1, DEPTH_MAX));
      case "collection" -> new Division.Whole();
      default ->
          throw new UserError(
              UserError.Kind.USAGE,
              "\"per\" is %s: say document, folder or collection".formatted(per()));
    };
  }

  int group() {
    return HttpJson.number(options, "group", 1, GROUP_MAX);
  }

  boolean offPeak() {
    return HttpJson.flag(options, "off_peak", false);
  }

  /// Returns whether units that are larger than the window are read in several.
  boolean exhaustive() {
    return HttpJson.flag(options, "exhaustive", false);
  }

  /// Returns the spending limit in USD; infinite if there is none.
  double usdMax() {
    return usdMax(options);
  }

  /// Returns the spending limit of a request in USD; infinite if there is none.
  static double usdMax(JsonNode said) {
    JsonNode node = said.path(USD_MAX);
    if (node.isMissingNode() || node.isNull()) {
      return Double.POSITIVE_INFINITY;
    }
    if (!node.isNumber() || !(node.asDouble() > 0) || Double.isInfinite(node.asDouble())) {
      throw new UserError(
          UserError.Kind.USAGE,
          "\"%s\" is %s: give an amount such as 2.5".formatted(USD_MAX, node));
    }
    return node.asDouble();
  }

  /// Returns the same order with another spending limit; infinite for none.
  BatchOrder limited(double usd) {
    ObjectNode other = options.deepCopy();
    if (Double.isInfinite(usd)) {
      other.remove(USD_MAX);
    } else {
      other.put(USD_MAX, usd);
    }
    return new BatchOrder(file, questions, other);
  }

  ObjectNode kept() {
    ObjectNode node = HttpJson.object().put("file", file).put("questions", questions);
    node.set("options", options);
    return node;
  }

  static BatchOrder of(JsonNode kept) {
    return new BatchOrder(
        kept.path("file").asText(), kept.path("questions").asText(), kept.path("options"));
  }
}
