package brimful.http;

import brimful.collection.Corpus;
import brimful.collection.scope.Scope;
import brimful.corpus.UserError;
import brimful.service.Backend;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What a request is about: the collections that it names, as far as the caller may use them, and
/// the part of them that its field `scope` says.
final class Scopes {
  private Scopes() {}

  /// Returns a corpus.
  ///
  /// @param names of collections, at least one
  /// @throws UserError if one does not exist, or looks so to the caller
  static Corpus corpus(Backend backend, Caller caller, List<String> names, JsonNode body) {
    for (String name : names) {
      var _ = backend.collections().collection(caller.allowed(name));
    }
    return backend.corpus(names, scope(body.path("scope")));
  }

  /// Returns what a request's field `scope` says; the whole, if it says nothing.
  static Scope scope(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return Scope.WHOLE;
    }
    if (value.isTextual()) {
      return new Scope(List.of(value.asText()));
    }
    var patterns = new ArrayList<String>();
    for (JsonNode one : value) {
      if (one.isTextual()) {
        patterns.add(one.asText());
      }
    }
    if (!value.isArray() || patterns.size() < value.size() || patterns.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "\"scope\" is no pattern, or list of patterns: write it like [\"src/**\", \"document:ID\"]",
          new UserError.Field("scope", "invalid_value"));
    }
    return new Scope(patterns);
  }
}
