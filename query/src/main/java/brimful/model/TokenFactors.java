package brimful.model;

import brimful.store.AtomicFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/// How many tokens models of runners that do not count have used for each token of the estimate.
///
/// One factor for each model and script, learned from the usage of replies: the highest that was
/// seen, because a runner may report only what its cache did not have. Kept in a small file; if it
/// is damaged or cannot be written, the estimate itself serves. Safe for many threads; of two
/// processes, the last one to write wins.
public final class TokenFactors {
  private static final String FILE = "token-factors.json";
  private static final long FILE_BYTES_MAX = 1 << 20;
  private static final int ENTRIES_MAX = 1_000;

  /// No public vocabulary needs fewer than an eighth of what the estimate says.
  private static final double FACTOR_MIN = 0.1;

  private static final double FACTOR_MAX = 4;

  /// A script that has this share of a text's letters decides on its factor.
  private static final double SHARE = 0.15;

  private static final int SAMPLES_MAX = 100_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  /// @param folder where the file is kept; it need not exist
  public TokenFactors(Path folder) {
    file = folder.resolve(FILE);
  }

  /// What a text is mostly written in, beside the Latin letters that all texts have.
  public enum Script {
    LATIN,
    CYRILLIC,
    EAST_ASIAN,
    OTHER;

    /// Returns the script of a text, by letters at equal distances.
    public static Script of(CharSequence text) {
      var letters = new EnumMap<Script, Integer>(Script.class);
      int step = Math.max(1, text.length() / SAMPLES_MAX);
      int all = 0;
      for (int i = 0; i < text.length(); i += step) {
        char c = text.charAt(i);
        if (Character.isLetter(c)) {
          letters.merge(of(c), 1, Integer::sum);
          all++;
        }
      }
      Script most = LATIN;
      double share = SHARE * all;
      for (Map.Entry<Script, Integer> one : letters.entrySet()) {
        if (one.getKey() != LATIN && one.getValue() > share) {
          most = one.getKey();
          share = one.getValue();
        }
      }
      return most;
    }

    private static Script of(char c) {
      return switch (Character.UnicodeScript.of(c)) {
        case LATIN, COMMON -> LATIN;
        case CYRILLIC -> CYRILLIC;
        case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> EAST_ASIAN;
        default -> OTHER;
      };
    }
  }

  /// Returns the factor of a model and a script, if it is known.
  public synchronized OptionalDouble of(ModelProfile model, Script script) {
    double factor = read().path(name(model, script)).asDouble(0);
    return factor >= FACTOR_MIN && factor <= FACTOR_MAX
        ? OptionalDouble.of(factor)
        : OptionalDouble.empty();
  }

  /// Learns from a reply.
  ///
  /// @param estimated the prompt's tokens by the estimate
  /// @param used its tokens as the runner reports them
  public synchronized void learn(ModelProfile model, Script script, long estimated, long used) {
    double seen = (double) used / Math.max(1, estimated);
    ObjectNode factors = read();
    String name = name(model, script);
    boolean known = factors.has(name);
    if (!(seen >= FACTOR_MIN && seen <= FACTOR_MAX)
        || seen <= factors.path(name).asDouble(0)
        || !known && factors.size() >= ENTRIES_MAX) {
      return;
    }
    factors.put(name, seen);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(factors));
    } catch (IOException e) {
      // The next reply teaches the same.
      return;
    }
  }

  private ObjectNode read() {
    try {
      if (Files.exists(file) && Files.size(file) <= FILE_BYTES_MAX) {
        JsonNode read = JSON.readTree(Files.readAllBytes(file));
        if (read instanceof ObjectNode factors) {
          return factors;
        }
      }
    } catch (IOException e) {
      // Learned again, one reply later.
      return JsonNodeFactory.instance.objectNode();
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private static String name(ModelProfile model, Script script) {
    return "%s %s %s".formatted(model.endpoint().family(), model.id(), script);
  }
}
