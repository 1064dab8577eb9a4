package brimful.extract.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// Changes an RTF file on its way to Tika's parser, which loses some of what a reader sees.
///
/// Text under `\deleted` is left out. Notes, comments with their authors, and texts of shapes are
/// put in place. A row of a table is a line with ` | ` between its cells, and items of lists have
/// their numbers. A raised 6 after 10 is `^6`. A `\pard` comes before the first text if the file
/// has none, because Tika takes all before it for a header. Not thread-safe.
final class RichTextStream extends InputStream {
  /// Groups that hold no text of the document.
  private static final Set<String> DESTINATIONS =
      words(
          "* fonttbl colortbl stylesheet info pict object themedata header headerl headerr headerf"
              + " footer footerl footerr footerf fldinst xe tc txe rxe revtbl listtable listoverridetable");

  /// Takes a word's place, and ends the one before it.
  private static final String NOTHING = "{}";

  /// Words that have no meaning within what is not shown as it stands.
  private static final Set<String> LAYOUT =
      Set.of("par", "cell", "nestcell", "row", "intbl", "super", "sub");

  /// Words that are a character.
  private static final Set<String> SIGNS =
      words("u emdash endash bullet lquote rquote ldblquote rdblquote");

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
  private final RichTextMarks marks = new RichTextMarks();
  private boolean paragraphs;
  private boolean starred;

  /// Whether paragraphs are in a table; what then waits for the next text.
  private boolean inTable;

  private int cells;
  private boolean blank;
  private String number = "";

  private int fontsWithin = Integer.MAX_VALUE;

  /// What stands before the next text if that is a number: `^`, `_` or nothing.
  private String shift = "";

  private char last = ' ';
  private byte[] ready = {};
  private int at;
  private long binary;

  RichTextStream(InputStream in) {
    this.in = in;
  }

  private static Set<String> words(String words) {
    return Set.of(words.split(" ", -1));
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
    if (done.kind == Kind.MARK) {
      return bytes("}" + item());
    }
    blank = false;
    return bytes(done.kind == Kind.NOTE ? "]}" : "}");
  }

  /// Takes the number of an item, which waits for text; returns what does not.
  private String item() {
    String shown = marks.end();
    if (shown.isEmpty() || state.deleted) {
      return "";
    }
    if (state.destination) {
      return shown + " ";
    }
    number = shown + " ";
    return "";
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
        if (state.kind == Kind.MARK) {
          marks.write(bytes);
        } else {
          author.writeBytes(bytes);
        }
      }
      return;
    }
    if (state.destination || state.deleted) {
      ready = state.destination ? bytes : new byte[0];
      return;
    }
    String before = paragraphs || groups.isEmpty() ? "" : "\\pard ";
    paragraphs |= !groups.isEmpty();
    before += waiting();
    before += shifted((char) bytes[0]);
    last = bytes.length == 1 ? (char) (bytes[0] & 0xff) : 'x';
    ready = bytes(before + new String(bytes, ISO_8859_1));
  }

  /// Returns what waited for a text, and now stands before it.
  private String waiting() {
    String waiting = (cells > 0 ? " | ".repeat(cells) : blank ? " " : "") + number;
    last = waiting.isEmpty() ? last : ' ';
    cells = 0;
    blank = false;
    number = "";
    return waiting;
  }

  /// Returns a number that has no text, with what is before it.
  private byte[] alone() {
    return bytes(number.isEmpty() ? NOTHING : "{}" + waiting());
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
    boolean laidOut = !state.destination && (state.kind == Kind.PLAIN || state.kind == Kind.NOTE);
    if (!laidOut && LAYOUT.contains(word)) {
      return;
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
          ready = alone();
          blank = true;
        } else if (!number.isEmpty()) {
          ready = bytes(waiting() + "\\par ");
        }
        last = ' ';
      }
      case "cell", "nestcell" -> {
        ready = alone();
        cells++;
        blank = false;
      }
      case "row" -> {
        cells = 0;
        inTable = false;
        blank = false;
        number = "";
        last = ' ';
        ready = bytes("\\par ");
      }
      case "super", "sub" -> shift = number.equals("0") ? "" : word.equals("super") ? "^" : "_";
      case "bin" -> binary = number.matches("\\d{1,9}") ? Long.parseLong(number) : 0;
      case "f" -> font(number);
      case "fcharset" -> marks.characters(number);
      case "tab", "line" -> {
        text(bytes);
        last = ' ';
      }
      default -> {
        if (SIGNS.contains(word)) {
          text(bytes);
        } else if (DESTINATIONS.contains(word)) {
          state = state.inDestination();
          fontsWithin = word.equals("fonttbl") ? groups.size() : fontsWithin;
        }
      }
    }
  }

  private void font(String number) {
    if (state.kind == Kind.MARK) {
      marks.font(number);
    } else if (groups.size() >= fontsWithin) {
      marks.define(number);
    }
  }

  private void paragraph() {
    if (state.kind == Kind.NOTE || state.kind == Kind.MARK) {
      ready = bytes(NOTHING);
    } else if (state.kind == Kind.PLAIN) {
      paragraphs = true;
      inTable &= state.destination;
    }
  }

  /// Begins a group that is passed on otherwise than it is written; tells whether a word does so.
  private boolean isOpened(String word) {
    if (state.kind != Kind.PLAIN) {
      return false;
    }
    boolean shown = starred || !state.destination;
    ready = new byte[0];
    switch (word) {
      case "footnote", "annotation" -> {
        boolean told = shown && !state.deleted;
        state = new State(state.deleted, !told, told ? Kind.NOTE : Kind.DROPPED);
        String by = author.toString(ISO_8859_1).strip();
        author.reset();
        String comment = by.isEmpty() ? " [comment: " : " [comment by " + by + ": ";
        text(bytes(word.equals("footnote") ? " [footnote: " : comment));
        last = ' ';
      }
      case "atnauthor" -> {
        state = state.with(Kind.AUTHOR);
        author.reset();
      }
      case "listtext", "pntext" -> {
        state = state.with(Kind.MARK);
        marks.begin();
      }
      case "shpinst" -> state = new State(state.deleted, false, Kind.PLAIN);
      case "shptxt" -> ready = bytes("\\par ");
      default -> {
        if (!DROPPED.contains(word)) {
          return false;
        }
        state = state.with(Kind.DROPPED);
      }
    }
    return true;
  }
}
