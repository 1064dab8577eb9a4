package brimful.corpus;

import java.util.Comparator;

/// The name of a document within its collection: a path with forward slashes, relative to the root.
///
/// A member of an archive or an attachment of a mail is named by its way in:
/// `outer.zip!/a.eml!/b.pdf`. The natural order is the canonical order of a corpus: by code point,
/// so it is the same on every machine and in every locale.
///
/// @param value never blank, never absolute, no line breaks or other control characters
public record DocumentId(String value) implements Comparable<DocumentId> {
  private static final String MEMBER = "!/";
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
          char x = a.charAt(i);
          char y = b.charAt(i);
          if (x != y) {
            // Surrogates sort above every other char, as their code points do.
            boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
            return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
          }
        }
        return Integer.compare(a.length(), b.length());
      };

  public DocumentId {
    if (value.isBlank() || value.startsWith("/") || hasControl(value)) {
      throw new IllegalArgumentException(
          "document id \"%s\" is blank, absolute or has control characters: name it by its path within the collection"
              .formatted(value));
    }
  }

  /// Returns the id of a part of this document, such as an archive's member.
  ///
  /// @param name the part's own path; cleaned of control characters and leading slashes, so that a
  ///   hostile archive cannot forge an id
  public DocumentId member(String name) {
    String clean = name.replaceAll("\\p{Cntrl}", "_").replaceAll("^/+", "");
    return new DocumentId(value + MEMBER + (clean.isBlank() ? "unnamed" : clean));
  }

  /// Returns the item this document came out of: itself, unless it is a member.
  public DocumentId item() {
    int end = value.indexOf(MEMBER);
    return end < 0 ? this : new DocumentId(value.substring(0, end));
  }

  /// A loop and not a stream: an index makes thousands of ids before it answers its first question.
  private static boolean hasControl(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  // Not the record's own, for the same reason: those are linked at run time, and slow at first.
  @Override
  public boolean equals(Object other) {
    return other instanceof DocumentId id && value.equals(id.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(DocumentId other) {
    return BY_CODE_POINT.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
