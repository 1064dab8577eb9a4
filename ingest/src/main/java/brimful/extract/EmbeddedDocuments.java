package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.corpus.PathKind;
import brimful.extract.archive.TarStreams;
import brimful.extract.archive.TornStream;
import brimful.extract.charset.Charsets;
import brimful.extract.chat.SlackNames;
import brimful.extract.chat.SlackWorkspace;
import brimful.extract.format.MediaFormat;
import brimful.extract.format.MemberName;
import brimful.extract.format.RawNames;
import brimful.extract.limit.Limit;
import brimful.extract.ocr.DrawnImage;
import brimful.source.FileHead;
import brimful.source.Rule;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.metadata.TikaCoreProperties.EmbeddedResourceType;
import org.apache.tika.parser.ParseContext;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Takes what Tika finds inside a document and makes documents of it.
///
/// Each member of an archive and each attachment of a mail ends with an outcome of its own. The
/// text of a mail that is sent as a part belongs to the mail. Pictures, macros and other parts of a
/// document that are no documents themselves are not listed. A compressed tar is one archive, not
/// two. A member that can't be read does not keep the others from being read.
final class EmbeddedDocuments implements EmbeddedDocumentExtractor {
  private static final Pattern TAR =
      Pattern.compile("(?i).*\\.(?:tgz|tbz2?|txz|tzst|tar\\.\\w{1,4})");

  private final TikaParser parser;
  private final DocumentId container;
  private final MediaFormat format;
  private final RawNames names;
  private final XhtmlText own;
  private final Noting sink;

  /// Members that Tika announced and has not given yet: those that stay are encrypted or broken.
  private final Set<String> asked = new LinkedHashSet<>();

  private Function<String, SlackWorkspace> slack = _ -> SlackWorkspace.UNKNOWN;
  private Supplier<Optional<String>> links = Optional::empty;
  private Optional<Outcome> only = Optional.empty();
  private int seen;
  private int broken;
  private int leftOut;

  /// @param sink takes the text of what lies in the container
  EmbeddedDocuments(
      TikaParser parser,
      DocumentId container,
      MediaFormat format,
      RawNames names,
      XhtmlText own,
      TextSink sink) {
    this.parser = parser;
    this.container = container;
    this.format = format;
    this.names = names;
    this.own = own;
    this.sink = new Noting(sink);
  }

  /// Passes on what lies in the container, and notes what was there.
  private final class Noting implements TextSink {
    private final TextSink sink;
    private boolean text;
    private boolean readable;
    private boolean members;
    private int whole;

    Noting(TextSink sink) {
      this.sink = sink;
    }

    @Override
    public void text(DocumentId id, List<Section> sections) throws IOException {
      text = true;
      sink.text(id, sections);
    }

    @Override
    public void image(DocumentId id, Locator locator, DrawnImage drawn) throws IOException {
      text = true;
      sink.image(id, locator, drawn);
    }

    @Override
    public void member(Item.Member member) throws IOException {
      members = true;
      whole += member.outcome() instanceof Outcome.Truncated ? 0 : 1;
      readable |= !(member.outcome() instanceof Outcome.Encrypted);
      sink.member(member);
    }

    @Override
    public boolean takesMember() {
      return parser.allowance().takeMember();
    }
  }

  /// Takes the zip that the members lie in, which has its files in any order.
  void in(ZipFile zip) {
    names.look(zip);
    var slackNames = new SlackNames();
    slack = path -> slackNames.of(zip, path);
  }

  /// Takes what opens the tar that the members lie in.
  void in(TarStreams tars) {
    links = tars::link;
  }

  DocumentId container() {
    return container;
  }

  MediaFormat format() {
    return format;
  }

  /// Returns whether anything in the container gave text.
  boolean hasText() {
    return sink.text;
  }

  int seen() {
    return seen;
  }

  int leftOut() {
    return leftOut;
  }

  /// Returns how many members were read to their ends.
  int kept() {
    return seen - leftOut - broken;
  }

  /// Returns how the tar in a compressed tar ended, or a compressed file that is cut or damaged: so
  /// ended the whole.
  Optional<Outcome> only() {
    return only;
  }

  /// Returns how the container ended if nothing in it had text.
  Outcome withoutText() {
    if (sink.members && !sink.readable) {
      return new Outcome.Encrypted();
    }
    return new Outcome.Skipped(format == MediaFormat.PAGES ? "no text layer" : "no text");
  }

  /// Accounts for the members that were announced but not given.
  ///
  /// @param metadata the container's, in which Tika notes what went wrong with its members
  void finish(Metadata metadata) throws IOException {
    String[] reasons = metadata.getValues(TikaCoreProperties.TIKA_META_EXCEPTION_EMBEDDED_STREAM);
    boolean encrypted = Arrays.stream(reasons).anyMatch(reason -> reason.contains("ncrypt"));
    for (String name : asked) {
      seen++;
      if (parser.allowance().takeMember()) {
        Outcome outcome =
            encrypted ? new Outcome.Encrypted() : new Outcome.Failed("cannot be unpacked");
        sink.member(new Item.Member(parser.allowance().unique(id(name)), outcome));
      } else {
        leftOut++;
      }
    }
    asked.clear();
  }

  @Override
  public boolean shouldParseEmbedded(Metadata metadata) {
    if (isArchive()) {
      asked.add(MemberName.of(metadata).orElse(""));
      return true;
    }
    String type = metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE);
    return type == null
        || (type.equals(EmbeddedResourceType.INLINE.toString()) && isWantedPicture(metadata))
        || type.equals(EmbeddedResourceType.ATTACHMENT.toString())
        || type.equals(EmbeddedResourceType.ALTERNATE_FORMAT_CHUNK.toString());
  }

  /// Tells whether a part is a picture that OCR reads or models see.
  private boolean isWantedPicture(Metadata metadata) {
    return parser.rules().readsPictures()
        && String.valueOf(metadata.get(HttpHeaders.CONTENT_TYPE)).startsWith("image/");
  }

  @Override
  public void parseEmbedded(
      InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
      throws IOException, SAXException {
    // A part of an OLE file comes as a container that is open already; it has no bytes to read.
    boolean open = stream instanceof TikaInputStream tika && tika.getOpenContainer() != null;
    InputStream counted = open ? stream : parser.allowance().counting(stream);
    Optional<String> name = MemberName.of(metadata);
    asked.remove(name.orElse(""));
    String type = Optional.ofNullable(metadata.get(HttpHeaders.CONTENT_TYPE)).orElse("");
    if (isOwnText(metadata, name, type)) {
      body(counted, metadata, type);
    } else if (format == MediaFormat.COMPRESSED && TAR.matcher(container.value()).matches()) {
      only = Optional.of(ofMembers(read(container, counted, metadata).outcome()));
    } else {
      member(counted, metadata, id(metadata, name.orElseGet(() -> unnamed(type))));
    }
  }

  /// Counts what was read of the tar in a compressed file by members, wherever it broke off.
  private Outcome ofMembers(Outcome outcome) {
    return outcome instanceof Outcome.Truncated(_, long of, String unit, String detail)
            && of == 0
            && unit.equals("bytes")
        ? new Outcome.Truncated(sink.whole, 0, "members", detail)
        : outcome;
  }

  /// Tells whether a part is the text of the mail or document itself, rather than one beside it.
  private boolean isOwnText(Metadata metadata, Optional<String> name, String type) {
    boolean chunk =
        EmbeddedResourceType.ALTERNATE_FORMAT_CHUNK
            .toString()
            .equals(metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE));
    boolean text = format == MediaFormat.LINES || format == MediaFormat.FLOW;
    return text && type.startsWith("text/") && (chunk || name.isEmpty());
  }

  private void member(InputStream in, Metadata metadata, DocumentId wanted) throws IOException {
    seen++;
    if (!parser.allowance().takeMember()) {
      leftOut++;
      return;
    }
    DocumentId id = parser.allowance().unique(wanted);
    String path = wanted.value().substring(container.value().length() + 2);
    InputStream content =
        in instanceof TikaInputStream ? in : new BufferedInputStream(in, FileHead.BYTES);
    Optional<Outcome> ruled = ruledOut(path, content);
    Outcome outcome = ruled.isPresent() ? ruled.get() : read(id, content, metadata).outcome();
    boolean part = outcome instanceof Outcome.Skipped && !isArchive() && !isMail();
    boolean brokenOff = outcome instanceof Outcome.Truncated || outcome instanceof Outcome.Failed;
    if (format == MediaFormat.COMPRESSED && brokenOff) {
      only = Optional.of(outcome);
    }
    if (!part) {
      sink.member(new Item.Member(id, outcome));
    }
  }

  private Ending read(DocumentId id, InputStream in, Metadata metadata) throws IOException {
    if (parser.depth() >= parser.limits().depthMax()) {
      int depth = parser.limits().depthMax();
      return Ending.of(
          new Outcome.Skipped(
              "nested deeper than %s (%s)".formatted(depth, Limit.DEPTH.met(depth))));
    }
    try {
      if (in instanceof TikaInputStream open) {
        return parser.deeper().parseOpen(id, open, metadata, sink);
      }
      var torn = new TornStream(in, Allowance::rethrowBomb);
      Ending ending = reader(id.value()).read(id, torn, 0);
      broken += torn.failure().isPresent() ? 1 : 0;
      return ended(torn, ending);
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
      Allowance.rethrowBomb(e);
      return Failures.ofDocument(e);
    }
  }

  private ContentReader reader(String id) {
    return new ContentReader(
        parser.limits(),
        parser.rules(),
        parser.deeper(),
        (recording, _, _) -> RecordingReader.ofMember(recording),
        () -> slack.apply(id.substring(container.value().length() + 2)),
        sink);
  }

  /// Returns the true ending of what was read as if it were whole.
  private static Ending ended(TornStream torn, Ending whole) {
    Optional<Ending> why = torn.failure().map(Failures::ofDocument);
    if (why.isEmpty() || whole.outcome() instanceof Outcome.Truncated) {
      return whole;
    }
    return whole.outcome() instanceof Outcome.Indexed
            && why.get().outcome() instanceof Outcome.Failed(String cause)
        ? Ending.of(Outcome.Truncated.brokenOff(torn.bytes(), "bytes", cause))
        : why.get();
  }

  /// Adds a part of a mail that is its own text.
  private void body(InputStream in, Metadata metadata, String type)
      throws IOException, SAXException {
    boolean html = type.startsWith("text/html");
    if (!html) {
      byte[] bytes = in.readNBytes(ContentReader.WHOLE_BYTES_MAX);
      own.line(
          PlainText.normal(
              new String(
                  bytes, Charsets.named(metadata.get(HttpHeaders.CONTENT_ENCODING), bytes))));
      return;
    }
    try (TikaInputStream part = TikaInputStream.get(in)) {
      own.flow(true);
      TikaParsers.shared().parser().parse(part, own, metadata, new ParseContext());
    } catch (TikaException e) {
      throw new IOException(e);
    } finally {
      own.flow(false);
    }
  }

  /// @param content a member's bytes, whose first are looked at if the name is not enough
  private Optional<Outcome> ruledOut(String path, InputStream content) {
    if (links.get().isPresent()) {
      return links.get().map(Outcome.Skipped::new);
    }
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      Optional<Rule> rule = parser.rules().folder(parts[i], _ -> false);
      if (rule.isPresent()) {
        return rule.map(Rule::skipped);
      }
    }
    return parser.rules().file(parts[parts.length - 1], () -> head(content)).map(Rule::skipped);
  }

  /// Returns the first bytes, which can be read again; none of what is a container already.
  private static InputStream head(InputStream content) throws IOException {
    if (content instanceof TikaInputStream) {
      return InputStream.nullInputStream();
    }
    content.mark(FileHead.BYTES);
    byte[] head = content.readNBytes(FileHead.BYTES);
    content.reset();
    return new ByteArrayInputStream(head);
  }

  private DocumentId id(String name) {
    return switch (names.of(name)) {
      case RawNames.Name.Text(String text) -> container.member(text);
      case RawNames.Name.Bytes(byte[] bytes) -> container.member(bytes);
    };
  }

  /// A compressed file that does not say its name has the archive's, without the ending. Tika makes
  /// it of the id, and takes the backslashes of its escapes for slashes.
  private DocumentId id(Metadata metadata, String name) {
    boolean made =
        format == MediaFormat.COMPRESSED && metadata.get(TikaCoreProperties.INTERNAL_PATH) == null;
    if (!made || container.value().indexOf('\\') < 0) {
      return id(name);
    }
    byte[] own = container.name();
    int dot = own.length;
    while (dot > 0 && own[dot - 1] != '.') {
      dot--;
    }
    return container.member(dot > 1 ? Arrays.copyOf(own, dot - 1) : own);
  }

  private String unnamed(String type) {
    return type.startsWith("message/rfc822") ? seen + 1 + ".eml" : "part-" + (seen + 1);
  }

  private boolean isArchive() {
    return format == MediaFormat.ARCHIVE || format == MediaFormat.COMPRESSED;
  }

  private boolean isMail() {
    return format == MediaFormat.MAIL || PathKind.ending(container.value()).equals("msg");
  }
}
