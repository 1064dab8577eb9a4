package brimful.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.PathKind;
import brimful.extract.archive.SevenZipParser;
import brimful.extract.archive.TarStreams;
import brimful.extract.format.ChapterParser;
import brimful.extract.format.FileHeader;
import brimful.extract.format.HtmlParser;
import brimful.extract.format.MediaFormat;
import brimful.extract.format.RawNames;
import brimful.extract.format.RichTextParser;
import brimful.extract.mail.MailContent;
import brimful.extract.mail.MailParser;
import brimful.extract.mail.MailboxParser;
import brimful.extract.office.OdfContentParser;
import brimful.extract.office.PptxParser;
import brimful.extract.office.WordParser;
import brimful.extract.office.XlsParser;
import brimful.extract.office.XlsxParser;
import brimful.extract.ole.OleParser;
import brimful.extract.pdf.PdfParser;
import brimful.source.FileHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveStreamFactory;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.detect.CompositeDetector;
import org.apache.tika.detect.Detector;
import org.apache.tika.detect.microsoft.POIFSContainerDetector;
import org.apache.tika.detect.ole.MiscOLEDetector;
import org.apache.tika.detect.zip.DefaultZipContainerDetector;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.epub.EpubParser;
import org.apache.tika.parser.hwp.HwpV5Parser;
import org.apache.tika.parser.iwork.IWorkPackageParser;
import org.apache.tika.parser.microsoft.OldExcelParser;
import org.apache.tika.parser.microsoft.TNEFParser;
import org.apache.tika.parser.microsoft.chm.ChmParser;
import org.apache.tika.parser.microsoft.onenote.OneNoteParser;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.microsoft.pst.OutlookPSTParser;
import org.apache.tika.parser.microsoft.pst.PSTMailItemParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.parser.pkg.CompressorParser;
import org.apache.tika.parser.pkg.CompressorParserOptions;
import org.apache.tika.parser.pkg.RarParser;
import org.apache.tika.parser.wordperfect.QuattroProParser;
import org.apache.tika.parser.wordperfect.WordPerfectParser;
import org.xml.sax.SAXException;

/// The parsers that we use: our own list, not everything that Tika finds.
///
/// It omits parsers that start programs (OCR, ffmpeg, exiftool) and those for formats without text.
/// The system property [#MORE] adds more: a list of class names separated by commas, each a
/// [Parser] on the class path. They come last and therefore win; they receive only what [Sniffer]
/// considers a document. Created once a process, with the first document, because that takes most
/// of a second. Safe for many threads.
final class TikaParsers {
  /// The system property that names parsers of users or tests.
  static final String MORE = "brimful.extract.parsers";

  private static final int PADDING_BYTES_MIN = 32;

  private static final Pattern NAMED =
      Pattern.compile("openxmlformats|macroenabled|opendocument|epub");

  /// What every document that is a zip has one of, damaged ones too.
  private static final Pattern PARTS =
      Pattern.compile(
          "(?i)^/?(?:\\[Content_Types\\].xml|_rels/|word/|xl/|ppt/|visio/|mimetype|content\\.xml|META-INF/)|\\.x?html?$|\\.opf$");

  private final MediaTypeRegistry registry;
  private final Detector detector;
  private final AutoDetectParser parser;
  private final Set<MediaType> parsed;
  private final TikaConfig config = emptyConfig();

  private TikaParsers() {
    MimeTypes types = MimeTypes.getDefaultMimeTypes();
    registry = types.getMediaTypeRegistry();
    detector =
        new CompositeDetector(
            registry,
            List.of(
                new POIFSContainerDetector(),
                new MiscOLEDetector(),
                new DefaultZipContainerDetector(),
                types));
    parser =
        new AutoDetectParser(
            detector, Stream.concat(parsers().stream(), more()).toArray(Parser[]::new));
    parsed = Set.copyOf(parser.getParsers(new ParseContext()).keySet());
  }

  static TikaParsers shared() {
    return Holder.TIKA;
  }

  /// Returns the parsers' name and version, such as `Apache Tika 3.3.1`.
  static String version() {
    return org.apache.tika.Tika.getString();
  }

  MediaType type(TikaInputStream in, Metadata metadata) throws IOException {
    // Set by parsers, for parts that only another of theirs can read, such as a mail in a PST.
    MediaType known =
        MediaType.parse(metadata.get(TikaCoreProperties.CONTENT_TYPE_PARSER_OVERRIDE));
    if (known != null) {
      return known;
    }
    MediaType detected = registry.normalize(detector.detect(in, metadata));
    Optional<MediaType> other = isText(detected) ? noText(in, metadata) : onlyNamed(in, detected);
    other.ifPresent(
        type -> metadata.set(TikaCoreProperties.CONTENT_TYPE_PARSER_OVERRIDE, type.toString()));
    return other.orElse(detected);
  }

  /// Returns what a zip is that is a document by its name alone: an archive.
  private static Optional<MediaType> onlyNamed(TikaInputStream in, MediaType type) {
    boolean only =
        NAMED.matcher(type.toString()).find()
            && in.getOpenContainer() instanceof ZipFile zip
            && Collections.list(zip.getEntries()).stream()
                .noneMatch(entry -> PARTS.matcher(entry.getName().replace('\\', '/')).find());
    return only ? Optional.of(MediaType.APPLICATION_ZIP) : Optional.empty();
  }

  private static boolean isText(MediaType type) {
    return switch (type.getType()) {
      case "text", "message", "multipart" -> true;
      default -> type.equals(MediaType.OCTET_STREAM) || type.getSubtype().equals("mbox");
    };
  }

  /// Returns what only looks like text: a mail, or a PDF behind lines for a printer.
  private static Optional<MediaType> noText(TikaInputStream in, Metadata metadata)
      throws IOException {
    in.mark(FileHead.BYTES);
    byte[] head = in.readNBytes(FileHead.BYTES);
    in.reset();
    String name = String.valueOf(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY));
    if (PathKind.ending(name).equals("pdf") && FileHeader.isLatePdf(new String(head, ISO_8859_1))) {
      return Optional.of(MediaType.application("pdf"));
    }
    return switch (MailContent.of(head, name)) {
      case NONE -> Optional.empty();
      case MAIL -> Optional.of(MediaType.parse("message/rfc822"));
      case MAILBOX -> Optional.of(MediaType.application("mbox"));
    };
  }

  MediaFormat format(MediaType type) {
    MediaType at = type;
    for (int up = 0; up < 20 && at != null; up++) {
      if (parsed.contains(at)) {
        return MediaFormat.of(type, true);
      }
      at = registry.getSupertype(at);
    }
    return MediaFormat.of(type, false);
  }

  AutoDetectParser parser() {
    return parser;
  }

  /// Makes parsers use what is here. Otherwise they build Tika's default configuration, some of
  /// them for each embedded document, which looks for programs by starting them.
  ///
  /// @param in the document: what was compressed one after the other is one file, as for gzip,
  ///   unless padding follows it
  /// @return what opens the document, if it is a tar
  TarStreams prepare(ParseContext context, TikaInputStream in) {
    context.set(CompressorParserOptions.class, _ -> !isPadded(in));
    context.set(TikaConfig.class, config);
    context.set(Detector.class, detector);
    context.set(Parser.class, parser);
    var tars = new TarStreams();
    context.set(ArchiveStreamFactory.class, tars);
    return tars;
  }

  private static boolean isPadded(TikaInputStream in) {
    try (var file = Files.newByteChannel(in.getPath())) {
      file.position(Math.max(0, file.size() - PADDING_BYTES_MIN));
      var end = ByteBuffer.allocate(PADDING_BYTES_MIN);
      return file.read(end) == PADDING_BYTES_MIN
          && Arrays.equals(end.array(), new byte[PADDING_BYTES_MIN]);
    } catch (IOException e) {
      // Whoever reads it next will say so.
      return false;
    }
  }

  /// Returns a configuration without parsers and detectors: nobody asks it for them.
  private static TikaConfig emptyConfig() {
    String xml =
        """
        <properties>
          <parsers><parser class="org.apache.tika.parser.EmptyParser"/></parsers>
          <detectors><detector class="org.apache.tika.detect.EmptyDetector"/></detectors>
        </properties>
        """;
    try (var in = new ByteArrayInputStream(xml.getBytes(UTF_8))) {
      return new TikaConfig(in);
    } catch (IOException | TikaException | SAXException e) {
      throw new IllegalStateException("Tika does not take an empty configuration", e);
    }
  }

  private static List<Parser> parsers() {
    return List.of(
        pdf(),
        new OleParser(),
        new XlsParser(),
        new OldExcelParser(),
        new OneNoteParser(),
        new OOXMLParser(),
        new WordParser(),
        new XlsxParser(),
        new PptxParser(),
        OdfContentParser.inTika(),
        new IWorkPackageParser(),
        new RichTextParser(),
        new WordPerfectParser(),
        new QuattroProParser(),
        new HwpV5Parser(),
        epub(),
        new ChmParser(),
        new HtmlParser(),
        new MailParser(),
        new MailboxParser(),
        new TNEFParser(),
        new OutlookPSTParser(),
        new PSTMailItemParser(),
        RawNames.parser(),
        new SevenZipParser(),
        new CompressorParser(),
        new RarParser());
  }

  private static Stream<Parser> more() {
    return Arrays.stream(System.getProperty(MORE, "").split(",", -1))
        .filter(name -> !name.isBlank())
        .map(name -> parser(name.strip()));
  }

  private static Parser parser(String name) {
    try {
      return Class.forName(name).asSubclass(Parser.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "%s names %s, which cannot be made: name a public class with a public constructor without parameters"
              .formatted(MORE, name),
          e);
    }
  }

  private static Parser epub() {
    var parser = new EpubParser();
    parser.setContentParser(new ChapterParser());
    return parser;
  }

  private static Parser pdf() {
    var config = new PDFParserConfig();
    config.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
    config.setExtractInlineImages(false);
    config.setExtractBookmarksText(false);
    var parser = new PdfParser();
    parser.setPDFParserConfig(config);
    return parser;
  }

  private static final class Holder {
    static final TikaParsers TIKA = new TikaParsers();
  }
}
