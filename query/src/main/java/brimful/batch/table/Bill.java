package brimful.batch.table;

/// The cost of calls.
///
/// @param calls how many were answered; a share of one where several questions went in it
/// @param tokensIn what the model read, including `tokensCached` from its cache
/// @param tokensOut what it wrote, reasoning included
/// @param lost how many calls of a cell have an unknown fate and may have been billed
/// @param lostUsd the most that these can have cost; not included in `usd`
public record Bill(
    double calls,
    long tokensIn,
    long tokensCached,
    long tokensOut,
    double usd,
    int lost,
    double lostUsd) {
  public static final Bill NOTHING = new Bill(0, 0, 0, 0, 0, 0, 0);

  /// Returns the bill of a call that may have been billed, with the most it can have cost.
  public static Bill unknown(double usdMax) {
    return new Bill(0, 0, 0, 0, 0, 1, usdMax);
  }

  /// Returns the sum of both bills.
  public Bill plus(Bill other) {
    return new Bill(
        calls + other.calls,
        tokensIn + other.tokensIn,
        tokensCached + other.tokensCached,
        tokensOut + other.tokensOut,
        usd + other.usd,
        lost + other.lost,
        lostUsd + other.lostUsd);
  }

  /// Returns what came to an earlier bill.
  public Bill since(Bill earlier) {
    return new Bill(
        calls - earlier.calls,
        tokensIn - earlier.tokensIn,
        tokensCached - earlier.tokensCached,
        tokensOut - earlier.tokensOut,
        usd - earlier.usd,
        lost - earlier.lost,
        lostUsd - earlier.lostUsd);
  }

  /// Returns the most that may have been spent.
  public double mostUsd() {
    return usd + lostUsd;
  }

  /// Returns one of equal shares, of which the first takes the remainder; they add up.
  ///
  /// A call of unknown fate counts for each of its cells.
  public Bill share(int index, int of) {
    return new Bill(
        calls / of,
        share(tokensIn, index, of),
        share(tokensCached, index, of),
        share(tokensOut, index, of),
        usd / of,
        lost,
        lostUsd / of);
  }

  private static long share(long total, int index, int of) {
    return total / of + (index == 0 ? total % of : 0);
  }
}
