package brimful.extract.office;

import java.util.Optional;
import org.xml.sax.Attributes;

/// Attributes by their local names: Strict and Transitional documents differ in namespaces only.
final class Xml {
  private Xml() {}

  /// Returns an attribute's value, or nothing.
  static String value(Attributes attributes, String name) {
    return find(attributes, name).orElse("");
  }

  static Optional<String> find(Attributes attributes, String name) {
    for (int i = 0; i < attributes.getLength(); i++) {
      if (attributes.getLocalName(i).equals(name)) {
        return Optional.of(attributes.getValue(i));
      }
    }
    return Optional.empty();
  }

  /// Returns a number between 0 and ten million, or another value where there is none.
  static int number(Attributes attributes, String name, int otherwise) {
    String value = value(attributes, name);
    return value.matches("\\d{1,7}") ? Integer.parseInt(value) : otherwise;
  }

  /// Tells whether a switch such as `hidden` is on.
  static boolean on(Attributes attributes, String name) {
    String value = value(attributes, name);
    return value.equals("1") || value.equals("true") || value.equals("on");
  }
}
