package brimful.extract.mail;

import brimful.extract.charset.DeclaredCharset;
import brimful.extract.format.HtmlPage;
import brimful.extract.text.EmbeddedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.HttpHeaders;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/// Reads one mail: its head and its own text go to the handler, everything else is a member.
///
/// A part is text unless it is marked as an attachment or has a file's name; `inline` says nothing,
/// because mail programs write it for text and for files. Of alternatives one is read, see
/// [MailText#best]. Signatures, styles, and what a browser saved with a page are left out; pictures
/// that are pasted between the words are members, like those that are attached. A mail that lies
/// inside its signature is opened. An attached mail is a member, not a part. For one mail and one
/// thread.
final class MailReader {
  /// A text that is longer is a member of its own, which has a limit of its own.
  private static final int TEXT_BYTES_MAX = 32 << 20;

  /// A mail is rarely signed twice.
  private static final int ENVELOPES_MAX = 4;

  private final ContentHandler handler;
  private final EmbeddedDocumentExtractor extractor;
  private final MailHead head;
  private final Deque<Multipart> open = new ArrayDeque<>();
  private MimeField content = MimeField.NONE;
  private MimeField disposition = MimeField.NONE;
  private boolean saved;
  private int envelopes;
  private int parts;

  /// A `multipart/…` in progress, with a list of texts for each of its parts that has any.
  private record Multipart(String kind, List<List<MailText>> texts) {
    List<MailText> whole() {
      return kind.equals("alternative")
          ? MailText.best(texts)
          : texts.stream().flatMap(List::stream).toList();
    }
  }

  /// @param inArchive whether the mail may be one of many in a file
  MailReader(ContentHandler handler, EmbeddedDocumentExtractor extractor, boolean inArchive) {
    this.handler = handler;
    this.extractor = extractor;
    head = new MailHead(inArchive);
  }

  void read(InputStream in) throws IOException, SAXException, MimeException {
    var all = new Multipart("mixed", new ArrayList<>());
    open.push(all);
    walk(in);
    while (open.size() > 1) {
      endMultipart();
    }
    write(all.whole());
  }

  private void walk(InputStream in) throws IOException, SAXException, MimeException {
    var config =
        new MimeConfig.Builder()
            .setMaxLineLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxHeaderLen(-1)
            .build();
    var tokens = new MimeTokenStream(config);
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    tokens.parse(in);
    for (EntityState at = tokens.getState();
        at != EntityState.T_END_OF_STREAM;
        at = tokens.next()) {
      take(at, tokens);
    }
  }

  private void take(EntityState state, MimeTokenStream tokens)
      throws IOException, SAXException, MimeException {
    switch (state) {
      case T_START_HEADER -> {
        content = MimeField.NONE;
        disposition = MimeField.NONE;
      }
      case T_FIELD -> field(tokens.getField());
      case T_START_MULTIPART -> {
        String type = tokens.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
        open.push(new Multipart(type.substring(type.indexOf('/') + 1), new ArrayList<>()));
      }
      case T_END_MULTIPART -> endMultipart();
      case T_BODY ->
          body(
              tokens.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT),
              tokens.getDecodedInputStream());
      default -> {
        // Nothing else of a mail is shown.
      }
    }
  }

  private void field(Field field) {
    String name = field.getName().toLowerCase(Locale.ROOT);
    switch (name) {
      case "content-type" -> content = MimeField.parse(field.getBody());
      case "content-disposition" -> disposition = MimeField.parse(field.getBody());
      default -> {
        if (open.size() == 1 && parts == 0) {
          saved |= isOfBrowser(name, field.getBody());
          head.add(name, field.getBody());
        }
      }
    }
  }

  /// Tells whether a field says that a browser saved a page.
  private static boolean isOfBrowser(String name, String body) {
    return name.equals("snapshot-content-location")
        || (name.equals("from") && MimeField.words(body).strip().startsWith("<Saved by "));
  }

  private void endMultipart() {
    List<MailText> texts = open.pop().whole();
    if (!texts.isEmpty() && !open.isEmpty()) {
      open.peek().texts.add(texts);
    }
  }

  private void body(String type, InputStream in) throws IOException, SAXException, MimeException {
    parts++;
    String around = open.peek().kind;
    var part =
        new MailPart(
            type,
            content,
            disposition,
            open.stream().anyMatch(one -> one.kind.equals("related")),
            open.size() == 1 || around.equals("alternative"));
    boolean pasted = part.isPasted() && !saved;
    if (part.isSignature() || (part.isResource() && !pasted)) {
      return;
    }
    if (!part.isText() && !part.isEnvelope()) {
      member(part, in);
      return;
    }
    byte[] bytes = in.readNBytes(TEXT_BYTES_MAX);
    Optional<byte[]> signed =
        part.isEnvelope() && envelopes < ENVELOPES_MAX ? SignedContent.of(bytes) : Optional.empty();
    if (signed.isPresent()) {
      envelopes++;
      walk(new MailHeaderStream(new ByteArrayInputStream(signed.get())));
    } else if (part.isEnvelope() || bytes.length == TEXT_BYTES_MAX) {
      member(part, new SequenceInputStream(new ByteArrayInputStream(bytes), in));
    } else {
      open.peek().texts.add(List.of(text(part, bytes)));
    }
  }

  private static MailText text(MailPart part, byte[] bytes) {
    if (part.isPage()) {
      return MailText.page(HtmlPage.of(bytes, part.charset()));
    }
    String text = EmbeddedData.shortened(DeclaredCharset.decode(bytes, part.charset()));
    return MailText.plain(part.isFlowed() ? FlowedText.joined(text, part.deletesSpace()) : text);
  }

  private void member(MailPart part, InputStream in) throws IOException, SAXException {
    var metadata = new Metadata();
    metadata.set(HttpHeaders.CONTENT_TYPE, part.type());
    metadata.set(
        TikaCoreProperties.EMBEDDED_RESOURCE_TYPE,
        TikaCoreProperties.EmbeddedResourceType.ATTACHMENT.toString());
    Optional<String> name = part.name(parts);
    name.ifPresent(text -> metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, text));
    if (extractor.shouldParseEmbedded(metadata)) {
      extractor.parseEmbedded(in, handler, metadata, false);
    }
  }

  private void write(List<MailText> texts) throws SAXException {
    List<String> lines = saved ? List.of() : head.lines();
    if (!lines.isEmpty()) {
      MailText.write(handler, String.join("\n", lines));
    }
    for (MailText text : texts) {
      text.write(handler, saved);
    }
  }
}
