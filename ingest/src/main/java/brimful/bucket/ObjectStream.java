package brimful.bucket;

import brimful.corpus.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// An object's bytes over as many connections as it takes, within a limit. Not thread-safe.
final class ObjectStream extends InputStream {
  /// How many connections may break before the object counts as unreadable.
  private static final int BREAKS_MAX = 3;

  private final Opener opener;
  private Optional<ObjectBody> body = Optional.empty();
  private String tag = "";
  private long position;
  private long end;
  private int breaks;

  /// Opens the object.
  @FunctionalInterface
  interface Opener {
    /// @param tag of the content that was read so far; empty at the start
    ObjectBody at(long position, String tag);
  }

  ObjectStream(Opener opener) {
    this.opener = opener;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      try {
        int read = body.isEmpty() && isRead() ? -1 : opened().read(bytes, offset, length);
        position += Math.max(read, 0);
        if (read < 0 && position < end) {
          throw new EOFException("%s of %s bytes came".formatted(position, end));
        }
        return read;
      } catch (IOException e) {
        close();
        if (++breaks > BREAKS_MAX || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  /// Returns whether all of it came, if only over a connection that broke after that.
  private boolean isRead() {
    return position > 0 && position == end;
  }

  private InputStream opened() throws IOException {
    if (body.isEmpty()) {
      try {
        ObjectBody opened = opener.at(position, tag);
        end = position + opened.bytes();
        tag = opened.tag();
        body = Optional.of(opened);
      } catch (UserError e) {
        // Its requests were repeated already.
        breaks = BREAKS_MAX;
        throw new IOException(e.line());
      }
    }
    return body.get();
  }

  @Override
  public void close() throws IOException {
    if (body.isPresent()) {
      InputStream open = body.get();
      body = Optional.empty();
      open.close();
    }
  }
}
