package brimful.bucket;

import brimful.corpus.UserError;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/// Turns failures of the SDK into sentences that name bucket, key, status and what to do.
///
/// @param store the store, as a person knows it
record StoreErrors(String store) {
  private static final int REASON_CHARS_MAX = 200;

  /// @param what the object or prefix that was asked for
  RuntimeException of(SdkException e, BucketAddress what) {
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      var stopped = new CancellationException("interrupted while reading " + what);
      stopped.initCause(e);
      return stopped;
    }
    return e instanceof AwsServiceException refused ? refused(refused, what) : away(e, what);
  }

  /// Returns whether an answer means that there is no such object; a HEAD does not tell whether
  /// there is such a bucket.
  static boolean isMissing(AwsServiceException e) {
    return e.statusCode() == 404 && !code(e).equals("NoSuchBucket");
  }

  private static String code(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .orElse("")
        .replaceAll("[^A-Za-z]", "");
  }

  private UserError refused(AwsServiceException e, BucketAddress what) {
    String code = code(e);
    String status = (e.statusCode() + " " + code).strip();
    String bucket = what.bucket();
    return switch (code) {
      case "NoSuchBucket" ->
          error(
              UserError.Kind.NOT_FOUND,
              "%s has no bucket %s (%s): check its name and the endpoint",
              e,
              store,
              bucket,
              status);
      case "RequestTimeTooSkewed" ->
          error(
              UserError.Kind.CONFIG,
              "%s refuses %s, because this machine's clock differs from its own (%s): set the clock",
              e,
              store,
              what,
              status);
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken" ->
          error(
              UserError.Kind.UNAUTHENTICATED,
              "%s does not accept the access key for %s (%s): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile",
              e,
              store,
              what,
              status);
      default -> byStatus(e, what, status);
    };
  }

  private UserError byStatus(AwsServiceException e, BucketAddress what, String status) {
    Optional<String> region =
        Optional.ofNullable(e.awsErrorDetails())
            .flatMap(is -> Optional.ofNullable(is.sdkHttpResponse()))
            .flatMap(is -> is.firstMatchingHeader("x-amz-bucket-region"));
    boolean elsewhere = status.endsWith("AuthorizationHeaderMalformed");
    if (e.statusCode() == 301 || e.statusCode() == 307 || elsewhere) {
      return error(
          UserError.Kind.CONFIG,
          "bucket %s is in %s (%s): set AWS_REGION to its region",
          e,
          what.bucket(),
          region.map(name -> "region " + name).orElse("another region"),
          status);
    }
    if (e.statusCode() == 403 || e.statusCode() == 401) {
      return error(
          UserError.Kind.FORBIDDEN,
          "%s denies access to %s (%s): allow s3:ListBucket and s3:GetObject, and s3:PutObject and s3:DeleteObject for uploads",
          e,
          store,
          what,
          status);
    }
    boolean passing = e.statusCode() >= 500 || e.statusCode() == 429;
    return error(
        UserError.Kind.UNAVAILABLE,
        passing
            ? "%s cannot serve %s now (%s): try again later"
            : "%s refuses %s (%s): check the name and the endpoint",
        e,
        store,
        what,
        status);
  }

  private UserError away(SdkException e, BucketAddress what) {
    String reason = Optional.ofNullable(e.getMessage()).orElse("");
    if (reason.contains("Unable to load credentials")) {
      return error(
          UserError.Kind.CONFIG,
          "no credentials for %s: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
          e,
          what);
    }
    return error(
        UserError.Kind.UNAVAILABLE,
        "%s does not answer for %s, %s: check AWS_ENDPOINT_URL_S3 and the network, or try again later",
        e,
        store,
        what,
        reason(e));
  }

  /// Returns the system's own words, which stand below the SDK's.
  private static String reason(SdkException e) {
    Throwable deepest = e;
    for (int i = 0; i < 10 && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    String kind = deepest instanceof IOException ? deepest.getClass().getSimpleName() + " " : "";
    String text =
        kind
            + Optional.ofNullable(deepest.getMessage())
                .flatMap(is -> is.lines().findFirst())
                .orElse("no reason given");
    return text.substring(0, Math.min(text.length(), REASON_CHARS_MAX)).replaceAll("\\.$", "");
  }

  private static UserError error(
      UserError.Kind kind, String form, Throwable cause, Object... values) {
    return new UserError(kind, form.formatted(values), cause);
  }
}
