package brimful.batch;

/// The money of a batch: lets a call start only if even the dearest outcome stays within the limit.
///
/// Safe for many threads.
final class Purse {
  private final double usdMax;
  private double spent;
  private double reserved;

  /// @param usdMax what may be spent; infinite for no limit
  /// @param spent what was, before
  Purse(double usdMax, double spent) {
    this.usdMax = usdMax;
    this.spent = spent;
  }

  /// Sets money aside for a call, or returns that there is not enough.
  ///
  /// Waits for calls that are under way, which mostly cost less than was set aside for them.
  synchronized boolean reserve(double usd) throws InterruptedException {
    while (spent + reserved + usd > usdMax) {
      if (reserved <= 0) {
        return false;
      }
      wait();
    }
    reserved += usd;
    return true;
  }

  /// Takes what a call has cost for what was set aside.
  synchronized void settle(double usdReserved, double usd) {
    // Sums of fractions leave dust, which must not pass for a call that is under way.
    reserved = Math.max(0, reserved - usdReserved);
    reserved = reserved < 1e-9 ? 0 : reserved;
    spent += usd;
    notifyAll();
  }

  /// Returns what was spent at most: calls of unknown fate count as dear as they can have been.
  synchronized double spent() {
    return spent;
  }

  /// Returns what is left; infinite without a limit.
  synchronized double left() {
    return Math.max(0, usdMax - spent);
  }
}
