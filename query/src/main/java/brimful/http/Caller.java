package brimful.http;

import brimful.corpus.UserError;
import brimful.desk.Asked;
import brimful.desk.Payer;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Predicate;

/// Who makes a request, and which collections that opens.
///
/// @param name of the key; empty on loopback, where none is needed
record Caller(String name, List<String> collections, double spendUsdMax, Till till)
    implements Predicate<String>, Payer {
  /// The request's attribute that [Guard] leaves it in.
  static final String ATTRIBUTE = "brimful.caller";

  /// Returns who asks on loopback, where no key is needed.
  static Caller loopback(Till till) {
    return new Caller("", List.of(Key.ALL), 0, till);
  }

  static Caller of(Key key, Till till) {
    return new Caller(key.name(), key.collections(), key.spendUsdMax(), till);
  }

  static Caller of(Context context) {
    return of(context.req());
  }

  static Caller of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
      return caller;
    }
    throw new UserError(
        UserError.Kind.UNAUTHENTICATED, "no key: send it as Authorization: Bearer KEY");
  }

  @Override
  public void allow() {
    till.allow(this);
  }

  @Override
  public void book(Asked asked) {
    till.book(this, asked);
  }

  @Override
  public boolean test(String collection) {
    return collections.contains(Key.ALL) || collections.contains(collection);
  }

  /// Returns a collection's name if the caller may use it. One that it may not looks as one that
  /// does not exist.
  String allowed(String collection) {
    if (!test(collection)) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no collection is called %s: create it, or see the list".formatted(collection));
    }
    return collection;
  }
}
