package brimful.extract.office;

import brimful.extract.archive.SalvagedZip;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.tika.exception.TikaException;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.utils.XMLReaderUtils;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/// The parts of an Office document, which is a zip of XML files.
///
/// One broken part does not keep the others from being read: it is noted in [Losses]. Without a
/// directory at its end, the zip is salvaged. Not thread-safe.
final class OfficePackage implements Closeable {
  /// A part may expand to this; only a bomb is larger.
  private static final long PART_BYTES_MAX = 2L << 30;

  private final Optional<ZipFile> zip;
  private final Map<String, byte[]> salvaged = new HashMap<>();
  private final Map<String, Integer> pictures = new HashMap<>();
  private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
  private final ParseContext context;
  private final Losses losses;

  /// @param context the document's, with its [Losses]
  OfficePackage(Path file, ParseContext context) throws IOException {
    this.context = context;
    losses = Losses.of(context);
    Optional<ZipFile> opened = Optional.empty();
    try {
      opened = Optional.of(ZipFile.builder().setPath(file).get());
    } catch (IOException e) {
      SalvagedZip.of(file).members().forEach((name, part) -> salvaged.put(key(name), part));
      if (salvaged.isEmpty()) {
        throw e;
      }
      losses.lost("the directory of the zip", e);
    }
    zip = opened;
    zip.ifPresent(open ->
        open.getEntries().asIterator().forEachRemaining(e -> entries.put(key(e.getName()), e)));
  }

  /// @param parts the content of each part, by its key
  OfficePackage(Map<String, byte[]> parts, ParseContext context) {
    this.context = context;
    losses = Losses.of(context);
    zip = Optional.empty();
    salvaged.putAll(parts);
  }

  /// Returns what a part is found by: its name in lower case, with slashes.
  static String key(String name) {
    String path = name.startsWith("/") ? name.substring(1) : name;
    return path.replace('\\', '/').toLowerCase(Locale.ROOT);
  }

  boolean has(String name) {
    return entries.containsKey(key(name)) || salvaged.containsKey(key(name));
  }

  /// Returns the names of the parts in a folder, in lower case.
  Stream<String> in(String folder) {
    return Stream.concat(entries.keySet().stream(), salvaged.keySet().stream())
        .filter(name -> name.startsWith(folder))
        .sorted();
  }

  /// Notes which slides of a presentation are not here.
  void slides(List<String> listed) {
    losses.slides(listed.size(), (int) listed.stream().filter(slide -> !has(slide)).count());
  }

  /// Notes what a slide shows.
  ///
  /// @param number counted from 1, as they are shown
  void slide(int number, Collection<Relation> shown) {
    for (Relation relation : shown) {
      if (relation.type().equals("image") && !relation.external()) {
        pictures.putIfAbsent(key(relation.target()), number);
      }
    }
  }

  /// Returns the number of the first slide that shows a picture; 0 if none does.
  int slide(String picture) {
    return pictures.getOrDefault(key(picture), 0);
  }

  /// Parses a part, if there is one, as far as it can be read.
  void read(String name, DefaultHandler handler) throws SAXException {
    if (!has(name)) {
      return;
    }
    losses.part();
    try (InputStream in = open(name)) {
      XMLReaderUtils.parseSAX(in, handler, context);
    } catch (SAXParseException | IOException | TikaException e) {
      losses.lost(name, e);
    }
  }

  InputStream open(String name) throws IOException {
    byte[] bytes = salvaged.get(key(name));
    if (bytes != null) {
      return new ByteArrayInputStream(bytes);
    }
    return BoundedInputStream.builder()
        .setInputStream(zip.orElseThrow(EOFException::new).getInputStream(entries.get(key(name))))
        .setMaxCount(PART_BYTES_MAX)
        .get();
  }

  /// A part or an address that another part refers to.
  ///
  /// @param type the last word of its type, such as `hyperlink`
  /// @param target a part's full name, or an address
  record Relation(String type, String target, boolean external) {
    /// Returns the name of the part without its folders, as its member has it.
    String file() {
      String key = key(target);
      return key.substring(key.lastIndexOf('/') + 1);
    }
  }

  /// Returns what a part refers to, by id.
  Map<String, Relation> relations(String part) throws SAXException {
    int slash = part.lastIndexOf('/') + 1;
    String folder = part.substring(0, slash);
    Map<String, Relation> relations = new HashMap<>();
    read(
        folder + "_rels/" + part.substring(slash) + ".rels",
        new DefaultHandler() {
          @Override
          public void startElement(String uri, String name, String qName, Attributes attributes) {
            if (name.equals("Relationship")) {
              String type = Xml.value(attributes, "Type");
              boolean external = Xml.value(attributes, "TargetMode").equals("External");
              String target = Xml.value(attributes, "Target");
              relations.put(
                  Xml.value(attributes, "Id"),
                  new Relation(
                      type.substring(type.lastIndexOf('/') + 1),
                      external ? target : resolved(folder, target),
                      external));
            }
          }
        });
    return relations;
  }

  /// Returns the part that a type names, or the usual one.
  String main(String type, String usual) throws SAXException {
    return relations("").values().stream()
        .filter(relation -> relation.type().equals(type) && has(relation.target()))
        .map(Relation::target)
        .findFirst()
        .orElse(usual);
  }

  /// Returns the first part of a type among some relations, or the usual one.
  String target(Map<String, Relation> relations, String type, String usual) {
    return relations.values().stream()
        .filter(relation -> relation.type().equals(type) && has(relation.target()))
        .map(Relation::target)
        .findFirst()
        .orElse(usual);
  }

  private static String resolved(String folder, String target) {
    if (target.startsWith("/")) {
      return target.substring(1);
    }
    var path = new java.util.ArrayDeque<String>();
    for (String step : List.of((folder + target).split("/", -1))) {
      if (step.equals("..")) {
        path.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        path.addLast(step);
      }
    }
    return String.join("/", path);
  }

  @Override
  public void close() throws IOException {
    if (zip.isPresent()) {
      zip.get().close();
    }
  }
}
