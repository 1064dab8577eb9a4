package brimful.extract.office;

import brimful.extract.office.OfficePackage.Relation;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.xml.sax.Attributes;

/// What people wrote of a picture, for those who cannot see it.
final class PictureNames {
  /// Office describes a picture by the file that it came from, unless a person did.
  private static final Pattern FILE =
      Pattern.compile(
          "(?i)[A-Z]:\\\\.*|\\\\\\\\.*|file:.*|/[^/ ]+/.*|\\S+\\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)");

  private PictureNames() {}

  /// Returns how a description stands in a text: `[picture image1.png: A tree]`.
  ///
  /// @param relations what its part refers to
  /// @param id which of these the picture is; may be empty
  static String shown(String description, Map<String, Relation> relations, String id) {
    Relation file = relations.get(id);
    String name = file == null || file.external() ? "" : " " + file.file();
    return "[picture" + name + ": " + description + "]";
  }

  /// Returns the description that an element has in an attribute, or else its title.
  static Optional<String> described(Attributes attributes, String attribute) {
    String text =
        Xml.find(attributes, attribute)
            .filter(it -> !it.isBlank())
            .orElseGet(() -> Xml.value(attributes, "title"))
            .replaceAll("\\s+", " ")
            .strip();
    return Optional.of(text).filter(it -> !it.isEmpty() && !FILE.matcher(it).matches());
  }
}
