package brimful.kafka.record;

import brimful.corpus.UserError;
import java.util.regex.Pattern;

/// Identifies an index: a collection of documents, counted by one tokenizer.
///
/// @param name letters, digits, `.`, `_` and `-`, at most [#NAME_CHARACTERS_MAX]
/// @param tokenizer the name of the counter behind its chunks' tokens
public record CollectionKey(String name, String tokenizer) implements Comparable<CollectionKey> {
  static final int NAME_CHARACTERS_MAX = 100;

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0," + (NAME_CHARACTERS_MAX - 1) + "}");

  public CollectionKey {
    if (!NAME.matcher(name).matches()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "collection name \"%s\": use letters, digits, dots, dashes and underscores, %s at most"
              .formatted(shown(name), NAME_CHARACTERS_MAX));
    }
    if (!NAME.matcher(tokenizer).matches()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "tokenizer name \"%s\": see brimful models".formatted(shown(tokenizer)));
    }
  }

  /// A whole request body may have been sent as a name.
  private static String shown(String name) {
    return name.codePointCount(0, name.length()) <= NAME_CHARACTERS_MAX
        ? name
        : name.substring(0, name.offsetByCodePoints(0, NAME_CHARACTERS_MAX)) + "…";
  }

  @Override
  public int compareTo(CollectionKey other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : tokenizer.compareTo(other.tokenizer);
  }

  @Override
  public String toString() {
    return name + "@" + tokenizer;
  }
}
