package brimful.extract;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Strings on the wire: their length, then each char as it is. Documents contain lone surrogates,
/// which no Unicode encoding would preserve.
final class WireStrings {
  private static final int PIECE_CHARACTERS = 8 << 10;

  private WireStrings() {}

  static void write(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.length());
    var piece = ByteBuffer.allocate(2 * Math.min(text.length(), PIECE_CHARACTERS));
    for (int at = 0; at < text.length(); at += PIECE_CHARACTERS) {
      int end = Math.min(text.length(), at + PIECE_CHARACTERS);
      piece.asCharBuffer().put(text, at, end);
      out.write(piece.array(), 0, 2 * (end - at));
    }
  }

  /// Reads a string. Memory grows with the received data, not with the announced length.
  static String read(DataInputStream in, long charactersMax) throws IOException {
    int length = in.readInt();
    ForkProtocol.require(length >= 0 && length <= charactersMax);
    int most = Math.min(length, PIECE_CHARACTERS);
    var piece = ByteBuffer.allocate(2 * most);
    var characters = new char[most];
    var text = new StringBuilder(most);
    while (text.length() < length) {
      int next = Math.min(length - text.length(), PIECE_CHARACTERS);
      in.readFully(piece.array(), 0, 2 * next);
      piece.asCharBuffer().get(characters, 0, next);
      text.append(characters, 0, next);
    }
    return text.toString();
  }
}
