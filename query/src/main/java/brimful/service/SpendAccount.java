package brimful.service;

import brimful.corpus.UserError;
import java.util.regex.Pattern;

/// Whose spending is added up: a key of a server, or the person at this machine.
///
/// @param id tells it from every other account, also from a later one of the same name
/// @param name as people know it
/// @param usdMax the most that may be spent in all; infinite for no limit
public record SpendAccount(String id, String name, double usdMax) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._#-]{1,200}");

  /// The person who runs Brimful here: whoever asks without a key of a server.
  public static final SpendAccount LOCAL = new SpendAccount("local", "local", Double.POSITIVE_INFINITY);

  public SpendAccount {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("account id \"%s\" does not fit a ledger".formatted(id));
    }
    if (!(usdMax > 0)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "spend limit of %s USD: give more than nothing, or no limit".formatted(usdMax));
    }
  }

  /// Returns whether spending ends somewhere.
  boolean isLimited() {
    return usdMax < Double.POSITIVE_INFINITY;
  }
}
