package brimful.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Predicate;

/// Who makes a request, and which collections that opens.
///
/// @param name of the key; empty on loopback, where none is needed
record Caller(String name, List<String> collections, double spendUsdMax)
    implements Predicate<String> {
  /// The request's attribute that [Guard] leaves it in.
  static final String ATTRIBUTE = "brimful.caller";

  static final Caller LOOPBACK = new Caller("", List.of(Key.ALL), 0);

  static Caller of(Key key) {
    return new Caller(key.name(), key.collections(), key.spendUsdMax());
  }

  static Caller of(Context context) {
    return of(context.req());
  }

  static Caller of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
      return caller;
    }
    throw new Problem(HttpStatus.UNAUTHORIZED, "no key: send it as Authorization: Bearer KEY");
  }

  @Override
  public boolean test(String collection) {
    return collections.contains(Key.ALL) || collections.contains(collection);
  }

  /// Returns a collection's name if the caller may use it. One that it may not looks as one that
  /// does not exist.
  String allowed(String collection) {
    if (!test(collection)) {
      throw new Problem(
          HttpStatus.NOT_FOUND,
          "no collection is called %s: create it, or see the list".formatted(collection));
    }
    return collection;
  }
}
