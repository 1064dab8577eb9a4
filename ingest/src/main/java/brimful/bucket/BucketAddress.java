package brimful.bucket;

import brimful.corpus.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where objects are: `s3://bucket/prefix`. It names no server and no key; those are configured.
///
/// @param bucket a name as S3 allows it
/// @param prefix what the keys begin with, without a final slash; empty for the whole bucket
public record BucketAddress(String bucket, String prefix) {
  private static final String SCHEME = "s3://";
  private static final int PREFIX_CHARS_MAX = 1024;

  private static final Pattern FORM =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", Pattern.DOTALL);

  /// Returns whether a location is meant to be one, well-formed or not.
  public static boolean isMeant(String location) {
    return location.startsWith(SCHEME);
  }

  /// Reads `s3://bucket/prefix`; final slashes mean nothing.
  ///
  /// @throws UserError if it has another form
  public static BucketAddress of(String location) {
    Matcher form = FORM.matcher(location);
    if (!form.matches() || location.length() > PREFIX_CHARS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          "\"%s\" is no address of a bucket: write s3://bucket/prefix".formatted(location));
    }
    String rest = form.group(2) == null ? "" : form.group(2);
    String prefix = withoutSlashes(rest);
    boolean hidden = prefix.chars().anyMatch(Character::isISOControl);
    if (hidden || Arrays.stream(prefix.split("/", -1)).anyMatch(BucketAddress::isRelative)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "\"%s\" has a part \".\" or \"..\", or a control character: name the prefix itself"
              .formatted(location));
    }
    return new BucketAddress(form.group(1), prefix);
  }

  /// A loop, because a pattern would look again from each of many slashes.
  private static String withoutSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isRelative(String part) {
    return part.equals(".") || part.equals("..");
  }

  /// Returns what the keys of its objects begin with: the prefix with a final slash.
  public String keyStart() {
    return prefix.isEmpty() ? "" : prefix + "/";
  }

  /// Returns the address of what has a name below this one.
  public BucketAddress below(String name) {
    return new BucketAddress(bucket, keyStart() + name);
  }

  /// Returns whether everything here is also below one of other addresses.
  public boolean isBelow(List<BucketAddress> others) {
    return others.stream().anyMatch(this::isBelow);
  }

  private boolean isBelow(BucketAddress other) {
    return bucket.equals(other.bucket)
        && (prefix.equals(other.prefix) || prefix.startsWith(other.keyStart()));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }
}
