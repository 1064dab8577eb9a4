package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Outcome;
import brimful.extract.format.MediaFormat;
import brimful.extract.format.RawNames;
import brimful.extract.office.Losses;
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
  public Extraction parse(DocumentId id, InputStream bytes) throws IOException {
    try (var temporary = new TemporaryResources();
        TikaInputStream in =
            TikaInputStream.get(
                MeteredStream.bounded(bytes, limits.documentBytesMax()),
                temporary,
                new Metadata())) {
      return parse(id, in);
    }
  }

  private Extraction parse(DocumentId id, TikaInputStream in) throws IOException {
    // The path gives the stream a file, which detectors and parsers can read in any order.
    in.getPath();
    return parseOpen(id, in, new Metadata());
  }

  /// Parses a stream that is a file or an open container.
  ///
  /// @param metadata what its own container says of it
  Extraction parseOpen(DocumentId id, TikaInputStream in, Metadata metadata) throws IOException {
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, id.value());
    MediaType type = TikaParsers.shared().type(in, metadata);
    MediaFormat format = TikaParsers.shared().format(type);
    return switch (format) {
      case MEDIA -> Extraction.without(Rule.MEDIA.skipped());
      case BINARY -> Extraction.without(Rule.BINARY.skipped());
      case TEXT -> text(id, in);
      default -> parsed(id, in, metadata, new RawNames(type, format), format);
    };
  }

  private Extraction text(DocumentId id, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(limits.textBytesMax());
    long of = bytes.length + (in.read() >= 0 ? 1L : 0L);
    return PlainText.extract(id, bytes, of, rules);
  }

  private Extraction parsed(
      DocumentId id, TikaInputStream in, Metadata metadata, RawNames names, MediaFormat format)
      throws IOException {
    var text = new XhtmlText(format, limits, allowance);
    var embeddedDocuments = new EmbeddedDocuments(this, id, format, names, text);
    var context = new ParseContext();
    context.set(EmbeddedDocumentExtractor.class, embeddedDocuments);
    var losses = new Losses();
    context.set(Losses.class, losses);
    TikaParsers.shared().prepare(context);
    RawNames.prepare(context);
    try {
      if (in.getOpenContainer() instanceof ZipFile zip) {
        names.look(zip);
      }
      TikaParsers.shared().parser().parse(in, text, metadata, context);
      embeddedDocuments.finish(metadata);
      if (losses.cause().isPresent()) {
        Allowance.rethrowBomb(losses.cause().get());
      }
      return finished(id, in, metadata, text, embeddedDocuments, losses);
    } catch (IOException | SAXException | TikaException | RuntimeException e) {
      Allowance.rethrowBomb(e);
      return broken(id, in, metadata, text, embeddedDocuments, Failures.ofDocument(e));
    }
  }

  private Extraction finished(
      DocumentId id,
      TikaInputStream in,
      Metadata metadata,
      XhtmlText text,
      EmbeddedDocuments embeddedDocuments,
      Losses losses) {
    PdfCheck check = check(in, metadata, text, embeddedDocuments.format());
    List<Section> sections = check.sections();
    var texts = new ArrayList<Extraction.Text>();
    if (!sections.isEmpty()) {
      texts.add(new Extraction.Text(id, sections));
    }
    texts.addAll(embeddedDocuments.texts());
    Outcome outcome =
        embeddedDocuments
            .only()
            .orElseGet(() ->
                texts.isEmpty()
                    ? check.outcome().orElseGet(() -> withoutText(embeddedDocuments, losses))
                    : check.outcome().orElseGet(() -> whole(text, embeddedDocuments, losses)));
    return new Extraction(outcome, texts, embeddedDocuments.outcomes());
  }

  private static Outcome withoutText(EmbeddedDocuments embeddedDocuments, Losses losses) {
    return losses.count() > 0
        ? new Outcome.Failed(losses.detail())
        : embeddedDocuments.withoutText();
  }

  private Outcome whole(XhtmlText text, EmbeddedDocuments embeddedDocuments, Losses losses) {
    if (embeddedDocuments.leftOut() > 0) {
      int kept = embeddedDocuments.seen() - embeddedDocuments.leftOut();
      return new Outcome.Truncated(kept, embeddedDocuments.seen(), "members");
    }
    if (text.dropped() > 0) {
      return new Outcome.Truncated(text.kept(), text.kept() + text.dropped(), "characters");
    }
    if (losses.count() > 0) {
      return new Outcome.Truncated(
          losses.parts() - losses.count(), losses.parts(), "parts", losses.detail());
    }
    boolean paged =
        embeddedDocuments.format() == MediaFormat.PAGES
            || embeddedDocuments.format() == MediaFormat.SLIDES;
    return paged && text.numbered() > limits.pagesMax()
        ? new Outcome.Truncated(limits.pagesMax(), text.numbered(), "pages")
        : new Outcome.Indexed();
  }

  /// Keeps what a broken PDF or archive produced before the failure; for other formats nothing is
  /// kept, because the missing amount is unknown.
  private Extraction broken(
      DocumentId id,
      TikaInputStream in,
      Metadata metadata,
      XhtmlText text,
      EmbeddedDocuments embeddedDocuments,
      Extraction failure) {
    if (failure.breakdown() == FailureKind.NONE) {
      return new Extraction(failure.outcome(), List.of(), embeddedDocuments.outcomes());
    }
    PdfCheck check = check(in, metadata, text, embeddedDocuments.format());
    List<Section> sections = check.sections();
    if (check.outcome().isPresent()) {
      List<Extraction.Text> left =
          sections.isEmpty() ? List.of() : List.of(new Extraction.Text(id, sections));
      return new Extraction(check.outcome().get(), left, embeddedDocuments.outcomes());
    }
    Integer pages = metadata.getInt(PagedText.N_PAGES);
    if (embeddedDocuments.format() == MediaFormat.PAGES
        && !sections.isEmpty()
        && pages != null
        && pages > 0) {
      var own = new Extraction.Text(id, sections);
      // All pages were begun, so one of them is broken.
      int kept = Math.min(text.numbered(), pages - 1);
      return new Extraction(
          new Outcome.Truncated(kept, pages, "pages"), List.of(own), embeddedDocuments.outcomes());
    }
    return failure;
  }

  /// Looks at a PDF again where its text asks for it.
  private PdfCheck check(
      TikaInputStream in, Metadata metadata, XhtmlText text, MediaFormat format) {
    List<Section> sections = sections(metadata, text, format);
    boolean pdf = "application/pdf".equals(metadata.get(Metadata.CONTENT_TYPE));
    if (pdf && text.numbered() <= limits.pagesMax() && text.dropped() == 0) {
      try {
        return PdfCheck.of(in.getPath(), sections, text.numbered(), allowance);
      } catch (IOException | RuntimeException e) {
        // The first reading stands.
      }
    }
    return new PdfCheck(sections, Optional.empty());
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
