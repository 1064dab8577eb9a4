package brimful.extract.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

final class MailFuzzTest {
  /// Reads each member to its end, and keeps its bytes.
  private static final class Members implements EmbeddedDocumentExtractor {
    private final List<String> contents = new ArrayList<>();

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
      return true;
    }

    @Override
    public void parseEmbedded(
        InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
        throws IOException {
      contents.add(new String(stream.readAllBytes(), ISO_8859_1));
    }
  }

  private static ParseContext context(Members members) {
    var context = new ParseContext();
    context.set(EmbeddedDocumentExtractor.class, members);
    return context;
  }

  @Seeds
  void readsAnyBytesAsAMail(long seed) throws IOException, SAXException, TikaException {
    byte[] mail;
    try (InputStream in = MailFuzzTest.class.getResourceAsStream("123.emlx")) {
      mail = Objects.requireNonNull(in).readAllBytes();
    }
    var random = new Random(seed);
    String[] parts = {
      "--XX", "--YY--", "\n\n", ";", "\"", "=?UTF-8?B?", "\u00ff", "*0*=", "Content-Type:", ">", "%"
    };
    int members = 0;
    for (int i = 0; i < 150; i++) {
      var text = new StringBuilder(new String(mail, ISO_8859_1));
      for (int j = random.nextInt(8); j > 0; j--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(30));
        text.replace(at, end, parts[random.nextInt(parts.length)]);
      }
      var found = new Members();

      new MailParser()
          .parse(
              new ByteArrayInputStream(text.toString().getBytes(ISO_8859_1)),
              new DefaultHandler(),
              new Metadata(),
              context(found));

      members += found.contents.size();
    }
    assertThat(members).isGreaterThan(150);
  }

  @Seeds
  void splitsAMailboxIntoTheMailsThatWerePutIntoIt(long seed) throws IOException, SAXException {
    var random = new Random(seed);
    String[] lines = {
      "From here on at 10:30", "text", "", "-- ", "Subject: no head", "From", "x".repeat(70_000)
    };
    var mails = new ArrayList<String>();
    var box = new StringBuilder();
    for (int i = random.nextInt(1, 60); i > 0; i--) {
      var mail = new StringBuilder("From: a@b\nSubject: " + i + "\n\n");
      for (int j = random.nextInt(12); j > 0; j--) {
        String line = lines[random.nextInt(lines.length)];
        mail.append(line.startsWith("From ") ? ">" + line : line).append('\n');
      }
      mail.append('\n');
      box.append("From a@b Tue Apr  2 08:00:00 2024\n").append(mail);
      mails.add(mail.toString().replace("\n>From ", "\nFrom "));
    }
    var found = new Members();

    new MailboxParser()
        .parse(
            new ByteArrayInputStream(box.toString().getBytes(ISO_8859_1)),
            new DefaultHandler(),
            new Metadata(),
            context(found));

    assertThat(found.contents).isEqualTo(mails);
  }

  @Test
  void readsEveryMailOfALargeMailbox() throws IOException, SAXException {
    String mail = "From a@b Tue Apr  2 08:00:00 2024\nFrom: a@b\n\nText.\n\n";
    var found = new Members();

    new MailboxParser()
        .parse(
            new ByteArrayInputStream(mail.repeat(1_500).getBytes(ISO_8859_1)),
            new DefaultHandler(),
            new Metadata(),
            context(found));

    assertThat(found.contents).hasSize(1_500).containsOnly("From: a@b\n\nText.\n\n");
  }
}
