package brimful.web;

import brimful.corpus.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.io.input.BoundedInputStream;

/// A list of pages that a site gives: a sitemap, an index of sitemaps, or a feed (RSS 2.0, RSS 1.0,
/// Atom), packed by gzip or not.
///
/// The list is whole, or reading it fails: what a cut list lacks would pass for deleted. A document
/// type, which could define entities, is refused.
///
/// @param entries in the order of the list
public record SiteList(Kind kind, List<Entry> entries) {
  /// The limits of one sitemap of <https://www.sitemaps.org/protocol.html>, which hold for feeds as
  /// well.
  public static final int ENTRIES_MAX = 50_000;

  static final int BYTES_MAX = 50 << 20;

  /// How much of a page is looked at to tell whether it is a list.
  public static final int HEAD_BYTES = 64 << 10;

  private static final int LASTMOD_CHARS_MAX = 64;
  private static final int DEPTH_MAX = 100;

  /// What a list is of.
  public enum Kind {
    SITEMAP,
    SITEMAP_INDEX,
    FEED
  }

  /// One line of a list.
  ///
  /// @param location as it is written
  /// @param changed when the page was changed, as it is written; empty if the list does not say
  public record Entry(String location, String changed) {}

  public SiteList {
    entries = List.copyOf(entries);
  }

  /// Returns whether content that begins so is a list, and of what.
  ///
  /// @param head its first bytes, at most [#HEAD_BYTES]
  public static Optional<Kind> kind(byte[] head) {
    try {
      byte[] start = isPacked(head) ? unpackedHead(head) : head;
      if (!mayBeXml(start)) {
        return Optional.empty();
      }
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(start));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          return kind(reader);
        }
      }
      return Optional.empty();
    } catch (XMLStreamException | IOException e) {
      return Optional.empty();
    }
  }

  private static boolean mayBeXml(byte[] start) {
    for (byte b : start) {
      // Marks of encodings and the zeros of UTF-16 may be around the first bracket.
      if (b == '<') {
        return true;
      }
      if (b > ' ') {
        return false;
      }
    }
    return false;
  }

  private static boolean isPacked(byte[] head) {
    return head.length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
  }

  private static byte[] unpackedHead(byte[] head) throws IOException {
    byte[] start = new byte[HEAD_BYTES];
    int length = 0;
    try (var in = new GZIPInputStream(new ByteArrayInputStream(head))) {
      for (int read = 0; read >= 0 && length < start.length; length += Math.max(read, 0)) {
        read = in.read(start, length, start.length - length);
      }
    } catch (IOException _) {
      // The rest is not here.
    }
    return Arrays.copyOf(start, length);
  }

  private static Optional<Kind> kind(XMLStreamReader root) {
    return switch (root.getLocalName()) {
      case "urlset" -> Optional.of(Kind.SITEMAP);
      case "sitemapindex" -> Optional.of(Kind.SITEMAP_INDEX);
      case "rss", "RDF" -> Optional.of(Kind.FEED);
      case "feed" ->
          Optional.ofNullable(root.getNamespaceURI())
              .filter(space -> space.toLowerCase(Locale.ROOT).contains("atom"))
              .map(_ -> Kind.FEED);
      default -> Optional.empty();
    };
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /// Reads a list.
  ///
  /// @param in all of it; not closed
  /// @param url its address, for messages
  /// @throws UserError if it is none, or longer than the standard allows, or broken
  /// @throws UncheckedIOException if the bytes do not come
  public static SiteList read(InputStream in, String url) {
    try {
      InputStream whole = bounded(in, url);
      byte[] head = whole.readNBytes(3);
      InputStream again = new SequenceInputStream(new ByteArrayInputStream(head), whole);
      InputStream plain = isPacked(head) ? bounded(new GZIPInputStream(again), url) : again;
      return parsed(factory().createXMLStreamReader(plain), url);
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException io) {
        throw new UncheckedIOException(io);
      }
      throw broken(url, "is no well-formed XML at line " + e.getLocation().getLineNumber());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SiteList parsed(XMLStreamReader reader, String url) throws XMLStreamException {
    Optional<Kind> kind = Optional.empty();
    List<String> path = new ArrayList<>();
    var lines = new EntryReader(url);
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw broken(url, "defines or uses entities of its own, which are not read");
        case XMLStreamConstants.START_ELEMENT -> {
          if (path.isEmpty()) {
            kind = kind(reader);
            lines.begin(kind.orElseThrow(() -> broken(url, "is neither a sitemap nor a feed")));
          }
          if (path.size() == DEPTH_MAX) {
            throw broken(url, "is nested more than %s deep".formatted(DEPTH_MAX));
          }
          path.add(reader.getLocalName());
          lines.starts(path, reader);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            lines.text(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          lines.ends(path);
          path.removeLast();
        }
        default -> {
          // Comments and the like.
        }
      }
    }
    return new SiteList(
        kind.orElseThrow(() -> broken(url, "is neither a sitemap nor a feed")), lines.entries());
  }

  static UserError broken(String url, String why) {
    return new UserError(UserError.Kind.UPSTREAM, "%s %s: name its pages".formatted(url, why));
  }

  private static InputStream bounded(InputStream in, String url) throws IOException {
    return BoundedInputStream.builder()
        .setInputStream(in)
        // One more, since a list may have as many as that.
        .setMaxCount(BYTES_MAX + 1L)
        .setOnMaxCount((_, _) -> {
          throw new UserError(
              UserError.Kind.TOO_LARGE,
              "%s has more than %s MB, which no sitemap may: name a smaller one, or its pages"
                  .formatted(url, BYTES_MAX >> 20));
        })
        .get();
  }

  /// Collects the entries of a list while its elements come.
  private static final class EntryReader {
    private final String url;
    private final List<Entry> entries = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Kind kind = Kind.SITEMAP;
    private boolean taking;
    private String location = "";
    private String guid = "";
    private boolean guidIsAddress = true;
    private String changed = "";

    /// The namespace of the entry.
    private String space = "";

    EntryReader(String url) {
      this.url = url;
    }

    void begin(Kind found) {
      kind = found;
    }

    private static boolean isEntry(List<String> path) {
      return switch (path.getLast()) {
        case "url", "sitemap", "entry" -> path.size() == 2;
        case "item" -> path.size() <= 3;
        default -> false;
      };
    }

    private static boolean isInEntry(List<String> path) {
      return path.size() > 1 && isEntry(path.subList(0, path.size() - 1));
    }

    void starts(List<String> path, XMLStreamReader reader) {
      taking = false;
      if (isEntry(path)) {
        location = "";
        guid = "";
        changed = "";
        guidIsAddress = true;
        space = space(reader);
        return;
      }
      if (!isInEntry(path)) {
        return;
      }
      String name = path.getLast();
      boolean foreign = isForeign(reader);
      switch (name) {
        case "loc", "lastmod" -> taking = kind != Kind.FEED && !foreign;
        case "link" -> {
          if (kind == Kind.FEED && !foreign && path.get(path.size() - 2).equals("entry")) {
            alternate(reader);
          } else {
            taking = kind == Kind.FEED && !foreign;
          }
        }
        case "guid" -> {
          taking = kind == Kind.FEED && !foreign;
          guidIsAddress = !"false".equals(reader.getAttributeValue(null, "isPermaLink"));
        }
        default -> {
          // Titles and the like.
        }
      }
      text.setLength(0);
    }

    /// Links of Atom in RSS and the like have the names of what is wanted.
    private boolean isForeign(XMLStreamReader reader) {
      return !space.equals(space(reader));
    }

    private static String space(XMLStreamReader reader) {
      return Optional.ofNullable(reader.getNamespaceURI()).orElse("");
    }

    private void alternate(XMLStreamReader reader) {
      String relation = reader.getAttributeValue(null, "rel");
      String target = reader.getAttributeValue(null, "href");
      if (target != null
          && location.isEmpty()
          && (relation == null || relation.equals("alternate"))) {
        location = target;
      }
    }

    void text(String piece) {
      if (taking) {
        if (text.length() + piece.length() > 4 * WebAddress.CHARS_MAX) {
          throw broken(url, "has an entry that is too long for an address");
        }
        text.append(piece);
      }
    }

    void ends(List<String> path) {
      if (taking) {
        String value = text.toString().strip();
        switch (path.getLast()) {
          case "loc", "link" -> location = value;
          case "lastmod" -> changed = value.length() <= LASTMOD_CHARS_MAX ? value : "";
          case "guid" -> guid = value;
          default -> throw new IllegalStateException(path.toString());
        }
        taking = false;
      }
      if (isEntry(path)) {
        if (entries.size() == ENTRIES_MAX) {
          throw new UserError(
              UserError.Kind.TOO_LARGE,
              String.format(
                  Locale.ROOT,
                  "%s has more than %,d entries, which no sitemap may: name a smaller one",
                  url,
                  ENTRIES_MAX));
        }
        String target = location.isEmpty() && guidIsAddress ? guid : location;
        entries.add(new Entry(target, changed));
      }
    }

    List<Entry> entries() {
      return entries;
    }
  }
}
