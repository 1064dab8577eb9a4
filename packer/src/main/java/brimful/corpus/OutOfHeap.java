package brimful.corpus;

import java.util.Locale;

/// What to say when this process's own memory is used up. It says nothing about the document at
/// hand: the next one would have met the same.
public final class OutOfHeap {
  private OutOfHeap() {}

  /// Returns an error that tells how to give the process more.
  public static UserError error(OutOfMemoryError e) {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    return new UserError(
        UserError.Kind.CONFIG,
        String.format(
            Locale.ROOT,
            "a heap of %d MiB is too small here: raise -Xmx, for example BRIMFUL_JAVA_OPTS=-Xmx%dm",
            heap,
            2 * heap),
        e);
  }
}
