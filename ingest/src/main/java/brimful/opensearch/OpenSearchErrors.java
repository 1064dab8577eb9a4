package brimful.opensearch;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;

/// What a cluster's errors mean to people, in one line each.
final class OpenSearchErrors {
  /// Where bulks are sent, whose answers then have what [#of] says of an item's error, before a
  /// request without an answer is given up.
  static final String BULK =
      "/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason,"
          + "items.*.error.index,items.*.error.caused_by.reason&timeout=20s";

  /// What [#whole] needs of an answer, as a search's `filter_path`.
  static final String WHOLE = "_shards,timed_out,status,error";

  private static final int UNREADY = 503;
  private static final int REASON_CHARS_MAX = 300;

  private OpenSearchErrors() {}

  /// Returns the error for an answer that is none.
  ///
  /// @param error the answer's `error`, or that of an item of it
  static UserError of(OpenSearchAddress address, int status, JsonNode error) {
    String reason = detail(error);
    if (isBlock(error)) {
      return new UserError(
          UserError.Kind.DISK_FULL,
          "OpenSearch at %s takes no writes (%s): free space on its disks, or add nodes; then it goes on by itself"
              .formatted(address, reason));
    }
    if (isSetting(status, error)) {
      return new UserError(
          UserError.Kind.UNAVAILABLE,
          "a setting of OpenSearch at %s forbids it (%s): take back the block of the cluster or of the indexes %s-*, or open them, unless its disks are full"
              .formatted(address, reason, address.prefix()));
    }
    if (error.path("type").asText().equals("index_not_found_exception")) {
      return new UserError(
          UserError.Kind.CONFLICT,
          "OpenSearch at %s has lost an index (%s): delete the indexes %s-*, and start an index worker, which reads the topics again"
              .formatted(address, reason, address.prefix()));
    }
    if (status == 403 && address.user().isEmpty()) {
      return new UserError(
          UserError.Kind.FORBIDDEN,
          "OpenSearch at %s forbids access without a user (%s): set BRIMFUL_OPENSEARCH_USER and BRIMFUL_OPENSEARCH_PASSWORD%s"
              .formatted(address, reason, unsigned(error)));
    }
    return switch (status) {
      case 401 ->
          new UserError(
              UserError.Kind.UNAUTHENTICATED,
              "OpenSearch at %s refuses %s: set BRIMFUL_OPENSEARCH_USER and BRIMFUL_OPENSEARCH_PASSWORD"
                  .formatted(address, who(address)));
      case 403 ->
          new UserError(
              UserError.Kind.FORBIDDEN,
              "OpenSearch at %s forbids it to user %s (%s): let that user manage the indexes %s-*, or read them, as docs/operations.md says%s"
                  .formatted(address, address.user(), reason, address.prefix(), unsigned(error)));
      case 409 ->
          new UserError(
              UserError.Kind.BUSY,
              "OpenSearch at %s has newer records than those that were to be changed (status %s, %s): let only one index worker write a prefix"
                  .formatted(address, status, reason));
      case 429 ->
          new UserError(
              UserError.Kind.UNAVAILABLE,
              "OpenSearch at %s has too much to do (status %s, %s): try again later, or add nodes"
                  .formatted(address, status, reason));
      case 502, 503, 504 ->
          new UserError(
              UserError.Kind.UNAVAILABLE,
              "OpenSearch at %s cannot do it now (status %s, %s): try again later, and look at the health of the cluster"
                  .formatted(address, status, reason));
      default ->
          new UserError(
              UserError.Kind.UPSTREAM,
              "OpenSearch at %s does not take what it was sent (status %s, %s): check its settings, and that its indexes %s-* were made by this version of Brimful"
                  .formatted(address, status, reason, address.prefix()));
    };
  }

  private static String unsigned(JsonNode error) {
    return error.isTextual() ? "; Brimful signs no requests, as Amazon's may want" : "";
  }

  private static String who(OpenSearchAddress address) {
    return address.user().isEmpty() ? "access without a user" : "user " + address.user();
  }

  /// Returns a search's answer, if it has what all shards have, and in its whole time.
  static JsonNode whole(OpenSearchAddress address, JsonNode answer) {
    if (answer.has("error")) {
      int status = answer.path("status").asInt();
      throw of(address, status / 100 == 2 ? UNREADY : status, answer.path("error"));
    }
    JsonNode shards = answer.path("_shards");
    boolean missing = shards.path("successful").asInt() < shards.path("total").asInt();
    requireShards(address, shards, missing ? "some of its shards are not there" : "");
    if (answer.path("timed_out").asBoolean()) {
      throw of(
          address, UNREADY, new TextNode("search.default_search_timeout ended a search too early"));
    }
    return answer;
  }

  /// Fails if a shard has failed, for its reason.
  static void requireShards(OpenSearchAddress address, JsonNode shards) {
    requireShards(address, shards, "");
  }

  private static void requireShards(OpenSearchAddress address, JsonNode shards, String otherwise) {
    JsonNode failure = shards.path("failures").path(0);
    if (failure.path("reason") instanceof ObjectNode reason) {
      throw of(address, UNREADY, reason.deepCopy().set("index", failure.path("index")));
    }
    String why = shards.path("failed").asInt() > 0 ? "a shard failed" : otherwise;
    if (!why.isEmpty()) {
      throw of(address, UNREADY, new TextNode(why));
    }
  }

  /// Fails if an item of a bulk is not to be sent again after an error.
  static void requireBusy(OpenSearchAddress address, int status, JsonNode error) {
    boolean busy = status == 429 || status == 503;
    if (!busy || isBlock(error)) {
      throw of(address, status, error);
    }
  }

  /// Whether indexes take no writes because a disk is full: trying again soon does not help.
  static boolean isBlock(JsonNode error) {
    return error.path("type").asText().equals("cluster_block_exception")
        && (reason(error).contains("flood-stage")
            || reason(error).contains("read-only-allow-delete"));
  }

  /// Whether somebody has set a block, or closed an index.
  private static boolean isSetting(int status, JsonNode error) {
    String type = error.path("type").asText();
    return status == 403 && type.endsWith("block_exception")
        || type.equals("index_closed_exception");
  }

  /// Returns the error for an answer that is well, and not what OpenSearch answers.
  static UserError strange(OpenSearchAddress address, IOException cause) {
    return new UserError(
        UserError.Kind.UPSTREAM,
        "%s does not answer as OpenSearch does (%s): check the address of --index, and that this version of Brimful knows that of the cluster"
            .formatted(address, reason(new TextNode(String.valueOf(cause.getMessage())))),
        cause);
  }

  /// Returns what kind of error it is, the reason, and of which index, as far as the cluster says
  /// so.
  private static String detail(JsonNode error) {
    String type = error.path("type").asText();
    String index = error.path("index").asText();
    return (type.isEmpty() ? "" : type + ": ")
        + reason(error)
        + (index.isEmpty() ? "" : ", index " + index);
  }

  /// Returns a cluster's reason, short and in one line.
  static String reason(JsonNode error) {
    String text = error.isTextual() ? error.asText() : error.path("reason").asText();
    JsonNode cause = error.path("caused_by").path("reason");
    if (cause.isTextual()) {
      text += ": " + cause.asText();
    }
    String line = text.replaceAll("\\s+", " ");
    String kept =
        line.length() > REASON_CHARS_MAX ? line.substring(0, REASON_CHARS_MAX) + "…" : line;
    return kept.isEmpty() ? "no reason given" : kept;
  }
}
