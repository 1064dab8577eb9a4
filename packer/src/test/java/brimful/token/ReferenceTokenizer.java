package brimful.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The Hugging Face tokenizer, which ours must equal.
///
/// Its `tokenizer.json` is rebuilt from our resources, with the patterns as DeepSeek writes them,
/// so that the tests need no network. `packer/tools/DeriveTokenizer.java --check` proves that the
/// resources say what DeepSeek's own file says. Added tokens are left out: our input is plain text.
final class ReferenceTokenizer {
  private static final Path FOLDER = Path.of("target", "reference");
  private static final String SPLIT =
      """
      {"type":"Split","pattern":{"Regex":"%s"},"behavior":"Isolated","invert":false}\
      """;
  private static final String NUMBERS = "\\\\p{N}{1,3}";
  private static final String CHINESE_AND_JAPANESE = "[一-龥\u3040-ゟ゠-ヿ]+";
  private static final String THE_REST =
      "[!\\\"#$%&'()*+,\\\\-./:;<=>?@\\\\[\\\\\\\\\\\\]^_`{|}~][A-Za-z]+"
          + "|[^\\r\\n\\\\p{L}\\\\p{P}\\\\p{S}]?[\\\\p{L}\\\\p{M}]+"
          + "| ?[\\\\p{P}\\\\p{S}]+[\\r\\n]*|\\\\s*[\\r\\n]+|\\\\s+(?!\\\\S)|\\\\s+";

  private static final HuggingFaceTokenizer TOKENIZER = tokenizer("tokenizer.json", json());
  private static final HuggingFaceTokenizer SPLITTER = tokenizer("splitter.json", splitter());

  private ReferenceTokenizer() {}

  static int[] encode(String text) {
    return Arrays.stream(TOKENIZER.encode(text).getIds()).mapToInt(Math::toIntExact).toArray();
  }

  /// Returns the pretokens alone: ids may be equal by chance where the cuts are not.
  static List<String> split(String text) {
    int[] codePoints = text.codePoints().toArray();
    return Arrays.stream(SPLITTER.encode(text).getCharTokenSpans())
        .map(span -> new String(codePoints, span.getStart(), span.getEnd() - span.getStart()))
        .toList();
  }

  private static HuggingFaceTokenizer tokenizer(String name, String content) {
    // The native library is in the jar; without these two, DJL would ask the network for another.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ENGINE_CACHE_DIR", FOLDER.toAbsolutePath().toString());
    try {
      Path json = Files.createDirectories(FOLDER).resolve(name);
      Files.writeString(json, content);
      return HuggingFaceTokenizer.builder()
          .optTokenizerPath(json)
          .optAddSpecialTokens(false)
          .optTruncation(false)
          .optPadding(false)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String json() {
    int[][] pairs = new DeepSeekTokenizer().merges().pairs();
    String[] tokens = tokens(pairs);
    List<String> vocabulary = new ArrayList<>();
    for (int id = Merges.FIRST - 256; id < tokens.length; id++) {
      vocabulary.add("\"%s\":%s".formatted(escaped(tokens[id]), id));
    }
    List<String> merges = new ArrayList<>();
    for (int[] pair : pairs) {
      merges.add("\"%s %s\"".formatted(escaped(tokens[pair[0]]), escaped(tokens[pair[1]])));
    }
    String byteLevel =
        """
        ,{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}\
        """;
    return json(
        byteLevel,
        """
        {"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":null,
        "end_of_word_suffix":null,"fuse_unk":false,"byte_fallback":false,
        "vocab":{%s},"merges":[%s]}\
        """
            .formatted(String.join(",", vocabulary), String.join(",", merges)));
  }

  /// Returns a tokenizer to which each pretoken is one unknown word.
  private static String splitter() {
    return json("", "{\"type\":\"WordLevel\",\"vocab\":{\"?\":0},\"unk_token\":\"?\"}");
  }

  private static String json(String byteLevel, String model) {
    return """
    {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
    "pre_tokenizer":{"type":"Sequence","pretokenizers":[%s,%s,%s%s]},
    "post_processor":null,"decoder":null,"model":%s}
    """
        .formatted(
            SPLIT.formatted(NUMBERS),
            SPLIT.formatted(CHINESE_AND_JAPANESE),
            SPLIT.formatted(THE_REST),
            byteLevel,
            model);
  }

  /// Returns the tokens by id, in the alphabet in which each byte is one printable character.
  private static String[] tokens(int[][] pairs) {
    String[] tokens = new String[Merges.FIRST + pairs.length];
    int standIn = 0x100;
    for (int b = 0; b < 256; b++) {
      tokens[Merges.byteId((byte) b)] = Character.toString(Merges.prints(b) ? b : standIn++);
    }
    for (int rank = 0; rank < pairs.length; rank++) {
      tokens[Merges.FIRST + rank] = tokens[pairs[rank][0]] + tokens[pairs[rank][1]];
    }
    return tokens;
  }

  private static String escaped(String token) {
    return token.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
