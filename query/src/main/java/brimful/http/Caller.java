package brimful.http;

import brimful.corpus.UserError;
import brimful.http.key.Grant;
import brimful.http.key.Key;
import brimful.http.key.Right;
import brimful.model.Cost;
import brimful.service.SpendAccount;
import brimful.service.SpendLedger;
import brimful.service.Spender;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;

/// The caller of a request: what it may use, and who pays.
///
/// @param name the key's name; empty on loopback, where no key is needed
/// @param grant what the key opens
/// @param account what its calls are booked on
/// @param ledger where they are booked
record Caller(String name, Grant grant, SpendAccount account, SpendLedger ledger)
    implements Predicate<String>, Spender {
  /// The request attribute that [Guard] stores the caller in.
  static final String ATTRIBUTE = "brimful.caller";

  /// Returns the caller on loopback, where no key is needed.
  static Caller loopback(SpendLedger ledger) {
    return new Caller("", Grant.everything(), SpendAccount.LOCAL, ledger);
  }

  static Caller of(Key key, SpendLedger ledger) {
    return new Caller(key.name(), key.grant(), key.account(), ledger);
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
  public boolean isLimited() {
    return ledger.spender(account).isLimited();
  }

  @Override
  public Decision decide(double usdMost) {
    return ledger.spender(account).decide(usdMost);
  }

  @Override
  public boolean mayOrderMany() {
    return may(Right.MANAGE);
  }

  /// Refuses a caller whose money is spent, before its calls would be refused one by one.
  ///
  /// @throws UserError if the whole budget of the account is spent
  void requireMoney() {
    if (ledger.balance(account.id()).settledUsd() >= account.usdMax()) {
      throw new UserError(
          UserError.Kind.UNPAID,
          "key %s has spent its %s: ask for a higher limit"
              .formatted(name, Cost.display(account.usdMax())));
    }
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

  /// Returns a collection's name if the caller may use it. A collection that it may not use looks
  /// nonexistent.
  String allowed(String collection) {
    if (!test(collection)) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "no collection is called %s: create it, or see the list".formatted(collection));
    }
    return collection;
  }
}
