package brimful.http.key;

import brimful.corpus.UserError;
import brimful.service.SpendAccount;
import java.time.Instant;

/// A key to the server as it is stored: the file is useless to whoever steals it.
///
/// @param name identifies it to people; not secret
/// @param sha256 hash of the key itself, in hexadecimal; a key has 256 random bits and needs no
///   slower hash
/// @param grant what it opens; keys of older versions have no rights, and only ask
/// @param spendUsdMax its spending limit; 0 for none
/// @param perMinute its limit of requests a minute
public record Key(
    String name, String sha256, Grant grant, double spendUsdMax, int perMinute, Instant created) {
  private static final int ACCOUNT_CHARS = 16;

  public Key {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,62}")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "key name \"%s\": use letters, digits, dots, dashes and underscores".formatted(name));
    }
    if (perMinute < 1 || spendUsdMax < 0) {
      throw new UserError(
          UserError.Kind.USAGE,
          "key %s for %s requests a minute and $%s: give at least one, and no negative limit"
              .formatted(name, perMinute, spendUsdMax));
    }
  }

  /// Returns the account of this key. It depends on the key itself, not its name, so a later key of
  /// the same name starts at zero.
  public SpendAccount account() {
    return new SpendAccount(
        name + "#" + sha256.substring(0, ACCOUNT_CHARS),
        name,
        spendUsdMax > 0 ? spendUsdMax : Double.POSITIVE_INFINITY);
  }
}
