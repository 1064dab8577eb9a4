package brimful.http.openai;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The latest responses of each account, so that a request can continue one by its id. In memory,
/// until the server ends; the oldest are forgotten first. Safe for many threads.
public final class ResponseStore {
  private static final int KEPT_MAX = 10_000;
  private static final long CHARS_MAX = 64L << 20;

  private final int keptMax;
  private final long charsMax;
  private final SequencedMap<Key, Kept> responses = new LinkedHashMap<>();
  private long chars;

  public ResponseStore() {
    this(KEPT_MAX, CHARS_MAX);
  }

  /// @param keptMax the most responses
  /// @param charsMax the most characters of all their conversations
  ResponseStore(int keptMax, long charsMax) {
    this.keptMax = keptMax;
    this.charsMax = charsMax;
  }

  private record Key(String account, String id) {}

  /// @param response as the client got it
  /// @param said the conversation up to it
  private record Kept(JsonNode response, ArrayNode said, long chars) {}

  /// Keeps a response.
  public synchronized void put(String account, String id, JsonNode response, ArrayNode said) {
    long length = (long) response.toString().length() + said.toString().length();
    responses.put(new Key(account, id), new Kept(response, said, length));
    chars += length;
    while (responses.size() > keptMax || (chars > charsMax && responses.size() > 1)) {
      Map.Entry<Key, Kept> oldest = responses.pollFirstEntry();
      chars -= oldest.getValue().chars;
    }
  }

  /// Returns the conversation up to a response.
  ///
  /// @throws UserError if the account has no such response, or no longer
  public ArrayNode said(String account, String id) {
    return kept(account, id, "previous_response_id", "previous_response_not_found").said;
  }

  /// Returns a response.
  ///
  /// @throws UserError if the account has no such response, or no longer
  public JsonNode response(String account, String id) {
    return kept(account, id, "response_id", "").response;
  }

  /// Forgets a response.
  ///
  /// @throws UserError if the account has no such response, or no longer
  public synchronized void delete(String account, String id) {
    chars -= kept(account, id, "response_id", "").chars;
    responses.remove(new Key(account, id));
  }

  private synchronized Kept kept(String account, String id, String field, String code) {
    Kept kept = responses.get(new Key(account, id));
    if (kept == null) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no response has the id %s: the latest ones are kept until the server ends, send the whole conversation"
              .formatted(id.substring(0, Math.min(80, id.length()))),
          new UserError.Field(field, code));
    }
    return kept;
  }
}
