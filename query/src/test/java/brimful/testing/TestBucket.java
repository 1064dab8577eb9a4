package brimful.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/// An object store in this process with the bucket `docs`: it speaks S3's protocol and checks
/// signatures.
public final class TestBucket implements AutoCloseable {
  private static final String BUCKET = "docs";
  private static final String ID = "tester";
  private static final String SECRET = "not-to-be-printed";

  private final CountingStore objects = new CountingStore();
  private final URI address;
  private S3Proxy server;

  private static final class CountingStore extends ForwardingBlobStore {
    private final AtomicInteger reads = new AtomicInteger();

    CountingStore() {
      super(new TransientNio2BlobStore());
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
      reads.incrementAndGet();
      return super.getBlob(request);
    }
  }

  public TestBucket() throws Exception {
    address = URI.create("http://127.0.0.1:" + freePort());
    objects.createContainer(BUCKET);
    server = started();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private S3Proxy started() throws Exception {
    S3Proxy made =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(address)
            .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
            .build();
    made.start();
    return made;
  }

  /// Stops answering; the objects stay.
  public void goAway() throws Exception {
    server.stop();
  }

  /// Answers again, at the same address.
  public void comeBack() throws Exception {
    server = started();
  }

  /// Returns the variables by which a process finds and may use it.
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL_S3",
        address.toString(),
        "AWS_ACCESS_KEY_ID",
        ID,
        "AWS_SECRET_ACCESS_KEY",
        SECRET,
        "AWS_EC2_METADATA_DISABLED",
        "true");
  }

  /// Returns how many objects were read since this was last asked.
  public int reads() {
    return objects.reads.getAndSet(0);
  }

  public TestBucket put(String key, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var _ =
        objects.putBlob(
            PutObjectRequest.builder()
                .bucket(BUCKET)
                .key(key)
                .contentLength((long) bytes.length)
                .build(),
            new ByteArrayInputStream(bytes));
    return this;
  }

  public void remove(String key) {
    objects.removeBlob(BUCKET, key);
  }

  /// Returns all keys.
  public List<String> keys() {
    return objects.list(BUCKET).contents().stream().map(S3Object::key).toList();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
