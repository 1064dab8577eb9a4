package brimful.service;

import brimful.corpus.PictureHeader;
import brimful.corpus.PictureSize;
import brimful.corpus.UserError;
import brimful.model.ModelProfile;
import brimful.token.ImageLimits;
import brimful.token.Vision;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The images that belong to a question, as a model counts them.
///
/// @param count how many there are
/// @param tokens what they cost together
/// @param bytes what they take in the request
record Images(int count, int tokens, long bytes) {
  private static final Pattern DATA =
      Pattern.compile("data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\\s]+");

  /// How much of an address is quoted in a message.
  private static final int QUOTED_CHARS = 40;

  /// Counts the images of a question.
  ///
  /// @param urls data URLs
  /// @throws UserError if the model cannot read them, or would have to fetch one
  static Images of(List<String> urls, ModelProfile model) {
    if (urls.isEmpty()) {
      return new Images(0, 0, 0);
    }
    Vision vision =
        model
            .vision()
            .orElseThrow(() ->
                wrong("model %s takes no images: leave them out, or ask another", model.id()));
    if (urls.size() > vision.limits().count()) {
      throw wrong(
          "%s images: send %s at most to %s", urls.size(), vision.limits().count(), model.id());
    }
    long tokens = 0;
    long bytes = 0;
    for (String url : urls) {
      PictureSize size = size(url);
      if (!vision.limits().takes(size)) {
        throw wrong(
            "image of %s pixels and %s bytes is larger than %s takes: scale it down",
            size.display(), size.bytes(), model.id());
      }
      tokens += vision.tokens().of(size);
      bytes += ImageLimits.inRequest(size.bytes());
    }
    if (bytes > vision.limits().bytesAll()) {
      throw wrong(
          "images of %s bytes together: send %s at most to %s",
          bytes, vision.limits().bytesAll(), model.id());
    }
    return new Images(urls.size(), Math.toIntExact(tokens), bytes);
  }

  private static PictureSize size(String url) {
    if (!DATA.matcher(url).matches()) {
      throw wrong(
          "image \"%s\" is not sent along: give it as data:image/png;base64,…",
          url.substring(0, Math.min(QUOTED_CHARS, url.length())));
    }
    Optional<PictureHeader> header = Optional.empty();
    try {
      header =
          PictureHeader.of(Base64.getMimeDecoder().decode(url.substring(url.indexOf(',') + 1)));
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    return header
        .map(PictureHeader::size)
        .orElseThrow(() ->
            wrong(
                "image \"%s…\" is no PNG, JPEG, GIF or WebP: encode it as one",
                url.substring(0, Math.min(QUOTED_CHARS, url.length()))));
  }

  private static UserError wrong(String message, Object... values) {
    return new UserError(UserError.Kind.USAGE, message.formatted(values));
  }

  /// Returns how a model sees what else is in its window.
  Optional<Vision> beside(Optional<Vision> vision) {
    return vision.map(known -> new Vision(known.tokens(), known.limits().without(count, bytes)));
  }
}
