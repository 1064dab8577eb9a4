package brimful.source.git;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// A git pattern with wildcards, matched in time proportional to its length and the text's.
///
/// The pattern is compiled to a row of steps, and a text moves through all steps at once, as
/// through a non-deterministic automaton whose states are bits of a few words: nothing is ever
/// tried again, so no pattern can stall a listing. Texts are byte strings (see [ByteNames]), for
/// git matches bytes: `?` is one byte, not one letter.
///
/// In a path, `*`, `?` and classes stop at slashes, and `**` between slashes does not. In a name,
/// there are no slashes to stop at. A malformed class matches nothing, and so does a pattern that
/// ends in a backslash.
final class Wildcards {
  private static final int BYTES = 256;

  /// How many steps there are; to be there is to have matched.
  private final int end;

  private final int words;

  /// Which of the rows in `taken` belongs to a byte: most bytes mean the same to a pattern.
  private final byte[] row = new byte[BYTES];

  /// The steps that take a byte and are over.
  private final long[][] taken;

  /// The steps that may go on, by what they take, and those that may take nothing.
  private final long[] stars;

  private final long[] alls;
  private final long[] folders;
  private final long[] skipped;

  /// One step through a pattern.
  private sealed interface Step {
    /// Takes one byte.
    record One(BitSet bytes) implements Step {}

    /// Takes any number of bytes but slashes.
    record Star() implements Step {}

    /// Takes any number of bytes.
    record All() implements Step {}

    /// Takes nothing, or any number of bytes up to a slash and the slash.
    record Folders() implements Step {}
  }

  private Wildcards(List<Step> steps) {
    end = steps.size();
    words = end / Long.SIZE + 1;
    stars = new long[words];
    alls = new long[words];
    folders = new long[words];
    skipped = new long[words];
    for (int i = 0; i < end; i++) {
      switch (steps.get(i)) {
        case Step.One _ -> {}
        case Step.Star() -> set(stars, i);
        case Step.All() -> set(alls, i);
        case Step.Folders() -> set(folders, i);
      }
    }
    taken = rows(steps);
    for (int i = 0; i < words; i++) {
      skipped[i] = stars[i] | alls[i] | folders[i];
    }
  }

  private long[][] rows(List<Step> steps) {
    var rows = new ArrayList<long[]>();
    for (int b = 0; b < BYTES; b++) {
      long[] takes = new long[words];
      for (int i = 0; i < end; i++) {
        boolean one = steps.get(i) instanceof Step.One(BitSet bytes) && bytes.get(b);
        if (one || (b == '/' && steps.get(i) instanceof Step.Folders)) {
          set(takes, i);
        }
      }
      int known = 0;
      while (known < rows.size() && !Arrays.equals(rows.get(known), takes)) {
        known++;
      }
      if (known == rows.size()) {
        rows.add(takes);
      }
      row[b] = (byte) known;
    }
    return rows.toArray(long[][]::new);
  }

  private static void set(long[] bits, int at) {
    bits[at / Long.SIZE] |= 1L << at;
  }

  /// Compiles a pattern.
  ///
  /// @param path whether it is matched against a path, and not against a name
  static Wildcards compile(String pattern, boolean path, boolean ignoreCase) {
    return new Wildcards(new Compiler(pattern, path, ignoreCase).steps());
  }

  /// @param text in lower case, if that does not count
  boolean matches(String text) {
    long[] at = new long[words];
    at[0] = 1;
    skip(at);
    long[] next = new long[words];
    for (int i = 0; i < text.length(); i++) {
      if (!move(at, next, text.charAt(i))) {
        return false;
      }
      long[] was = at;
      at = next;
      next = was;
    }
    return (at[end / Long.SIZE] >>> end & 1) != 0;
  }

  /// Takes a byte; returns whether any step is left to be at.
  private boolean move(long[] at, long[] next, char b) {
    long[] over = taken[Byte.toUnsignedInt(row[b])];
    long carry = 0;
    for (int i = 0; i < words; i++) {
      long done = at[i] & over[i];
      next[i] = done << 1 | carry | at[i] & (b == '/' ? alls[i] : alls[i] | stars[i]);
      carry = done >>> Long.SIZE - 1;
    }
    skip(next);
    long any = 0;
    for (int i = 0; i < words; i++) {
      // Between two folders is no place to step over them.
      next[i] |= at[i] & folders[i];
      any |= next[i];
    }
    return any != 0;
  }

  /// Goes on over steps that may take nothing; two or three stand in a row at most.
  private void skip(long[] at) {
    boolean more = true;
    while (more) {
      more = false;
      long carry = 0;
      for (int i = 0; i < words; i++) {
        long may = at[i] & skipped[i];
        long reached = may << 1 | carry;
        carry = may >>> Long.SIZE - 1;
        more |= (reached & ~at[i]) != 0;
        at[i] |= reached;
      }
    }
  }

  /// Reads a pattern from left to right.
  private static final class Compiler {
    private static final Step NEVER = new Step.One(new BitSet());

    private final String pattern;
    private final boolean path;
    private final boolean ignoreCase;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    Compiler(String pattern, boolean path, boolean ignoreCase) {
      this.pattern = pattern;
      this.path = path;
      this.ignoreCase = ignoreCase;
    }

    List<Step> steps() {
      while (at < pattern.length()) {
        char c = pattern.charAt(at);
        switch (c) {
          case '*' -> stars();
          case '?' -> {
            at++;
            steps.add(new Step.One(any()));
          }
          case '[' -> {
            at++;
            steps.add(set());
          }
          case '\\' -> {
            at++;
            // Git leaves its case as it is, also where case does not count.
            steps.add(at < pattern.length() ? one(pattern.charAt(at)) : NEVER);
            at++;
          }
          default -> {
            at++;
            steps.add(one(ignoreCase ? ByteNames.lower(c) : c));
          }
        }
      }
      return steps;
    }

    private void stars() {
      boolean opens = at == 0 || pattern.charAt(at - 1) == '/';
      int first = at;
      while (at < pattern.length() && pattern.charAt(at) == '*') {
        at++;
      }
      boolean several = at - first > 1;
      Step step = new Step.Star();
      if (!path) {
        step = new Step.All();
      } else if (several && opens) {
        if (at == pattern.length() || pattern.startsWith("\\/", at)) {
          step = new Step.All();
        } else if (pattern.charAt(at) == '/') {
          at++;
          step = new Step.Folders();
        }
      }
      // Twice in a row is as good as once.
      if (steps.isEmpty() || !steps.getLast().equals(step)) {
        steps.add(step);
      }
    }

    private BitSet any() {
      var bytes = new BitSet(BYTES);
      bytes.set(0, BYTES);
      if (path) {
        bytes.clear('/');
      }
      return bytes;
    }

    private static Step one(char c) {
      var bytes = new BitSet(BYTES);
      bytes.set(c);
      return new Step.One(bytes);
    }

    /// Reads what stands behind a `[`, up to its `]`.
    private Step set() {
      boolean not = at < pattern.length() && "!^".indexOf(pattern.charAt(at)) >= 0;
      if (not) {
        at++;
      }
      var bytes = new BitSet(BYTES);
      // What a `-` reaches back to; 0 if it would be no range.
      char before = 0;
      for (boolean first = true;
          first || (at < pattern.length() && pattern.charAt(at) != ']');
          first = false) {
        if (at >= pattern.length()) {
          return malformed();
        }
        char c = pattern.charAt(at);
        boolean range = c == '-' && before != 0 && at + 1 < pattern.length();
        if (range && pattern.charAt(at + 1) != ']') {
          at++;
          int last = escaped();
          if (last < 0) {
            return malformed();
          }
          range(bytes, before, (char) last);
          before = 0;
        } else if (pattern.startsWith("[:", at)) {
          int end = pattern.indexOf(']', at + 2);
          if (end < 0) {
            return malformed();
          }
          if (end > at + 2 && pattern.charAt(end - 1) == ':') {
            if (!named(bytes, pattern.substring(at + 2, end - 1))) {
              return malformed();
            }
            at = end + 1;
            before = 0;
          } else {
            bytes.set('[');
            before = '[';
            at++;
          }
        } else {
          int one = escaped();
          if (one < 0) {
            return malformed();
          }
          bytes.set(one);
          before = (char) one;
        }
      }
      if (at >= pattern.length()) {
        return malformed();
      }
      at++;
      if (not) {
        bytes.flip(0, BYTES);
      }
      if (path) {
        bytes.clear('/');
      }
      return new Step.One(bytes);
    }

    private Step malformed() {
      at = pattern.length();
      return NEVER;
    }

    /// Returns the next byte, or the one behind a backslash; -1 if there is none.
    private int escaped() {
      if (pattern.charAt(at) == '\\') {
        at++;
      }
      return at < pattern.length() ? pattern.charAt(at++) : -1;
    }

    private void range(BitSet bytes, char first, char last) {
      for (char b = first; b <= last && b < BYTES; b++) {
        bytes.set(b);
        if (ignoreCase) {
          bytes.set(ByteNames.lower(b));
        }
      }
    }

    /// Adds a named class, as the C locale has it.
    private boolean named(BitSet bytes, String name) {
      switch (name) {
        case "alnum" -> ranges(bytes, "azAZ09");
        case "alpha" -> ranges(bytes, "azAZ");
        case "blank" -> ranges(bytes, "  \t\t");
        case "cntrl" -> ranges(bytes, "\0\u001f\u007f\u007f");
        case "digit" -> ranges(bytes, "09");
        case "graph" -> ranges(bytes, "!~");
        case "lower" -> ranges(bytes, "az");
        case "print" -> ranges(bytes, " ~");
        case "punct" -> ranges(bytes, "!/:@[`{~");
        case "space" -> ranges(bytes, "\t\r  ");
        case "upper" -> ranges(bytes, "AZ");
        case "xdigit" -> ranges(bytes, "afAF09");
        default -> {
          return false;
        }
      }
      return true;
    }

    private void ranges(BitSet bytes, String pairs) {
      for (int i = 0; i < pairs.length(); i += 2) {
        range(bytes, pairs.charAt(i), pairs.charAt(i + 1));
      }
    }
  }
}
