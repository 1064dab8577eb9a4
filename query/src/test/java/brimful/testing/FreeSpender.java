package brimful.testing;

import brimful.service.Spender;

/// Pays for everything, and keeps no account.
public class FreeSpender implements Spender {
  @Override
  public boolean isLimited() {
    return false;
  }

  @Override
  public Decision decide(double usdMost) {
    return new Decision.Granted(
        new Reservation() {
          @Override
          public double usdMost() {
            return usdMost;
          }

          @Override
          public void settle(double usd) {}

          @Override
          public void settleUnknown() {}
        });
  }
}
