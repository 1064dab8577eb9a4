package brimful.extract.office;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.extract.Extraction;
import brimful.extract.Extractions;
import brimful.extract.Samples;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes Word documents of their XML.
final class WordFiles {
  private static final String TYPES =
      """
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
      <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
      <Default Extension="xml" ContentType="application/xml"/>
      <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
      """;
  private static final String START =
      """
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
      <Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
      """;
  private static final String TRANSITIONAL =
      "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  private static final String STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main";

  private final Map<String, byte[]> parts = new LinkedHashMap<>();

  private WordFiles(String namespace, String body) {
    parts.put("[Content_Types].xml", TYPES.getBytes(UTF_8));
    parts.put("_rels/.rels", START.getBytes(UTF_8));
    parts.put("word/document.xml", part("document", namespace, "<w:body>" + body + "</w:body>"));
  }

  private static byte[] part(String root, String namespace, String content) {
    return """
    <w:%s xmlns:w="%s" xmlns:m="m" xmlns:wp="wp" xmlns:mc="mc" xmlns:v="v"
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">%s</w:%s>
    """
        .formatted(root, namespace, content, root)
        .getBytes(UTF_8);
  }

  static WordFiles word(String body) {
    return new WordFiles(TRANSITIONAL, body);
  }

  static WordFiles strict(String body) {
    return new WordFiles(STRICT, body);
  }

  WordFiles with(String root, String content) {
    parts.put("word/" + root + ".xml", part(root, TRANSITIONAL, content));
    return this;
  }

  WordFiles withRaw(String name, String content) {
    parts.put(name, content.getBytes(UTF_8));
    return this;
  }

  byte[] bytes() {
    return Samples.zip(parts);
  }

  Extraction read() {
    return Extractions.extract("a.docx", bytes());
  }

  /// Returns the text, with `/` for line breaks.
  String text() {
    return Extractions.shown(read()).replaceFirst("^a\\.docx \\d+-\\d+: ", "");
  }

  static String p(String runs) {
    return "<w:p>" + runs + "</w:p>";
  }

  static String r(String text) {
    return "<w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
  }
}
