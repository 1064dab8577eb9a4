package brimful.corpus;

import java.util.ArrayList;
import java.util.List;

/// The secrets that were masked in the text of a file or of a corpus: where, and by which rule,
/// never what.
///
/// @param count how many there are
/// @param found the first of them, at most [#FOUND_MAX]
public record Secrets(long count, List<Found> found) {
  /// A file of passwords must not fill the receipt.
  public static final int FOUND_MAX = 100;

  public static final Secrets NONE = new Secrets(0, List.of());

  /// A masked secret.
  ///
  /// @param document the file or member
  /// @param locator its place there, as [Locator#display] says it
  /// @param rule the rule's name, such as `aws-access-key-id`
  public record Found(DocumentId document, String locator, String rule) {}

  public Secrets {
    found = List.copyOf(found);
    if (count < found.size() || found.size() > FOUND_MAX) {
      throw new IllegalArgumentException(
          "%s secrets, %s of them listed: list at most all of them, and at most %s"
              .formatted(count, found.size(), FOUND_MAX));
    }
  }

  /// Returns these secrets and more, of which as many are listed as fit.
  public Secrets and(Secrets more) {
    if (more.count == 0) {
      return this;
    }
    var all = new ArrayList<>(found);
    all.addAll(more.found.subList(0, Math.min(FOUND_MAX - all.size(), more.found.size())));
    return new Secrets(count + more.count, all);
  }
}
