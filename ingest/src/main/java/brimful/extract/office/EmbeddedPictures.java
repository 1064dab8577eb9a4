package brimful.extract.office;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.metadata.TikaCoreProperties.EmbeddedResourceType;
import org.apache.tika.parser.ParseContext;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Hands over the pictures of an Office document, as Tika would, but with their places.
final class EmbeddedPictures {
  /// Drawings of vectors, such as EMF, are no pictures to OCR.
  private static final Map<String, String> TYPES =
      Map.of(
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "gif", "image/gif",
          "bmp", "image/bmp",
          "tif", "image/tiff",
          "tiff", "image/tiff",
          "webp", "image/webp");

  private EmbeddedPictures() {}

  /// Tells whether what Tika finds in a document is one of them.
  static boolean isPicture(Metadata metadata) {
    return EmbeddedResourceType.INLINE
            .toString()
            .equals(metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE))
        && TYPES.containsValue(String.valueOf(metadata.get(HttpHeaders.CONTENT_TYPE)));
  }

  /// As they are shown; those of no slide come last.
  private static Comparator<String> order(OfficePackage parts) {
    return Comparator.<String>comparingInt(
            name -> parts.slide(name) == 0 ? Integer.MAX_VALUE : parts.slide(name))
        .thenComparing(Comparator.naturalOrder());
  }

  /// Their names say on which slide they are first.
  ///
  /// @param folder where they lie, such as `word/media/`
  static void read(OfficePackage parts, String folder, ParseContext context) throws SAXException {
    EmbeddedDocumentExtractor extractor = context.get(EmbeddedDocumentExtractor.class);
    Losses losses = Losses.of(context);
    for (String name : parts.in(folder).sorted(order(parts)).toList()) {
      String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      String type = TYPES.get(ending);
      if (extractor != null && type != null) {
        var metadata = new Metadata();
        int slide = parts.slide(name);
        metadata.set(
            TikaCoreProperties.RESOURCE_NAME_KEY,
            (slide > 0 ? "slide " + slide + " " : "") + name.substring(folder.length()));
        metadata.set(HttpHeaders.CONTENT_TYPE, type);
        metadata.set(
            TikaCoreProperties.EMBEDDED_RESOURCE_TYPE, EmbeddedResourceType.INLINE.toString());
        if (extractor.shouldParseEmbedded(metadata)) {
          losses.part();
          try (InputStream in = parts.open(name)) {
            extractor.parseEmbedded(in, new DefaultHandler(), metadata, false);
          } catch (IOException e) {
            losses.lost(name, e);
          }
        }
      }
    }
  }
}
