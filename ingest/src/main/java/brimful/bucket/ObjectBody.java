package brimful.bucket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// The bytes of one answer. Closing it early gives up the connection: reading the rest of a large
/// object only to throw it away takes longer than a new one.
final class ObjectBody extends FilterInputStream {
  private final ResponseInputStream<GetObjectResponse> body;
  private boolean atEnd;

  ObjectBody(ResponseInputStream<GetObjectResponse> body) {
    super(body);
    this.body = body;
  }

  /// Returns how many bytes it has.
  long bytes() {
    return body.response().contentLength();
  }

  /// Returns what tells this content from another; empty if the store has no tags.
  String tag() {
    return Optional.ofNullable(body.response().eTag()).orElse("");
  }

  @Override
  public int read() throws IOException {
    int next = body.read();
    atEnd |= next < 0;
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = body.read(bytes, offset, length);
    atEnd |= read < 0;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (atEnd) {
      body.close();
    } else {
      body.abort();
    }
  }
}
