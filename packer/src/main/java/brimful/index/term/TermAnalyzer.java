package brimful.index.term;

import brimful.corpus.Folding;
import java.util.Arrays;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/// Splits text into the terms that are indexed and searched.
///
/// An identifier yields its parts, stemmed, and itself in lower case: `HTTPServerName` yields
/// `http`, `server`, `name` and `httpservername`; `max_bytes` yields `max`, `byte` and `max_bytes`.
/// Text is compared in its [Folding]; case and the diacritics of Latin letters are folded. Scripts
/// without spaces yield pairs of neighbouring characters. There are no stop words: in code, `for`,
/// `not` and `if` name things, and BM25 gives them hardly any weight anyway.
///
/// A word hyphenated at a line end, as in PDFs, yields both parts and the whole: `fermen-` and
/// `tation` on the next line also yield `fermentation`. Whether the hyphen belongs to the layout or
/// to the word is unknown.
///
/// Hand-written, because a chain of stock filters is six times slower and ingest is bound by it.
/// ASCII is never folded: folding starts at a text's first other character. For one thread: each
/// has its own.
public final class TermAnalyzer {
  /// Raise it whenever the same text would yield other terms: indexes are then rebuilt.
  public static final int VERSION = 2;

  /// Longer terms are not words: keys, hashes, encoded data.
  private static final int TERM_CHARS_MAX = 64;

  /// Longer identifiers yield no parts; test names do get this long.
  private static final int RUN_CHARS_MAX = 256;

  private static final byte OTHER = 0;
  private static final byte LOWER = 1;
  private static final byte UPPER = 2;
  private static final byte DIGIT = 3;
  private static final byte JOIN = 4;
  private static final byte[] KIND = new byte[128];

  static {
    Arrays.fill(KIND, 'a', 'z' + 1, LOWER);
    Arrays.fill(KIND, 'A', 'Z' + 1, UPPER);
    Arrays.fill(KIND, '0', '9' + 1, DIGIT);
    KIND['_'] = JOIN;
  }

  /// Receives one term after another; the characters are valid during the call only.
  public interface Sink {
    void term(char[] chars, int length);
  }

  private final Sink sink;
  private final char[] lower = new char[RUN_CHARS_MAX];
  private final char[] part = new char[TERM_CHARS_MAX];
  private final char[] folded = new char[4 * RUN_CHARS_MAX];
  private final char[] whole = new char[2 * TERM_CHARS_MAX];
  private char[] text = new char[8192];
  private String string = "";
  private int length;
  private boolean foldedText;

  public TermAnalyzer(Sink sink) {
    this.sink = sink;
  }

  /// Passes every term of a text to the sink, in order.
  public void split(String string) {
    this.string = string;
    foldedText = false;
    load(0);
    int at = 0;
    while (at < length) {
      char c = text[at];
      if (c < 128) {
        at = KIND[c] == OTHER ? at + 1 : ascii(at);
      } else if (foldedText || !fold(at)) {
        at = foreign(at);
      }
    }
    this.string = "";
  }

  /// Reads the string from a position on.
  private void load(int from) {
    length = string.length();
    if (length > text.length) {
      text = Arrays.copyOf(text, length + length / 4);
    }
    string.getChars(from, length, text, from);
  }

  /// Folds the text from a position on, once; returns whether that changes it.
  private boolean fold(int from) {
    foldedText = true;
    if (Folding.isFolded(text, from, length)) {
      return false;
    }
    String folding = Folding.of(string, from);
    if (folding.equals(string)) {
      return false;
    }
    string = folding;
    load(from);
    return true;
  }

  /// Handles the run that starts at an ASCII letter, digit or underscore; returns its end.
  private int ascii(int start) {
    char[] chars = text;
    int last = length;
    int end = start;
    while (end < last && chars[end] < 128 && KIND[chars[end]] != OTHER) {
      end++;
    }
    if (end < last && chars[end] >= 128) {
      if (!foldedText && fold(start)) {
        return start;
      }
      if (isWord(codePoint(end))) {
        return mixed(start);
      }
    }
    // The s of "it's" and the t of "don't" are not words.
    boolean contraction =
        end - start == 1 && start > 0 && (text[start - 1] == '\'' || text[start - 1] == '’');
    if (!contraction) {
      identifier(text, start, end);
    }
    if (end < length && text[end] == '-') {
      broken(start, end);
    }
    return end;
  }

  /// Emits the word whose first part ends at a hyphen, if the line also ends there and the next one
  /// continues with a small letter.
  private void broken(int start, int hyphen) {
    int next = nextLine(hyphen + 1);
    if (next == length || !Character.isLetter(Character.codePointBefore(text, hyphen))) {
      return;
    }
    if (text[next] >= 128 && !foldedText && fold(next) && next == length) {
      return;
    }
    if (!Character.isLowerCase(codePoint(next))) {
      return;
    }
    int end = runEnd(next, next + TERM_CHARS_MAX);
    if (end < length && text[end] >= 128 && !foldedText && fold(next)) {
      end = runEnd(next, next + TERM_CHARS_MAX);
    }
    int first = hyphen - start;
    if (first + end - next <= TERM_CHARS_MAX) {
      System.arraycopy(text, start, whole, 0, first);
      System.arraycopy(text, next, whole, first, end - next);
      run(whole, 0, first + end - next);
    }
  }

  /// Returns where the next line's text begins if only blanks precede it; otherwise the end of the
  /// text.
  private int nextLine(int from) {
    int at = blanksEnd(from);
    if (at < length && text[at] == '\r') {
      at++;
    }
    return at < length && text[at] == '\n' ? blanksEnd(at + 1) : length;
  }

  private int blanksEnd(int from) {
    int at = from;
    while (at < length && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  private int foreign(int start) {
    int point = codePoint(start);
    if (isUnspaced(point)) {
      return pairs(start);
    }
    return isWord(point) ? mixed(start) : start + Character.charCount(point);
  }

  /// Emits each pair of neighbouring characters in a run of an unspaced script, or its only one.
  private int pairs(int start) {
    int previous = codePoint(start);
    int at = start + Character.charCount(previous);
    int count = 1;
    while (at < length) {
      int point = codePoint(at);
      if (!isUnspaced(point)) {
        break;
      }
      int used = Character.toChars(previous, part, 0);
      sink.term(part, used + Character.toChars(point, part, used));
      previous = point;
      at += Character.charCount(point);
      count++;
    }
    if (count == 1) {
      sink.term(part, Character.toChars(previous, part, 0));
    }
    return at;
  }

  /// Handles a run of word characters that are not all ASCII; returns its end.
  private int mixed(int start) {
    int end = runEnd(start, length);
    if (end - start <= RUN_CHARS_MAX) {
      run(text, start, end);
    }
    if (end < length && text[end] == '-') {
      broken(start, end);
    }
    return end;
  }

  /// Returns where the word characters from a position on end, or a position behind the last that
  /// is wanted.
  private int runEnd(int start, int last) {
    int end = start;
    while (end < length && end <= last) {
      int point = codePoint(end);
      if (!isWord(point)) {
        break;
      }
      end += Character.charCount(point);
    }
    return end;
  }

  private void run(char[] chars, int from, int to) {
    int used = ASCIIFoldingFilter.foldToASCII(chars, from, folded, 0, to - from);
    int kept = 0;
    boolean ascii = true;
    for (int i = 0; i < used; i++) {
      // Combining diacritics fold to nothing.
      if (folded[i] < 0x300 || folded[i] > 0x36F) {
        ascii &= folded[i] < 128 && KIND[folded[i]] != OTHER;
        folded[kept++] = folded[i];
      }
    }
    if (ascii && kept <= RUN_CHARS_MAX) {
      identifier(folded, 0, kept);
    } else if (kept <= TERM_CHARS_MAX) {
      plain(kept);
    }
  }

  private void plain(int size) {
    int used = 0;
    for (int i = 0; i < size; i += Character.charCount(Character.codePointAt(folded, i, size))) {
      // Through upper case: the final sigma equals the one inside a word.
      int upper = Character.toUpperCase(Character.codePointAt(folded, i, size));
      int point = Character.toLowerCase(upper);
      if (used + 2 > TERM_CHARS_MAX) {
        return;
      }
      used += Character.toChars(point, part, used);
    }
    sink.term(part, used);
  }

  /// Emits the parts of an identifier and, if there are several, the whole.
  private void identifier(char[] chars, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && chars[start] == '_') {
      start++;
    }
    while (end > start && chars[end - 1] == '_') {
      end--;
    }
    int length = end - start;
    if (length == 0 || length > RUN_CHARS_MAX) {
      return;
    }
    boolean single = true;
    int partStart = 0;
    byte before = OTHER;
    byte previous = OTHER;
    for (int i = 0; i < length; i++) {
      char c = chars[start + i];
      byte kind = KIND[c];
      lower[i] = kind == UPPER ? (char) (c + 32) : c;
      if (previous != OTHER && kind != previous) {
        int border = border(chars, start + i, end, before, previous);
        if (border >= 0) {
          single = false;
          int partEnd = i - border;
          part(partStart, partEnd);
          partStart = kind == JOIN ? i + 1 : partEnd;
        }
      }
      before = previous;
      previous = kind;
    }
    if (single) {
      whole(length);
      return;
    }
    part(partStart, length);
    if (length <= TERM_CHARS_MAX) {
      sink.term(lower, length);
    }
  }

  /// Returns how many characters before this one a part ends, or -1 if none does.
  private static int border(char[] chars, int at, int end, byte before, byte previous) {
    byte kind = KIND[chars[at]];
    if (previous == JOIN) {
      return -1;
    }
    if (previous == UPPER && kind == LOWER) {
      // HTTPServer ends a part before its S, but URLs is one word.
      boolean plural = chars[at] == 's' && (at + 1 == end || KIND[chars[at + 1]] != LOWER);
      return before == UPPER && !plural ? 1 : -1;
    }
    return 0;
  }

  /// Emits one of several parts; single characters say nothing alone.
  private void part(int from, int to) {
    int length = to - from;
    if (length > 1 && length <= TERM_CHARS_MAX) {
      System.arraycopy(lower, from, part, 0, length);
      sink.term(part, Stemmer.stem(part, length));
    }
  }

  private void whole(int length) {
    if (length <= TERM_CHARS_MAX) {
      sink.term(lower, Stemmer.stem(lower, length));
    }
  }

  private int codePoint(int at) {
    return Character.codePointAt(text, at, length);
  }

  private static boolean isWord(int point) {
    if (point < 128) {
      return KIND[point] != OTHER;
    }
    return !isUnspaced(point) && isWordType(point);
  }

  /// Returns whether a character belongs to a script without spaces between words, such as Han or
  /// Thai.
  private static boolean isUnspaced(int point) {
    if (point < 0x0E00) {
      return false;
    }
    boolean block =
        in(point, 0x0E00, 0x0EFF) // Thai, Lao
            || in(point, 0x1000, 0x109F) // Myanmar
            || in(point, 0x1100, 0x11FF) // Hangul Jamo
            || in(point, 0x1780, 0x17FF) // Khmer
            || in(point, 0x2E80, 0x9FFF) // radicals, kana, Han
            || in(point, 0xAC00, 0xD7AF) // Hangul
            || in(point, 0xF900, 0xFAFF) // Han compatibility
            || in(point, 0xFF66, 0xFF9F) // half-width kana
            || in(point, 0x20000, 0x3FFFF); // Han extensions
    // The blocks contain punctuation too.
    return block && isWordType(point);
  }

  private static boolean isWordType(int point) {
    int type = Character.getType(point);
    return Character.isLetterOrDigit(point)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean in(int point, int first, int last) {
    return first <= point && point <= last;
  }
}
