package brimful.bucket;

import brimful.corpus.UserError;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/// One object store. Requests that fail for a while are repeated a few times, with growing pauses.
///
/// Every failure is a [UserError]. Safe for many threads.
public final class ObjectStore {
  /// The most keys of one request.
  private static final int PAGE = 1000;

  private final S3Client client;
  private final StoreErrors errors;

  /// Opens the store that the variables of AWS's tools name; no request is made.
  ///
  /// @param environment the process's variables
  /// @throws UserError if they are malformed
  public static ObjectStore of(Map<String, String> environment) {
    var settings = new StoreSettings(environment);
    String name = settings.endpoint().map(own -> "the object store " + own).orElse("Amazon S3");
    return new ObjectStore(settings.client(), new StoreErrors(name));
  }

  private ObjectStore(S3Client client, StoreErrors errors) {
    this.client = client;
    this.errors = errors;
  }

  /// Lists the objects below an address, a page of a thousand at a time.
  ///
  /// @param wanted receives each object, by key; the listing ends when it returns false
  public void list(BucketAddress at, Predicate<StoredObject> wanted) {
    ListObjectsV2Request request = request(at, at.keyStart(), PAGE);
    while (true) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted while listing " + at);
      }
      ListObjectsV2Request page = request;
      ListObjectsV2Response response = asking(at, () -> client.listObjectsV2(page));
      for (S3Object object : response.contents()) {
        if (!wanted.test(stored(object))) {
          return;
        }
      }
      String next = response.nextContinuationToken();
      if (!Boolean.TRUE.equals(response.isTruncated()) || next == null) {
        return;
      }
      request = request.toBuilder().continuationToken(next).build();
    }
  }

  private static ListObjectsV2Request request(BucketAddress at, String prefix, int keys) {
    // Keys may have characters that XML has not.
    return ListObjectsV2Request.builder()
        .bucket(at.bucket())
        .prefix(prefix)
        .maxKeys(keys)
        .encodingType(EncodingType.URL)
        .build();
  }

  private static StoredObject stored(S3Object object) {
    return new StoredObject(object.key(), object.size(), tag(object.eTag()), object.lastModified());
  }

  /// Some stores have no tags, and then size and time must do.
  private static String tag(@Nullable String given) {
    return given == null ? "" : given.replace("\"", "");
  }

  /// Checks that the objects below an address can be listed, whether there are any or not.
  ///
  /// @throws UserError if they cannot
  public void require(BucketAddress at) {
    var _ = asking(at, () -> client.listObjectsV2(request(at, at.keyStart(), 1)));
  }

  /// Finds an object by its whole key, without listing others.
  ///
  /// @return empty if the bucket has none
  public Optional<StoredObject> find(String bucket, String key) {
    var what = new BucketAddress(bucket, key);
    try {
      var head = client.headObject(is -> is.bucket(bucket).key(key));
      return Optional.of(
          new StoredObject(key, head.contentLength(), tag(head.eTag()), head.lastModified()));
    } catch (AwsServiceException e) {
      // An answer to HEAD has no body that says more: whether the bucket is there, or why it is
      // refused.
      require(what);
      if (StoreErrors.isMissing(e)) {
        return Optional.empty();
      }
      throw errors.of(e, what);
    } catch (SdkException e) {
      throw errors.of(e, what);
    }
  }

  /// Opens an object's bytes; a connection that breaks is replaced where it broke.
  public InputStream read(String bucket, String key) {
    return new ObjectStream((from, tag) -> body(bucket, key, rest(from, tag)));
  }

  /// Opens the first bytes of an object that is not empty.
  public InputStream readHead(String bucket, String key, int bytes) {
    return body(bucket, key, is -> is.range("bytes=0-" + (bytes - 1)));
  }

  private static Consumer<GetObjectRequest.Builder> rest(long from, String tag) {
    // An empty object has no range.
    return from == 0
        ? _ -> {}
        : is -> is.range("bytes=" + from + "-").ifMatch(tag.isEmpty() ? null : tag);
  }

  private ObjectBody body(String bucket, String key, Consumer<GetObjectRequest.Builder> part) {
    GetObjectRequest request =
        GetObjectRequest.builder().bucket(bucket).key(key).applyMutation(part).build();
    return new ObjectBody(asking(new BucketAddress(bucket, key), () -> client.getObject(request)));
  }

  /// Stores a file's bytes under a name below an address; one that is there is replaced.
  public void put(BucketAddress at, Path file) {
    var _ = asking(at, () -> client.putObject(is -> is.bucket(at.bucket()).key(at.prefix()), file));
  }

  /// Deletes objects; those that are not there are passed over.
  ///
  /// @param keys whole keys
  public void delete(BucketAddress at, List<String> keys) {
    for (int start = 0; start < keys.size(); start += PAGE) {
      List<ObjectIdentifier> page = new ArrayList<>();
      for (String key : keys.subList(start, Math.min(keys.size(), start + PAGE))) {
        page.add(ObjectIdentifier.builder().key(key).build());
      }
      var response =
          asking(
              at,
              () ->
                  client.deleteObjects(
                      is -> is.bucket(at.bucket()).delete(all -> all.objects(page).quiet(true))));
      if (!response.errors().isEmpty()) {
        throw new UserError(
            UserError.Kind.FORBIDDEN,
            "%s objects below %s cannot be deleted (%s): allow s3:DeleteObject"
                .formatted(response.errors().size(), at, response.errors().getFirst().code()));
      }
    }
  }

  private <T> T asking(BucketAddress what, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw errors.of(e, what);
    }
  }
}
