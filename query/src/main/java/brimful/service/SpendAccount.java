package brimful.service;

import brimful.corpus.UserError;
import java.util.regex.Pattern;

/// An account of spending: a key of a server, or the person at this machine.
///
/// @param id unique, even among accounts that had the same name before
/// @param name its name for people
/// @param usdMax its spending limit; infinite for none
public record SpendAccount(String id, String name, double usdMax) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._#-]{1,200}");

  /// The account of the person at this machine, who asks without a server's key.
  public static final SpendAccount LOCAL =
      new SpendAccount("local", "local", Double.POSITIVE_INFINITY);

  public SpendAccount {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("account id \"%s\" does not fit a ledger".formatted(id));
    }
    if (!(usdMax > 0)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "a spend limit of %s USD allows nothing: write an amount above 0, or leave it out"
              .formatted(usdMax));
    }
  }

  /// Returns whether the account has a limit.
  boolean isLimited() {
    return usdMax < Double.POSITIVE_INFINITY;
  }
}
