package brimful.http;

import brimful.corpus.UserError;
import brimful.desk.Asked;
import brimful.desk.Payer;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;

/// Who makes a request, and which collections that opens.
///
/// @param name of the key; empty on loopback, where none is needed
record Caller(String name, Grant grant, double spendUsdMax, Till till)
    implements Predicate<String>, Payer {
  /// The request's attribute that [Guard] leaves it in.
  static final String ATTRIBUTE = "brimful.caller";

  /// Returns who asks on loopback, where no key is needed.
  static Caller loopback(Till till) {
    return new Caller("", Grant.everything(), 0, till);
  }

  static Caller of(Key key, Till till) {
    return new Caller(key.name(), key.grant(), key.spendUsdMax(), till);
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
    return grant.opens(collection);
  }

  boolean may(Right right) {
    return grant.rights().contains(right);
  }

  /// Refuses a caller that lacks a right.
  void require(Right right) {
    if (!may(right)) {
      throw new UserError(
          UserError.Kind.FORBIDDEN,
          "key %s may ask, but not %s: ask for one made with brimful keys add NAME --%s, which older keys are not"
              .formatted(name, right.display(), right.display()));
    }
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
