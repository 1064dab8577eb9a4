package brimful.http.edge;

import brimful.corpus.UserError;
import java.net.InetAddress;
import java.util.Arrays;

/// A block of addresses that begin with the same bits, written `10.0.0.0/8`, or `10.0.0.1` for a
/// single one.
public record AddressBlock(InetAddress first, int bits) {
  private static final int BITS_OF_BYTE = 8;

  public static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int most = first.getAddress().length * BITS_OF_BYTE;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= most) {
        return new AddressBlock(first, bits);
      }
    } catch (IllegalArgumentException _) {
      // Reported below, like too many bits.
    }
    throw new UserError(
        UserError.Kind.USAGE,
        "--trusted-proxy %s is not an address: write it like 10.0.0.1 or 10.0.0.0/8"
            .formatted(text));
  }

  public boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    int whole = bits / BITS_OF_BYTE;
    int rest = bits % BITS_OF_BYTE;
    int mask = 0xff << (BITS_OF_BYTE - rest);
    return Arrays.equals(ours, 0, whole, theirs, 0, whole)
        && (rest == 0 || (ours[whole] & mask) == (theirs[whole] & mask));
  }
}
