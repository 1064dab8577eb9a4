package brimful.extract.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;

/// Changes an RTF file on its way to Tika's parser, which loses some of what a reader sees.
///
/// Text under `\deleted` is left out. Notes, comments with their authors, and texts of shapes are
/// put in place. A row of a table is a line with ` | ` between its cells, and items of lists have
/// their numbers. A raised 6 after 10 is `^6`. A `\pard` comes before the first text if the file
/// has none, because Tika takes all before it for a header. Not thread-safe.
final class RichTextStream extends InputStream {
  /// Groups that hold no text of the document.
  private static final Set<String> DESTINATIONS =
      Set.of(
          "*",
          "fonttbl",
          "colortbl",
          "stylesheet",
          "info",
          "pict",
          "object",
          "themedata",
          "header",
          "headerl",
          "headerr",
          "headerf",
          "footer",
          "footerl",
          "footerr",
          "footerf",
          "fldinst",
          "xe",
          "tc",
          "txe",
          "rxe",
          "revtbl",
          "listtable",
          "listoverridetable");

  /// What counts items, and is no sign before them.
  private static final Pattern NUMBER = Pattern.compile("(?!o$)[\\w().:§ ]*\\w[\\w().:§ ]*");

  /// Takes a word's place, and ends the one before it.
  private static final String NOTHING = "{}";

  private static final int WORD_MAX = 32;
  private static final int GROUPS_MAX = 10_000;

  /// Groups of no use to a reader that Tika shows, or repeats of others.
  private static final Set<String> DROPPED =
      Set.of("atnid", "atndate", "atntime", "atnref", "atnparent", "sp", "shprslt", "nonesttables");

  private enum Kind {
    PLAIN,
    /// A note or comment, which stays within its paragraph.
    NOTE,
    /// Not passed on.
    DROPPED,
    /// The author of the next comment; not passed on.
    AUTHOR,
    /// The number of an item.
    MARK
  }

  /// What holds for a group and those in it.
  private record State(boolean deleted, boolean destination, Kind kind) {
    State with(Kind other) {
      return new State(deleted, destination, other);
    }

    State deleted(boolean on) {
      return new State(on, destination, kind);
    }

    State inDestination() {
      return new State(deleted, true, kind);
    }
  }

  private final InputStream in;
  private final Deque<State> groups = new ArrayDeque<>();
  private State state = new State(false, false, Kind.PLAIN);
  private final ByteArrayOutputStream author = new ByteArrayOutputStream();
  private final ByteArrayOutputStream mark = new ByteArrayOutputStream();
  private boolean paragraphs;
  private boolean starred;

  /// Whether paragraphs are in a table; what then waits for the next text.
  private boolean inTable;

  private int cells;
  private boolean blank;

  /// What stands before the next text if that is a number: `^`, `_` or nothing.
  private String shift = "";

  private char last = ' ';
  private byte[] ready = {};
  private int at;
  private long binary;

  RichTextStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    while (at == ready.length) {
      if (!next()) {
        return -1;
      }
    }
    return ready[at++] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int count = 0;
    for (; count < length; count++) {
      int next = read();
      if (next < 0) {
        break;
      }
      bytes[from + count] = (byte) next;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /// Takes what comes next: a brace, a control, or a character; at the end there is nothing.
  private boolean next() throws IOException {
    at = 0;
    int c = in.read();
    if (c < 0) {
      ready = new byte[0];
      return false;
    }
    if (binary > 0) {
      binary--;
      ready = new byte[] {(byte) c};
    } else if (c == '\\') {
      control();
    } else if (c == '{') {
      if (groups.size() < GROUPS_MAX) {
        groups.push(state);
      }
      ready = star("{");
    } else if (c == '}') {
      ready = closed();
    } else if (c == '\r' || c == '\n') {
      ready = new byte[] {(byte) c};
    } else {
      text(new byte[] {(byte) c});
    }
    return true;
  }

  /// Returns what ends a group.
  private byte[] closed() {
    State done = state;
    state = groups.isEmpty() ? state : groups.pop();
    shift = "";
    if (done.kind == state.kind) {
      return bytes("}");
    }
    blank = false;
    if (done.kind == Kind.MARK) {
      String number = mark.toString(ISO_8859_1).strip();
      mark.reset();
      boolean spoken =
          NUMBER.matcher(number).matches() && !state.deleted && state.kind == Kind.PLAIN;
      return bytes(spoken ? "}" + number + " " : "}");
    }
    return bytes(done.kind == Kind.NOTE ? "]}" : "}");
  }

  private byte[] star(String following) {
    boolean star = starred;
    starred = false;
    return bytes(star ? "\\*" + following : following);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private void text(byte[] bytes) {
    if (state.kind != Kind.PLAIN && state.kind != Kind.NOTE) {
      ready = new byte[0];
      // Blanks and dashes that are words of RTF are no part of a number or a name.
      if (state.kind != Kind.DROPPED && !new String(bytes, ISO_8859_1).matches("\\\\[a-z]+ ?")) {
        (state.kind == Kind.MARK ? mark : author).writeBytes(bytes);
      }
      return;
    }
    if (state.destination || state.deleted) {
      ready = state.destination ? bytes : new byte[0];
      return;
    }
    String before = paragraphs || groups.isEmpty() ? "" : "\\pard ";
    paragraphs |= !groups.isEmpty();
    before += cells > 0 ? " | ".repeat(cells) : blank ? " " : "";
    cells = 0;
    blank = false;
    before += shifted((char) bytes[0]);
    last = bytes.length == 1 ? (char) (bytes[0] & 0xff) : 'x';
    ready = bytes(before + new String(bytes, ISO_8859_1));
  }

  private String shifted(char first) {
    boolean number = Character.isDigit(first) || (first == '-' && shift.equals("^"));
    boolean joins = shift.equals("_") ? Character.isDigit(last) : last != ' ';
    String mark = number && joins ? shift : "";
    shift = "";
    return mark;
  }

  /// Takes what follows a backslash: a word with a number and a blank, or one sign.
  private void control() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write('\\');
    int first = in.read();
    if (first < 0) {
      ready = bytes.toByteArray();
      return;
    }
    bytes.write(first);
    if (!isLetter(first)) {
      if (first == '\'') {
        bytes.write(in.readNBytes(2));
      }
      sign(first, bytes.toByteArray());
      return;
    }
    var word = new StringBuilder().append((char) first);
    var number = new StringBuilder();
    in.mark(1);
    for (int c = in.read(); c >= 0; c = in.read()) {
      boolean digit = Character.isDigit(c) || (c == '-' && number.isEmpty());
      if (isLetter(c) && number.isEmpty() && word.length() < WORD_MAX) {
        word.append((char) c);
      } else if (digit && number.length() < WORD_MAX) {
        number.append((char) c);
      } else {
        if (c == ' ') {
          bytes.write(c);
        } else {
          in.reset();
        }
        break;
      }
      bytes.write(c);
      in.mark(1);
    }
    word(word.toString(), number.toString(), bytes.toByteArray());
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private void sign(int sign, byte[] bytes) {
    if (sign == '*') {
      state = state.inDestination();
      starred = true;
      ready = new byte[0];
    } else {
      text(bytes);
    }
  }

  private void word(String word, String number, byte[] bytes) {
    if (isOpened(word)) {
      starred = false;
      return;
    }
    ready = star(new String(bytes, ISO_8859_1));
    if (state.kind == Kind.DROPPED || state.kind == Kind.AUTHOR) {
      ready = new byte[0];
    }
    switch (word) {
      case "deleted" -> state = state.deleted(!number.equals("0"));
      case "plain" -> {
        state = state.deleted(false);
        shift = "";
      }
      case "pard" -> paragraph();
      case "intbl" -> inTable = true;
      case "chftn", "chatn" -> ready = bytes(NOTHING);
      case "par" -> {
        if (inTable || state.kind == Kind.NOTE) {
          blank = true;
          ready = bytes(NOTHING);
        }
        last = ' ';
      }
      case "cell", "nestcell" -> {
        cells++;
        ready = bytes(NOTHING);
      }
      case "row" -> {
        cells = 0;
        inTable = false;
        blank = false;
        ready = bytes("\\par ");
      }
      case "super", "sub" -> shift = number.equals("0") ? "" : word.equals("super") ? "^" : "_";
      case "bin" -> binary = number.matches("\\d{1,9}") ? Long.parseLong(number) : 0;
      case "u",
          "tab",
          "line",
          "emdash",
          "endash",
          "bullet",
          "lquote",
          "rquote",
          "ldblquote",
          "rdblquote" ->
          text(bytes);
      default -> {
        if (DESTINATIONS.contains(word)) {
          state = state.inDestination();
        }
      }
    }
  }

  private void paragraph() {
    paragraphs = true;
    inTable = false;
    ready = state.kind == Kind.NOTE || state.kind == Kind.MARK ? bytes(NOTHING) : ready;
  }

  /// Begins a group that is passed on otherwise than it is written; tells whether a word does so.
  private boolean isOpened(String word) {
    if (state.kind != Kind.PLAIN) {
      return false;
    }
    boolean shown = starred || !state.destination;
    switch (word) {
      case "footnote", "annotation" -> {
        state = new State(state.deleted, !shown, Kind.NOTE);
        String by = author.toString(ISO_8859_1).strip();
        author.reset();
        boolean note = word.equals("footnote");
        text(
            bytes(
                note
                    ? " [footnote: "
                    : by.isEmpty() ? " [comment: " : " [comment by " + by + ": "));
        last = ' ';
      }
      case "atnauthor" -> {
        state = state.with(Kind.AUTHOR);
        author.reset();
        ready = new byte[0];
      }
      case "listtext", "pntext" -> {
        state = state.with(Kind.MARK);
        ready = new byte[0];
      }
      case "shpinst" -> {
        state = new State(state.deleted, false, Kind.PLAIN);
        ready = new byte[0];
      }
      case "shptxt" -> ready = bytes("\\par ");
      default -> {
        if (!DROPPED.contains(word)) {
          return false;
        }
        state = state.with(Kind.DROPPED);
        ready = new byte[0];
      }
    }
    return true;
  }
}
