package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The result of reading one file. Every case is expected, so none is an exception.
///
/// @param outcome how the file ended
/// @param texts its documents that have text: itself, or its members; empty unless indexed or
///   truncated
/// @param members how the members of an archive or a mail ended; empty for a plain file
/// @param breakdown the kind of failure; [FailureKind#NONE] if and only if it did not fail
public record Extraction(
    Outcome outcome, List<Text> texts, List<Item.Member> members, FailureKind breakdown) {
  public Extraction {
    texts = List.copyOf(texts);
    members = List.copyOf(members);
    if (outcome instanceof Outcome.Failed != (breakdown != FailureKind.NONE)) {
      throw new IllegalArgumentException(
          "%s with breakdown %s: give one to what failed, and only to that"
              .formatted(outcome.display(), breakdown));
    }
  }

  /// Returns an extraction whose failure, if any, is the document's own fault.
  public Extraction(Outcome outcome, List<Text> texts, List<Item.Member> members) {
    this(
        outcome,
        texts,
        members,
        outcome instanceof Outcome.Failed ? FailureKind.DOCUMENT : FailureKind.NONE);
  }

  /// A document's text as sections in reading order.
  public record Text(DocumentId id, List<Section> sections) {
    public Text {
      sections = List.copyOf(sections);
    }
  }

  /// Returns the extraction of a file that gave no text.
  public static Extraction without(Outcome outcome) {
    return new Extraction(outcome, List.of(), List.of());
  }

  /// Returns the result for a file at which our code or a library threw something unexpected.
  public static Extraction thrown(Throwable thrown) {
    if (Thread.currentThread().isInterrupted()) {
      return failed(FailureKind.INTERRUPTED, "interrupted");
    }
    return thrown.getCause() instanceof IOException e && thrown instanceof UncheckedIOException
        ? Failures.ofSource(e)
        : Failures.ofDocument(thrown);
  }

  /// Returns the extraction of a file that failed.
  ///
  /// @param cause what happened, in one line
  static Extraction failed(FailureKind failureKind, String cause) {
    return new Extraction(new Outcome.Failed(cause), List.of(), List.of(), failureKind);
  }
}
