package brimful.service;

import brimful.corpus.UserError;
import brimful.model.ModelProfile;
import java.util.List;
import java.util.regex.Pattern;

/// Images that belong to a question.
final class Images {
  /// The most that DeepSeek's flash model charges for an image, which is documented for the largest
  /// ones.
  private static final int TOKENS_MAX = 1_024;

  private static final int IMAGES_MAX = 100;

  private static final Pattern DATA =
      Pattern.compile("data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\\s]+");

  private Images() {}

  /// Returns the most tokens that images can cost.
  static int tokens(int images) {
    return images * TOKENS_MAX;
  }

  /// Rejects images that the model cannot read, and addresses that it would have to fetch.
  static void check(List<String> images, ModelProfile model) {
    if (images.isEmpty()) {
      return;
    }
    if (!model.modalities().contains("image")) {
      throw new UserError(
          UserError.Kind.USAGE,
          "model %s takes no images: leave them out, or ask another".formatted(model.id()));
    }
    if (images.size() > IMAGES_MAX) {
      throw new UserError(
          UserError.Kind.USAGE, "%s images: send %s at most".formatted(images.size(), IMAGES_MAX));
    }
    for (String image : images) {
      if (!DATA.matcher(image).matches()) {
        throw new UserError(
            UserError.Kind.USAGE,
            "image \"%s\" is not sent along: give it as data:image/png;base64,…"
                .formatted(image.substring(0, Math.min(40, image.length()))));
      }
    }
  }
}
