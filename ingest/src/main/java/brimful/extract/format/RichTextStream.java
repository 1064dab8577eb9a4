package brimful.extract.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/// Changes an RTF file on its way to Tika's parser: text under `\deleted` is left out, and a
/// `\pard` comes before the first text if the file has none, because Tika takes all before it for a
/// header. Not thread-safe.
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
          "listtext",
          "pntext",
          "xe",
          "tc",
          "txe",
          "rxe",
          "revtbl",
          "listtable",
          "listoverridetable");

  private static final int WORD_MAX = 32;
  private static final int GROUPS_MAX = 10_000;

  /// What holds for a group and those in it.
  private record State(boolean deleted, boolean destination) {}

  private final InputStream in;
  private final Deque<State> groups = new ArrayDeque<>();
  private State state = new State(false, false);
  private boolean paragraphs;
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
      ready = new byte[] {(byte) c};
    } else if (c == '}') {
      state = groups.isEmpty() ? state : groups.pop();
      ready = new byte[] {(byte) c};
    } else if (c == '\r' || c == '\n') {
      ready = new byte[] {(byte) c};
    } else {
      text(new byte[] {(byte) c});
    }
    return true;
  }

  private void text(byte[] bytes) {
    boolean shown = !state.destination;
    if (shown && state.deleted) {
      ready = new byte[0];
    } else if (shown && !paragraphs && !groups.isEmpty()) {
      paragraphs = true;
      byte[] start = "\\pard ".getBytes(US_ASCII);
      ready = new byte[start.length + bytes.length];
      System.arraycopy(start, 0, ready, 0, start.length);
      System.arraycopy(bytes, 0, ready, start.length, bytes.length);
    } else {
      ready = bytes;
    }
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
      state = new State(state.deleted, true);
      ready = bytes;
    } else {
      text(bytes);
    }
  }

  private void word(String word, String number, byte[] bytes) {
    ready = bytes;
    switch (word) {
      case "deleted" -> state = new State(!number.equals("0"), state.destination);
      case "plain" -> state = new State(false, state.destination);
      case "pard" -> paragraphs = true;
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
          state = new State(state.deleted, true);
        }
      }
    }
  }
}
