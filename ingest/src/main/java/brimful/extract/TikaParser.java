package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.extract.archive.EncryptedPackage;
import brimful.extract.archive.TruncatedZip;
import brimful.extract.format.FormatNames;
import brimful.extract.format.MediaFormat;
import brimful.extract.format.RawNames;
import brimful.extract.limit.Limit;
import brimful.extract.limit.Limits;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.ocr.ImagePages;
import brimful.extract.office.DamagedPackage;
import brimful.extract.office.Losses;
import brimful.extract.ole.TruncatedOle;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
  private static final String TOO_SMALL = "image too small or narrow for words";

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
      Ending ending = parseOpen(id, in, new Metadata(), sink);
      // Some parsers close what they read; then there is no file any more.
      boolean another = ending.outcome() instanceof Outcome.Failed && in.hasFile();
      Optional<TruncatedOle> cut = another ? TruncatedOle.of(in.getPath()) : Optional.empty();
      return cut.isPresent() ? cut(id, cut.get(), in.getLength(), sink) : ending;
    }
  }

  /// Reads what is left of an OLE file that ends early.
  private Ending cut(DocumentId id, TruncatedOle left, long bytes, TextSink sink)
      throws IOException {
    boolean any = false;
    for (int i = 0; i < left.whole().size() && !any; i++) {
      try (TikaInputStream mended = TikaInputStream.get(left.whole().get(i))) {
        Outcome outcome = parseOpen(id, mended, new Metadata(), sink).outcome();
        any = outcome instanceof Outcome.Indexed || outcome instanceof Outcome.Truncated;
      }
    }
    if (!any) {
      any = !String.join("", left.parts()).isBlank();
      sink.runs(id, any ? sections(left) : List.of());
    }
    return Ending.of(
        any
            ? Outcome.Truncated.brokenOff(bytes, "bytes", Failures.ENDS_EARLY)
            : new Outcome.Failed(Failures.ENDS_EARLY));
  }

  private static List<Section> sections(TruncatedOle left) {
    return IntStream.range(0, left.parts().size())
        .mapToObj(i -> {
          String part = PlainText.normal(left.parts().get(i));
          var lines = new Locator.Lines(1, PlainText.lines(part));
          return new Section(left.slides() ? new Locator.Slide(i + 1) : lines, part);
        })
        .toList();
  }

  /// Parses a stream that is a file or an open container.
  ///
  /// @param metadata what its own container says of it
  Ending parseOpen(DocumentId id, TikaInputStream in, Metadata metadata, TextSink sink)
      throws IOException {
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, id.value());
    MediaType type = TikaParsers.shared().type(in, metadata);
    if (in.getOpenContainer() instanceof ZipFile zip && EncryptedPackage.is(zip)) {
      return Ending.of(new Outcome.Encrypted());
    }
    MediaFormat format = TikaParsers.shared().format(type);
    return switch (format) {
      case MEDIA ->
          rules.readsPictures() ? pictures(id, in, sink) : Ending.of(Rule.MEDIA.skipped());
      case BINARY -> Ending.of(FormatNames.unread(type, id.value()));
      case TEXT -> new TextReader(id, limits, rules, sink).read(in, 0);
      default -> parsed(id, in, metadata, type, sink);
    };
  }

  private Ending parsed(
      DocumentId id, TikaInputStream in, Metadata metadata, MediaType type, TextSink sink)
      throws IOException {
    MediaFormat format = TikaParsers.shared().format(type);
    var names = new RawNames(type, format);
    var text = new XhtmlText(format, limits, allowance);
    var embeddedDocuments = new EmbeddedDocuments(this, id, format, names, text, sink);
    var context = new ParseContext();
    context.set(EmbeddedDocumentExtractor.class, embeddedDocuments);
    var losses = new Losses();
    context.set(Losses.class, losses);
    embeddedDocuments.in(TikaParsers.shared().prepare(context, in));
    Optional<String> failure = Optional.empty();
    try {
      boolean cut = look(in, type, format, names, embeddedDocuments);
      TikaParsers.shared().parser().parse(in, text, metadata, context);
      embeddedDocuments.finish(metadata);
      if (cut) {
        throw new EOFException("a zip without its directory");
      }
    } catch (IOException | SAXException | TikaException | RuntimeException e) {
      Allowance.rethrowBomb(e);
      Ending ending = Failures.ofDocument(e);
      if (!(ending.outcome() instanceof Outcome.Failed(String cause))) {
        return ending;
      }
      failure = Optional.of(cause);
      if (ending.breakdown() == FailureKind.BOMB) {
        return ending;
      }
    }
    if (losses.cause().isPresent()) {
      Allowance.rethrowBomb(losses.cause().get());
    }
    XhtmlText best = text;
    boolean silent = text.kept() == 0 && !embeddedDocuments.hasText();
    if (failure.isPresent() || losses.count() > 0 || silent) {
      best = salvaged(in, metadata, format, text);
      if (best != text && failure.isEmpty() && losses.count() == 0) {
        failure = Optional.of("the file is damaged");
      }
    }
    return ended(in, metadata, best, embeddedDocuments, losses, failure, sink);
  }

  private Ending ended(
      TikaInputStream in,
      Metadata metadata,
      XhtmlText text,
      EmbeddedDocuments embeddedDocuments,
      Losses losses,
      Optional<String> failure,
      TextSink sink)
      throws IOException {
    PdfCheck check = check(in, metadata, text, embeddedDocuments.format(), failure);
    if (failure.isPresent()) {
      Optional<Outcome> kept = kept(metadata, check, text, embeddedDocuments, failure.get());
      if (kept.isPresent()) {
        check.give(embeddedDocuments.container(), in, rules, allowance, sink);
      }
      return Ending.of(kept.orElseGet(() -> new Outcome.Failed(failure.get())));
    }
    Optional<Outcome> given = check.give(embeddedDocuments.container(), in, rules, allowance, sink);
    boolean any = !check.sections().isEmpty() || embeddedDocuments.hasText();
    return Ending.of(
        embeddedDocuments
            .only()
            .or(() -> given)
            .orElseGet(() ->
                any
                    ? whole(text, embeddedDocuments, losses)
                    : limited(
                        Optional.ofNullable(MediaType.parse(metadata.get(Metadata.CONTENT_TYPE)))
                            .flatMap(FormatNames::withoutText)
                            .orElseGet(() -> withoutText(embeddedDocuments, losses)),
                        whole(text, embeddedDocuments, losses))));
  }

  /// Sends on the pictures of an image.
  private Ending pictures(DocumentId id, TikaInputStream in, TextSink sink) throws IOException {
    try (var pages = new ImagePages(in.getPath())) {
      int all = pages.count();
      int count = Math.min(all, limits.pagesMax());
      int legible = 0;
      for (int i = 0; i < count; i++) {
        Locator locator = count == 1 ? new Locator.Lines(1, 1) : new Locator.Page(i + 1);
        DrawnImage drawn = DrawnImage.NOTHING;
        try {
          if (!pages.isLegible(i)) {
            continue;
          }
          drawn = pages.picture(i, rules);
        } catch (IOException | RuntimeException e) {
          if (count == 1) {
            throw e;
          }
        }
        legible++;
        sink.image(id, locator, drawn);
      }
      return Ending.of(legible == 0 ? new Outcome.Skipped(TOO_SMALL) : pictures(all, count, pages));
    } catch (IOException e) {
      return Failures.ofDocument(e);
    } catch (RuntimeException e) {
      // Decoders trip over sizes and places that make no sense.
      return Failures.ofPicture(e);
    }
  }

  private Outcome pictures(int all, int count, ImagePages pages) {
    if (pages.damage().isPresent()) {
      return Outcome.Truncated.brokenOff(
          count, all == 1 ? "images" : "pages", pages.damage().get());
    }
    int frames = pages.frames();
    if (all == 1 && frames > 1) {
      return new Outcome.Truncated(1, frames, "frames", "the first is read");
    }
    return count < all
        ? new Outcome.Truncated(count, all, "pages", Limit.PAGES.met(limits.pagesMax()))
        : new Outcome.Indexed(rules.has(Rule.IMAGES) ? "as picture" : "by OCR");
  }

  /// Reads a damaged document that is a zip once more, part by part.
  ///
  /// @return the longer of both texts
  private XhtmlText salvaged(
      TikaInputStream in, Metadata metadata, MediaFormat format, XhtmlText first)
      throws IOException {
    boolean document =
        switch (format) {
          case SLIDES, SHEETS, LINES, FLOW -> true;
          case PAGES, MAIL, ARCHIVE, COMPRESSED, TEXT, MEDIA, BINARY -> false;
        };
    if (!document || !in.hasFile() || !DamagedPackage.isZip(in.getPath())) {
      return first;
    }
    var second = new XhtmlText(format, limits, allowance);
    try {
      var parts = new DamagedPackage(in.getPath(), new ParseContext());
      if (parts.isDamaged()) {
        parts.write(second, metadata);
      }
    } catch (IOException | SAXException | TikaException | RuntimeException | StackOverflowError e) {
      // What came before is kept.
      Allowance.rethrowBomb(e);
    }
    return second.kept() > first.kept() ? second : first;
  }

  /// Looks at all names of an archive before its first member.
  ///
  /// @return whether it is a zip that was cut
  private static boolean look(
      TikaInputStream in,
      MediaType type,
      MediaFormat format,
      RawNames names,
      EmbeddedDocuments embeddedDocuments)
      throws IOException {
    if (in.getOpenContainer() instanceof ZipFile zip) {
      embeddedDocuments.in(zip);
      return false;
    }
    boolean zip = format == MediaFormat.ARCHIVE && type.getSubtype().equals("zip");
    boolean cut = zip && TruncatedZip.is(in.getPath());
    if (cut) {
      names.look(TruncatedZip.names(in.getPath()));
    }
    return cut;
  }

  private static Outcome withoutText(EmbeddedDocuments embeddedDocuments, Losses losses) {
    return losses.outcome().isPresent()
        ? new Outcome.Failed(losses.detail())
        : embeddedDocuments.withoutText();
  }

  /// Names the limit beyond which there may be text: a higher one reads the document again.
  private static Outcome limited(Outcome none, Outcome whole) {
    return none instanceof Outcome.Skipped(String cause)
            && whole instanceof Outcome.Truncated part
            && Limits.met(part.detail()).isPresent()
        ? new Outcome.Skipped("%s (%s)".formatted(cause, part.detail()))
        : none;
  }

  private Outcome whole(XhtmlText text, EmbeddedDocuments embeddedDocuments, Losses losses) {
    if (embeddedDocuments.leftOut() > 0) {
      int kept = embeddedDocuments.seen() - embeddedDocuments.leftOut();
      return new Outcome.Truncated(
          kept, embeddedDocuments.seen(), "members", Limit.MEMBERS.met(limits.membersMax()));
    }
    if (text.dropped() > 0) {
      return new Outcome.Truncated(
          text.kept(),
          text.kept() + text.dropped(),
          "characters",
          Limit.CHARACTERS.met(limits.charactersMax()));
    }
    if (losses.outcome().isPresent()) {
      return losses.outcome().get();
    }
    boolean paged =
        embeddedDocuments.format() == MediaFormat.PAGES
            || embeddedDocuments.format() == MediaFormat.SLIDES;
    return paged && text.numbered() > limits.pagesMax()
        ? new Outcome.Truncated(
            limits.pagesMax(), text.numbered(), "pages", Limit.PAGES.met(limits.pagesMax()))
        : new Outcome.Indexed();
  }

  /// Returns how a document that broke off ended, if it gave anything before that: members, pages
  /// of a PDF, or text, of which nobody knows how much is missing.
  private static Optional<Outcome> kept(
      Metadata metadata,
      PdfCheck check,
      XhtmlText text,
      EmbeddedDocuments embeddedDocuments,
      String cause)
      throws IOException {
    MediaFormat format = embeddedDocuments.format();
    if (format == MediaFormat.ARCHIVE && embeddedDocuments.hasText()) {
      int kept = embeddedDocuments.kept();
      embeddedDocuments.finish(metadata);
      return Optional.of(Outcome.Truncated.brokenOff(kept, "members", cause));
    }
    if (check.outcome().isPresent()) {
      return check.outcome();
    }
    Integer pages = metadata.getInt(PagedText.N_PAGES);
    if (format == MediaFormat.PAGES && !check.sections().isEmpty() && pages != null && pages > 0) {
      // All pages were begun, so one of them is broken.
      int kept = Math.min(text.numbered(), pages - 1);
      return Optional.of(new Outcome.Truncated(kept, pages, "pages"));
    }
    if (format != MediaFormat.COMPRESSED && !check.sections().isEmpty()) {
      return Optional.of(Outcome.Truncated.brokenOff(text.kept(), "characters", cause));
    }
    return format != MediaFormat.COMPRESSED && embeddedDocuments.hasText()
        ? Optional.of(Outcome.Truncated.brokenOff(embeddedDocuments.kept(), "members", cause))
        : Optional.empty();
  }

  /// Looks at a PDF again where its text asks for it.
  private PdfCheck check(
      TikaInputStream in,
      Metadata metadata,
      XhtmlText text,
      MediaFormat format,
      Optional<String> failure) {
    List<Section> sections = sections(metadata, text, format);
    // Drawings of Illustrator are PDFs, too.
    String type = String.valueOf(metadata.get(Metadata.CONTENT_TYPE));
    boolean pdf = type.equals("application/pdf") || type.equals("application/illustrator");
    if (pdf && text.numbered() <= limits.pagesMax() && text.dropped() == 0) {
      try {
        return PdfCheck.of(
                in.getPath(),
                sections,
                text.numbered(),
                failure,
                rules,
                allowance,
                limits.figuresMax())
            .withoutRepeats();
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
    return Section.turns(MailHeads.above(text.sections(), metadata));
  }

  /// Returns the parser for what lies in this document.
  TikaParser deeper() {
    return new TikaParser(limits, rules, allowance, depth + 1);
  }
}
