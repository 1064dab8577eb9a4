package brimful.http.openai;

import brimful.corpus.UserError;
import brimful.service.Budget;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A model's name as clients give it: `brimful/COLLECTION`, with several collections joined by `+`,
/// then perhaps `/MODEL`, then perhaps `@BUDGET`.
///
/// @param collections at least one
/// @param model the model behind; empty for the server's own
/// @param budget such as `32k` or `auto`; empty for the server's default
public record ModelName(List<String> collections, String model, String budget) {
  public static final String PREFIX = "brimful/";

  private static final int COLLECTIONS_MAX = 16;
  private static final Pattern PLUS = Pattern.compile("[+]");

  public ModelName {
    collections = List.copyOf(collections);
  }

  /// Reads a name.
  ///
  /// @throws UserError if it is none
  public static ModelName of(String name) {
    if (!name.startsWith(PREFIX)) {
      throw unknown(name);
    }
    String rest = name.substring(PREFIX.length());
    String budget = "";
    int at = rest.lastIndexOf('@');
    if (at >= 0 && Budget.isOne(rest.substring(at + 1))) {
      budget = rest.substring(at + 1);
      rest = rest.substring(0, at);
    }
    int slash = rest.indexOf('/');
    if (at >= 0 && budget.isEmpty() && (slash < 0 || at < slash)) {
      throw noBudget(name, rest.substring(at, slash < 0 ? rest.length() : slash));
    }
    String collections = slash < 0 ? rest : rest.substring(0, slash);
    List<String> names = List.of(PLUS.split(collections, -1)).stream().distinct().toList();
    if (names.stream().anyMatch(String::isBlank) || (slash >= 0 && slash + 1 == rest.length())) {
      throw unknown(name);
    }
    if (names.size() > COLLECTIONS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s collections: name %s at most".formatted(names.size(), COLLECTIONS_MAX),
          new UserError.Field("model", ""));
    }
    return new ModelName(names, slash < 0 ? "" : rest.substring(slash + 1), budget);
  }

  private static UserError noBudget(String name, String suffix) {
    return new UserError(
        UserError.Kind.USAGE,
        "model \"%s\": %s is no budget: end the name with one like @8000, @32k, @1M, @auto, @auto:128k or @none, or without"
            .formatted(Parameters.shorten(name), Parameters.shorten(suffix)),
        new UserError.Field("model", "invalid_value"));
  }

  private static UserError unknown(String name) {
    return new UserError(
        UserError.Kind.NOT_FOUND,
        "model \"%s\": say brimful/COLLECTION or brimful/COLLECTION/MODEL, see /v1/models"
            .formatted(name),
        new UserError.Field("model", ""));
  }

  /// Returns the same name with another budget, if that is not empty.
  public ModelName within(String other) {
    return other.isEmpty() ? this : new ModelName(collections, model, other);
  }

  /// Returns the budget, or else a default.
  public String budgetOr(String otherwise) {
    return Optional.of(budget).filter(own -> !own.isEmpty()).orElse(otherwise);
  }
}
