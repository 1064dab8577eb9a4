package brimful.model;

import brimful.token.ImageLimits;
import brimful.token.ImageTokens;
import brimful.token.Vision;
import java.util.List;
import java.util.Optional;

/// Reads how a model of the catalog sees: `image_tokens`, such as `{"rule": "patches", "percent":
/// 120, "patches_max": 10000}`, and `image_limits`, such as `{"count": 600, "bytes_all":
/// 48000000}`.
///
/// A model that takes images and says no more is counted by a bound, and gets few.
final class VisionReader {
  private static final int COUNT_DEFAULT = 20;
  private static final int BYTES_DEFAULT = 5 << 20;
  private static final int BYTES_ALL_DEFAULT = 20_000_000;

  /// What this process holds of one request, whatever the provider would take.
  private static final int BYTES_ALL_MAX = 48_000_000;

  private static final int SIDE_DEFAULT = 2_000;
  private static final int CELL_DEFAULT = 28;
  private static final int PATCHES_MAX_DEFAULT = 30_000;

  private final String id;
  private final JsonValue fields;
  private final List<String> problems;

  VisionReader(String id, JsonValue fields, List<String> problems) {
    this.id = id;
    this.fields = fields;
    this.problems = problems;
  }

  /// Returns how a local model sees, whose runner says no more than that it does.
  static Vision ofRunner() {
    return new Vision(
        new ImageTokens.Bound(CELL_DEFAULT),
        new ImageLimits(
            COUNT_DEFAULT,
            BYTES_DEFAULT,
            BYTES_ALL_DEFAULT,
            SIDE_DEFAULT,
            COUNT_DEFAULT,
            SIDE_DEFAULT));
  }

  Optional<Vision> read() {
    try {
      return Optional.of(new Vision(tokens(fields.field("image_tokens")), limits()));
    } catch (IllegalArgumentException e) {
      problems.add(
          "model %s: image_tokens is %s, image_limits is %s (%s): write a rule of deepseek, patches, tiles, claude, gemini, fixed or bound, and positive numbers"
              .formatted(
                  id, fields.field("image_tokens"), fields.field("image_limits"), e.getMessage()));
      return Optional.empty();
    }
  }

  private static ImageTokens tokens(JsonValue says) {
    String rule = says.field("rule").text("bound");
    return switch (rule) {
      case "deepseek" -> new ImageTokens.DeepSeek();
      case "patches" ->
          new ImageTokens.Patches(
              whole(says, "percent", 100),
              whole(says, "patches_max", PATCHES_MAX_DEFAULT),
              whole(says, "side_max", 0));
      case "tiles" -> new ImageTokens.Tiles(whole(says, "base", 0), whole(says, "tile", 0));
      case "claude" ->
          new ImageTokens.Claude(whole(says, "side_max", 0), whole(says, "tokens_max", 0));
      case "gemini" -> new ImageTokens.GeminiTiles();
      case "fixed" -> new ImageTokens.Fixed(whole(says, "tokens", 0));
      case "bound" -> new ImageTokens.Bound(whole(says, "side", CELL_DEFAULT));
      default -> throw new IllegalArgumentException("no rule \"" + rule + "\"");
    };
  }

  private ImageLimits limits() {
    JsonValue says = fields.field("image_limits");
    int side = whole(says, "side_max", SIDE_DEFAULT);
    int count = whole(says, "count", COUNT_DEFAULT);
    return new ImageLimits(
        count,
        whole(says, "bytes_each", BYTES_DEFAULT),
        Math.min(BYTES_ALL_MAX, whole(says, "bytes_all", BYTES_ALL_DEFAULT)),
        side,
        whole(says, "many", count),
        whole(says, "side_of_many", side));
  }

  private static int whole(JsonValue says, String name, int otherwise) {
    double number = says.field(name).number(says.field(name).isMissing() ? otherwise : -1);
    if (number < 0 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
      throw new IllegalArgumentException(name + " " + says.field(name));
    }
    return (int) number;
  }
}
