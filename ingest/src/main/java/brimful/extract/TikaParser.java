package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.extract.format.MediaFormat;
import brimful.extract.format.RawNames;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.PagedText;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.xml.sax.SAXException;

/// Parses with Tika, in this process and thread: the part that runs inside a [Fork].
///
/// Embedded documents become documents of their own, see [EmbeddedDocuments]. Every exception
/// except an [Error] becomes an outcome. For one file and one thread.
///
/// @param depth how many archives, mails or documents this one lies in
record TikaParser(ExtractLimits limits, Rules rules, Allowance allowance, int depth)
    implements DocumentParser {

  @Override
  public Ending parse(DocumentId id, InputStream bytes, TextSink sink) throws IOException {
    try (var temporary = new TemporaryResources();
        TikaInputStream in =
            TikaInputStream.get(
                MeteredStream.bounded(bytes, limits.documentBytesMax()),
                temporary,
                new Metadata())) {
      // The path gives the stream a file, which detectors and parsers can read in any order.
      in.getPath();
      return parseOpen(id, in, new Metadata(), sink);
    }
  }

  /// Parses a stream that is a file or an open container.
  ///
  /// @param metadata what its own container says of it
  Ending parseOpen(DocumentId id, TikaInputStream in, Metadata metadata, TextSink sink)
      throws IOException {
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, id.value());
    MediaType type = TikaParsers.shared().type(in, metadata);
    MediaFormat format = TikaParsers.shared().format(type);
    return switch (format) {
      case MEDIA -> Ending.of(Rule.MEDIA.skipped());
      case BINARY -> Ending.of(Rule.BINARY.skipped());
      case TEXT -> new TextReader(id, limits, rules, sink).read(in, 0);
      default -> parsed(id, in, metadata, format, sink, new RawNames(type, format));
    };
  }

  private Ending parsed(
      DocumentId id,
      TikaInputStream in,
      Metadata metadata,
      MediaFormat format,
      TextSink sink,
      RawNames names)
      throws IOException {
    var text = new XhtmlText(format, limits, allowance);
    var embeddedDocuments = new EmbeddedDocuments(this, id, format, names, text, sink);
    var context = new ParseContext();
    context.set(EmbeddedDocumentExtractor.class, embeddedDocuments);
    RawNames.prepare(context);
    try {
      if (in.getOpenContainer() instanceof ZipFile zip) {
        names.look(zip);
      }
      TikaParsers.shared().parser().parse(in, text, metadata, context);
      embeddedDocuments.finish(metadata);
    } catch (IOException | SAXException | TikaException | RuntimeException e) {
      Allowance.rethrowBomb(e);
      Ending failure = Failures.ofDocument(e);
      List<Section> sections = sections(metadata, text, format);
      Optional<Outcome> kept = kept(metadata, sections, text, embeddedDocuments, failure);
      if (kept.isEmpty()) {
        return failure;
      }
      give(id, sections, sink);
      return Ending.of(kept.get());
    }
    List<Section> sections = sections(metadata, text, format);
    give(id, sections, sink);
    boolean any = !sections.isEmpty() || embeddedDocuments.hasText();
    return Ending.of(
        embeddedDocuments
            .only()
            .orElseGet(
                () -> any ? whole(text, embeddedDocuments) : embeddedDocuments.withoutText()));
  }

  /// Gives a document's text in runs of limited length.
  private static void give(DocumentId id, List<Section> sections, TextSink sink)
      throws IOException {
    var run = new ArrayList<Section>();
    int characters = 0;
    for (Section section : sections) {
      for (Section piece : section.pieces(TextSink.CHARACTERS_MAX)) {
        if (characters + piece.text().length() > TextSink.CHARACTERS_MAX) {
          sink.text(id, List.copyOf(run));
          run.clear();
          characters = 0;
        }
        run.add(piece);
        characters += piece.text().length();
      }
    }
    if (!run.isEmpty()) {
      sink.text(id, run);
    }
  }

  private Outcome whole(XhtmlText text, EmbeddedDocuments embeddedDocuments) {
    if (embeddedDocuments.leftOut() > 0) {
      int kept = embeddedDocuments.seen() - embeddedDocuments.leftOut();
      return new Outcome.Truncated(kept, embeddedDocuments.seen(), "members");
    }
    if (text.dropped() > 0) {
      return new Outcome.Truncated(text.kept(), text.kept() + text.dropped(), "characters");
    }
    boolean paged =
        embeddedDocuments.format() == MediaFormat.PAGES
            || embeddedDocuments.format() == MediaFormat.SLIDES;
    return paged && text.numbered() > limits.pagesMax()
        ? new Outcome.Truncated(limits.pagesMax(), text.numbered(), "pages")
        : new Outcome.Indexed();
  }

  /// Returns how a document that broke off ended if what it gave before is kept: the members of an
  /// archive, and the pages of a PDF. For other formats nothing is kept, because the missing amount
  /// is unknown.
  private static Optional<Outcome> kept(
      Metadata metadata,
      List<Section> sections,
      XhtmlText text,
      EmbeddedDocuments embeddedDocuments,
      Ending failure)
      throws IOException {
    if (!(failure.outcome() instanceof Outcome.Failed(String cause))) {
      return Optional.empty();
    }
    MediaFormat format = embeddedDocuments.format();
    if (format == MediaFormat.ARCHIVE && embeddedDocuments.hasText()) {
      int kept = embeddedDocuments.kept();
      embeddedDocuments.finish(metadata);
      int of = Math.max(kept + 1, embeddedDocuments.seen());
      return Optional.of(new Outcome.Truncated(kept, of, "members, then: " + cause));
    }
    Integer pages = metadata.getInt(PagedText.N_PAGES);
    if (format == MediaFormat.PAGES && !sections.isEmpty() && pages != null && pages > 0) {
      // All pages were begun, so one of them is broken.
      int kept = Math.min(text.numbered(), pages - 1);
      return Optional.of(new Outcome.Truncated(kept, pages, "pages"));
    }
    return Optional.empty();
  }

  private static List<Section> sections(Metadata metadata, XhtmlText text, MediaFormat format) {
    if (format == MediaFormat.ARCHIVE || format == MediaFormat.COMPRESSED) {
      return List.of();
    }
    return MailHeads.above(text.sections(), metadata);
  }

  /// Returns the parser for what lies in this document.
  TikaParser deeper() {
    return new TikaParser(limits, rules, allowance, depth + 1);
  }
}
