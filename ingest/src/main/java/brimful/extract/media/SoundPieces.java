package brimful.extract.media;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Cuts sound into pieces that an endpoint takes: at most [#SECONDS_MAX] long, which are 19.2 MB
/// uncompressed, and cut at the quietest moment of the last [#SEARCHED_SECONDS], so that hardly a
/// word is cut.
///
/// The sound is a file of samples: [#RATE] a second, 16 bits, little-endian, one channel.
record SoundPieces(Path samples) {
  static final int RATE = 16_000;
  static final int SECONDS_MAX = 600;
  private static final int SEARCHED_SECONDS = 20;
  private static final int BYTES_SECOND = 2 * RATE;

  /// A quarter of a second, as long as a pause between words.
  private static final int MOMENT_BYTES = BYTES_SECOND / 4;

  private static final int HEAD_BYTES = 44;

  /// What is never louder is silence: Whisper models make up words for it.
  private static final int SILENCE = 60;

  /// A piece, in seconds from the start.
  record Piece(long firstByte, long lastByte, boolean silent) {
    double first() {
      return (double) firstByte / BYTES_SECOND;
    }

    double seconds() {
      return (double) (lastByte - firstByte) / BYTES_SECOND;
    }
  }

  /// Returns how long the sound is.
  double seconds() throws IOException {
    return (double) Files.size(samples) / BYTES_SECOND;
  }

  /// Returns the pieces, which tile the sound.
  List<Piece> pieces() throws IOException {
    var pieces = new ArrayList<Piece>();
    long size = Files.size(samples) / 2 * 2;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(samples), 1 << 16)) {
      int[] peaks = peaks(in, (int) Math.ceilDiv(size, MOMENT_BYTES));
      int moments = SECONDS_MAX * BYTES_SECOND / MOMENT_BYTES;
      for (int from = 0; from < peaks.length; ) {
        int to = from + moments >= peaks.length ? peaks.length : quietest(peaks, from + moments);
        boolean silent = true;
        for (int i = from; i < to; i++) {
          silent &= peaks[i] <= SILENCE;
        }
        long last = Math.min(size, (long) to * MOMENT_BYTES);
        pieces.add(new Piece((long) from * MOMENT_BYTES, last, silent));
        from = to;
      }
    }
    return pieces;
  }

  /// Returns how loud each moment is at most.
  private static int[] peaks(InputStream in, int moments) throws IOException {
    int[] peaks = new int[moments];
    byte[] moment = new byte[MOMENT_BYTES];
    for (int i = 0; i < moments; i++) {
      int read = in.readNBytes(moment, 0, MOMENT_BYTES);
      for (int at = 0; at + 1 < read; at += 2) {
        int sample = (short) ((moment[at] & 0xff) | moment[at + 1] << 8);
        peaks[i] = Math.max(peaks[i], Math.abs(sample));
      }
    }
    return peaks;
  }

  private static int quietest(int[] peaks, int end) {
    int best = end;
    int searched = SEARCHED_SECONDS * BYTES_SECOND / MOMENT_BYTES;
    for (int i = end - 1; i > end - searched; i--) {
      best = peaks[i] < peaks[best - 1] ? i + 1 : best;
    }
    return best;
  }

  /// Writes a piece as a WAV file.
  void write(Piece piece, Path file) throws IOException {
    int bytes = Math.toIntExact(piece.lastByte() - piece.firstByte());
    try (FileChannel in = FileChannel.open(samples, StandardOpenOption.READ);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(head(bytes));
      var block = ByteBuffer.allocate(1 << 16);
      long at = piece.firstByte();
      while (at < piece.lastByte()) {
        block.clear().limit((int) Math.min(block.capacity(), piece.lastByte() - at));
        int read = in.read(block, at);
        if (read < 0) {
          throw new IOException("the samples end early");
        }
        out.write(block.array(), 0, read);
        at += read;
      }
    }
  }

  private static byte[] head(int bytes) {
    return ByteBuffer.allocate(HEAD_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {'R', 'I', 'F', 'F'})
        .putInt(HEAD_BYTES - 8 + bytes)
        .put(new byte[] {'W', 'A', 'V', 'E', 'f', 'm', 't', ' '})
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(RATE)
        .putInt(BYTES_SECOND)
        .putShort((short) 2)
        .putShort((short) 16)
        .put(new byte[] {'d', 'a', 't', 'a'})
        .putInt(bytes)
        .array();
  }
}
