package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.PathKind;
import brimful.extract.charset.Charsets;
import brimful.extract.format.MediaFormat;
import brimful.extract.format.RawNames;
import brimful.source.FileHead;
import brimful.source.Rule;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.PST;
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
  private final List<Extraction.Text> texts = new ArrayList<>();
  private final List<Item.Member> outcomes = new ArrayList<>();

  /// Members that Tika announced and has not given yet: those that stay are encrypted or broken.
  private final Set<String> asked = new LinkedHashSet<>();

  private Optional<Outcome> only = Optional.empty();
  private int seen;
  private int leftOut;

  EmbeddedDocuments(
      TikaParser parser, DocumentId container, MediaFormat format, RawNames names, XhtmlText own) {
    this.parser = parser;
    this.container = container;
    this.format = format;
    this.names = names;
    this.own = own;
  }

  MediaFormat format() {
    return format;
  }

  List<Extraction.Text> texts() {
    return texts;
  }

  List<Item.Member> outcomes() {
    return outcomes;
  }

  int seen() {
    return seen;
  }

  int leftOut() {
    return leftOut;
  }

  /// Returns how the tar in a compressed tar ended, which is how the whole ended.
  Optional<Outcome> only() {
    return only;
  }

  /// Returns how the container ended if nothing in it had text.
  Outcome withoutText() {
    boolean encrypted =
        !outcomes.isEmpty()
            && outcomes.stream().allMatch(m -> m.outcome() instanceof Outcome.Encrypted);
    if (encrypted) {
      return new Outcome.Encrypted();
    }
    return new Outcome.Skipped(format == MediaFormat.PAGES ? "no text layer" : "no text");
  }

  /// Accounts for the members that were announced but not given.
  ///
  /// @param metadata the container's, in which Tika notes what went wrong with its members
  void finish(Metadata metadata) {
    String[] reasons = metadata.getValues(TikaCoreProperties.TIKA_META_EXCEPTION_EMBEDDED_STREAM);
    boolean encrypted = Arrays.stream(reasons).anyMatch(reason -> reason.contains("ncrypt"));
    for (String name : asked) {
      seen++;
      if (parser.allowance().takeMember()) {
        Outcome outcome =
            encrypted ? new Outcome.Encrypted() : new Outcome.Failed("cannot be unpacked");
        outcomes.add(new Item.Member(parser.allowance().unique(id(name)), outcome));
      } else {
        leftOut++;
      }
    }
    asked.clear();
  }

  @Override
  public boolean shouldParseEmbedded(Metadata metadata) {
    if (isArchive()) {
      asked.add(name(metadata).orElse(""));
      return true;
    }
    String type = metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE);
    return type == null
        || type.equals(EmbeddedResourceType.ATTACHMENT.toString())
        || type.equals(EmbeddedResourceType.ALTERNATE_FORMAT_CHUNK.toString());
  }

  @Override
  public void parseEmbedded(
      InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
      throws IOException, SAXException {
    // A part of an OLE file comes as a container that is open already; it has no bytes to read.
    boolean open = stream instanceof TikaInputStream tika && tika.getOpenContainer() != null;
    InputStream counted = open ? stream : parser.allowance().counting(stream);
    Optional<String> name = name(metadata);
    asked.remove(name.orElse(""));
    String type = Optional.ofNullable(metadata.get(HttpHeaders.CONTENT_TYPE)).orElse("");
    if (isOwnText(metadata, name, type)) {
      body(counted, metadata, type);
    } else if (format == MediaFormat.COMPRESSED && TAR.matcher(container.value()).matches()) {
      Extraction inner = read(container, counted, metadata);
      only = Optional.of(inner.outcome());
      add(inner);
    } else {
      member(counted, metadata, id(metadata, name.orElseGet(() -> unnamed(type))));
    }
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
    Optional<Outcome> ruledOut = rule(path, content).map(Rule::skipped);
    Extraction inner = ruledOut.map(Extraction::without).orElse(null);
    if (inner == null) {
      inner = read(id, content, metadata);
    }
    boolean part = inner.outcome() instanceof Outcome.Skipped && !isArchive() && !isMail();
    if (!part) {
      outcomes.add(new Item.Member(id, inner.outcome()));
      add(inner);
    }
  }

  private Extraction read(DocumentId id, InputStream in, Metadata metadata) throws IOException {
    if (parser.depth() >= parser.limits().depthMax()) {
      return Extraction.without(
          new Outcome.Skipped("nested deeper than %s".formatted(parser.limits().depthMax())));
    }
    try {
      if (in instanceof TikaInputStream open) {
        return parser.deeper().parseOpen(id, open, metadata);
      }
      return new ContentReader(parser.limits(), parser.rules(), parser.deeper()).read(id, in, 0);
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
      Allowance.rethrowBomb(e);
      return Failures.ofDocument(e);
    }
  }

  private void add(Extraction inner) {
    texts.addAll(inner.texts());
    outcomes.addAll(inner.members());
  }

  /// Adds a part of a mail that is its own text.
  private void body(InputStream in, Metadata metadata, String type)
      throws IOException, SAXException {
    boolean html = type.startsWith("text/html");
    if (!html) {
      byte[] bytes = in.readNBytes(parser.limits().textBytesMax());
      own.line(PlainText.normal(new String(bytes, charset(metadata, bytes))));
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

  private static java.nio.charset.Charset charset(Metadata metadata, byte[] bytes) {
    String named = metadata.get(HttpHeaders.CONTENT_ENCODING);
    try {
      return named == null ? Charsets.of(bytes) : java.nio.charset.Charset.forName(named);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /// @param content a member's bytes, whose first are looked at if the name is not enough
  private Optional<Rule> rule(String path, InputStream content) {
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      Optional<Rule> rule = parser.rules().folder(parts[i], _ -> false);
      if (rule.isPresent()) {
        return rule;
      }
    }
    return parser.rules().file(parts[parts.length - 1], () -> head(content));
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

  private static Optional<String> name(Metadata metadata) {
    String folder = metadata.get(PST.PST_FOLDER_PATH);
    String within = folder == null ? "" : folder.replaceFirst("^/+", "") + "/";
    return Optional.ofNullable(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY))
        .map(name -> within + name)
        .or(() -> Optional.ofNullable(metadata.get(TikaCoreProperties.INTERNAL_PATH)))
        .or(() -> Optional.ofNullable(metadata.get(TikaCoreProperties.EMBEDDED_RELATIONSHIP_ID)))
        .filter(name -> !name.isBlank());
  }

  private String unnamed(String type) {
    String number = String.valueOf(seen + 1);
    return type.startsWith("message/rfc822") ? number + ".eml" : "part-" + number;
  }

  private boolean isArchive() {
    return format == MediaFormat.ARCHIVE || format == MediaFormat.COMPRESSED;
  }

  private boolean isMail() {
    String path = container.value();
    return format == MediaFormat.MAIL || PathKind.ending(path).equals("msg");
  }
}
