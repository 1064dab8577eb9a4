package brimful.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A git pattern with wildcards, matched in time proportional to its length and the text's.
///
/// The pattern is compiled to a row of steps, and a text moves through all steps at once, as
/// through a non-deterministic automaton: nothing is ever tried again, so no pattern can stall a
/// listing. Texts are byte strings (see [ByteNames]), for git matches bytes: `?` is one byte, not
/// one letter.
///
/// In a path, `*`, `?` and classes stop at slashes, and `**` between slashes does not. In a name,
/// there are no slashes to stop at. A malformed class matches nothing, and so does a pattern that
/// ends in a backslash.
final class Wildcards {
  private static final int BYTES = 256;

  private final List<Step> steps;

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
    this.steps = steps;
  }

  /// Compiles a pattern.
  ///
  /// @param path whether it is matched against a path, and not against a name
  static Wildcards compile(String pattern, boolean path, boolean ignoreCase) {
    return new Wildcards(new Compiler(pattern, path, ignoreCase).steps());
  }

  /// @param text in lower case, if that does not count
  boolean matches(String text) {
    var at = new BitSet(steps.size() + 1);
    enter(at, 0);
    for (int i = 0; i < text.length() && !at.isEmpty(); i++) {
      at = after(at, text.charAt(i));
    }
    return at.get(steps.size());
  }

  private BitSet after(BitSet at, char b) {
    var next = new BitSet(steps.size() + 1);
    for (int i = at.nextSetBit(0); i >= 0 && i < steps.size(); i = at.nextSetBit(i + 1)) {
      switch (steps.get(i)) {
        case Step.One(BitSet bytes) -> {
          if (bytes.get(b)) {
            enter(next, i + 1);
          }
        }
        case Step.Star() -> {
          if (b != '/') {
            enter(next, i);
          }
        }
        case Step.All() -> enter(next, i);
        case Step.Folders() -> {
          next.set(i);
          if (b == '/') {
            enter(next, i + 1);
          }
        }
      }
    }
    return next;
  }

  /// Steps in, and on over what may take nothing.
  private void enter(BitSet at, int step) {
    int i = step;
    at.set(i);
    while (i < steps.size() && !(steps.get(i) instanceof Step.One)) {
      i++;
      at.set(i);
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
            steps.add(at < pattern.length() ? literal(pattern.charAt(at)) : NEVER);
            at++;
          }
          default -> {
            at++;
            steps.add(literal(c));
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
      if (!path) {
        steps.add(new Step.All());
      } else if (!several || !opens) {
        steps.add(new Step.Star());
      } else if (at == pattern.length() || pattern.startsWith("\\/", at)) {
        steps.add(new Step.All());
      } else if (pattern.charAt(at) == '/') {
        at++;
        steps.add(new Step.Folders());
      } else {
        steps.add(new Step.Star());
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

    private Step literal(char c) {
      var bytes = new BitSet(BYTES);
      bytes.set(ignoreCase ? ByteNames.lower(c) : c);
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
