package brimful.extract.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class MailHeaderStreamTest {
  private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?(.*?)\\?=");

  /// Returns what comes of the Latin-1 text of a mail's bytes, with encoded words in brackets.
  private static String read(String mail) throws IOException {
    try (var in = new MailHeaderStream(new ByteArrayInputStream(mail.getBytes(ISO_8859_1)))) {
      return WORD.matcher(new String(in.readAllBytes(), ISO_8859_1))
          .replaceAll(
              word -> "[" + new String(Base64.getDecoder().decode(word.group(1)), UTF_8) + "]");
    }
  }

  @Test
  void headersBecomeEncodedWordsAndTextStays() throws IOException {
    String head =
        "From: J\u00fcrgen \u00c4. <a@b>\r\nX: y\r\nSubject: Gr\u00f6\u00dfe\r\n f\u00fcr\r\n\r\n";
    String part = "--Q\r\nContent-Disposition: attachment;\r\n filename=\"f\u00fcr.txt\"\r\n\r\n";
    String text = "-- \r\nM\u00fcller\r\n--\r\nf\u00fcr\r\n\r\nSubject: \u00fc\r\n";

    assertThat(read(head + part + text))
        .isEqualTo(
            "From: J[ürgen Ä]. <a@b>\r\nX: y\r\nSubject: Gr[öß]e\r\n f[ü]r\r\n\r\n"
                + "--Q\r\nContent-Disposition: attachment;\r\n filename=\"f[ü]r.txt\"\r\n\r\n"
                + text);
  }

  @Test
  void namesOfOtherScriptsAreRecognised() throws IOException {
    String subject = "Subject: Договор аренды и приложение\r\n";

    assertThat(read(new String(subject.getBytes(Charset.forName("KOI8-R")), ISO_8859_1)))
        .isEqualTo("Subject: [Договор аренды и приложение]\r\n");
    assertThat(read(new String(subject.getBytes(UTF_8), ISO_8859_1)))
        .isEqualTo("Subject: [Договор аренды и приложение]\r\n");
  }

  @Test
  void aLongHeaderIsReadInOnePass() throws IOException {
    String name = "\u00fc a ".repeat(15_000) + "x".repeat(20_000);

    assertThat(read("Subject: " + name + "\n\nbody")).endsWith("\n\nbody").contains("[ü a ü");
  }

  @Seeds
  void whatIsAsciiGoesThroughUnchanged(long seed) throws IOException {
    var random = new Random(seed);
    String[] parts = {"a", "\r\n", "\n", "--", "Content-Type: ", " ", "\t", "x".repeat(9_000), ":"};
    var mail = new StringBuilder();
    for (int i = random.nextInt(200); i > 0; i--) {
      mail.append(parts[random.nextInt(parts.length)]);
    }
    byte[] bytes = mail.toString().getBytes(UTF_8);
    try (var in = new MailHeaderStream(new ByteArrayInputStream(bytes))) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }
}
