package brimful.corpus;

import java.util.Comparator;
import java.util.Optional;

/// The name of a document within its collection: a path with forward slashes, relative to the root.
///
/// A member of an archive or an attachment of a mail has a path of names:
/// `outer.zip!/a.eml!/b.pdf`. The natural order is the canonical order of a corpus: by code point,
/// so it is the same on every machine and in every locale.
///
/// [#of], [#member] and [#in] create ids from names; the constructor is for ids that are read back.
/// A name is kept as it is, except for what could not be shown or could be mistaken for something
/// else:
///
/// | in the name | in the id |
/// |---|---|
/// | a control character below 80, such as a line break | `\x0A` |
/// | a byte that is not UTF-8 | `\xFC` |
/// | another control character, a line or paragraph separator, a control of the writing direction, half of a surrogate pair | a backslash and `u{202E}`, its code point |
/// | `!` before a slash, which would be the way into an archive | `\x21/` |
/// | a slash at the start or after a slash | `\x2F` |
/// | the parts `.` and `..` | `\x2E`, `\x2E\x2E` |
/// | the first character of a part that is all blank | `\x20` |
/// | a backslash before what would then be one of these | `\x5C` |
///
/// Therefore no two names have the same id, and [#path] returns the bytes of the name. Names of
/// members lose leading slashes, and their middle if they are longer than [#MEMBER_CHARS_MAX];
/// whoever creates them distinguishes equal ones.
///
/// @param value never blank, never absolute, without characters of the table's first three lines
public record DocumentId(String value) implements Comparable<DocumentId> {
  /// The longest name of a member; the file system bounds that of a file.
  public static final int MEMBER_CHARS_MAX = 500;

  private static final int TAIL_CHARS = 60;
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
    if (!isId(value)) {
      throw new IllegalArgumentException(
          "document id \"%s\" is blank, absolute or has hidden characters: make it of a path by DocumentId.of"
              .formatted(Escapes.escaped(value, false)));
    }
  }

  /// Returns the id that a client names; empty if no document can have it.
  public static Optional<DocumentId> named(String value) {
    return isId(value) ? Optional.of(new DocumentId(value)) : Optional.empty();
  }

  private static boolean isId(String value) {
    return !value.isBlank() && !value.startsWith("/") && !hasHidden(value);
  }

  /// Returns the id of a path with forward slashes.
  public static DocumentId of(String path) {
    return new DocumentId(Escapes.escaped(path, false));
  }

  /// Returns the id of a path as the bytes that a file system or git has for it: UTF-8, mostly.
  public static DocumentId of(byte[] path) {
    return new DocumentId(Escapes.escaped(Escapes.text(path), true));
  }

  /// Returns the bytes of the path that this is the id of.
  public byte[] path() {
    return Escapes.bytes(value);
  }

  /// Returns the bytes of the last part of the path.
  public byte[] name() {
    return Escapes.bytes(value.substring(value.lastIndexOf('/') + 1));
  }

  /// Returns the id of this document in a folder around its root.
  public DocumentId in(String folder) {
    return new DocumentId(Escapes.escaped(folder + "/", false) + value);
  }

  /// Returns the id of a part of this document, such as an archive's member.
  ///
  /// @param name the part's own path, whatever a hostile archive makes of it
  public DocumentId member(String name) {
    return member(name, false);
  }

  /// Returns the id of a part of this document whose name is known as bytes.
  public DocumentId member(byte[] name) {
    return member(Escapes.text(name), true);
  }

  private DocumentId member(String name, boolean ofBytes) {
    int start = 0;
    while (start < name.length() && name.charAt(start) == '/') {
      start++;
    }
    String relative = shortened(name.substring(start));
    return new DocumentId(
        value + MEMBER + (relative.isBlank() ? "unnamed" : Escapes.escaped(relative, ofBytes)));
  }

  /// Keeps the start, and the end with the extension.
  private static String shortened(String name) {
    if (name.length() <= MEMBER_CHARS_MAX) {
      return name;
    }
    int head = whole(name, MEMBER_CHARS_MAX - TAIL_CHARS - 1);
    int tail = whole(name, name.length() - TAIL_CHARS);
    return name.substring(0, head) + "…" + name.substring(tail);
  }

  /// Returns a position that does not split a surrogate pair.
  private static int whole(String name, int at) {
    return Character.isSurrogatePair(name.charAt(at - 1), name.charAt(at)) ? at + 1 : at;
  }

  /// Returns the item that this document belongs to: itself, unless it is a member.
  public DocumentId item() {
    int end = value.indexOf(MEMBER);
    return end < 0 ? this : new DocumentId(value.substring(0, end));
  }

  /// Returns whether this is a part of another document, in whatever layer.
  public boolean isIn(DocumentId container) {
    return value.startsWith(container.value) && value.startsWith(MEMBER, container.value.length());
  }

  /// A loop rather than a stream: an index creates thousands of ids before it answers its first
  /// question.
  private static boolean hasHidden(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' || c > '~')
          && (Escapes.isHidden(c) || (Character.isSurrogate(c) && Escapes.isLone(value, i)))) {
        return true;
      }
    }
    return false;
  }

  // Not the record's own methods, for the same reason: those are linked at run time and slow at
  // first.
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
