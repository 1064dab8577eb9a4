package brimful.bucket;

import java.time.Instant;

/// What a listing tells of an object.
///
/// @param key its whole key in the bucket
/// @param tag changes with its content
/// @param modified when it was written
public record StoredObject(String key, long bytes, String tag, Instant modified) {

  /// Returns a text that is equal for equal states of the object.
  public String stamp() {
    return "%s %s %s".formatted(tag, bytes, modified.toEpochMilli());
  }
}
