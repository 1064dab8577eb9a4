package brimful.extract.mail;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.members;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Extraction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Objects;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailExtractionTest {
  private static final String HEAD =
      """
      From: Ann <ann@example.org>
      To: bob@example.org
      Subject: Numbers
      MIME-Version: 1.0
      """;

  private static final String SHOWN =
      "From: Ann <ann@example.org>/To: bob@example.org/Subject: Numbers//";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain; charset=utf-8 | inline | Words about bilimbi.",
        "text/plain | inline; filename=body.txt | Words about bilimbi.",
        "text/html | inline | <p>Words about <b>bilimbi</b>.</p>",
        "text/x-diff | inline | Words about bilimbi.",
      })
  void readsABodyMarkedInline(String type, String disposition, String body) {
    String mail =
        HEAD
            + "Content-Type: %s\nContent-Disposition: %s\n\n%s\n"
                .formatted(type, disposition, body);

    assertThat(shown(extract("a.eml", mail)))
        .isEqualTo("a.eml 1-5: " + SHOWN + "Words about bilimbi.");
  }

  @Test
  void readsOneOfSeveralAlternatives() {
    String both =
        multipart(
            "alternative",
            part("text/plain", "inline", "Plain about bilimbi."),
            part("text/html", "inline", "<html><body><p>Page about bilimbi.</p></body></html>"));
    String poorPage =
        multipart(
            "alternative",
            part("text/plain", "inline", "All of the words about bilimbi."),
            part("text/html", "inline", "<html><body><img src=x></body></html>"));

    assertThat(shown(extract("a.eml", both)))
        .isEqualTo("a.eml 1-5: " + SHOWN + "Page about bilimbi.");
    assertThat(shown(extract("a.eml", poorPage))).contains("All of the words about bilimbi.");
  }

  @Test
  void keepsPagesApartThatStandAroundAFile() {
    String mail =
        multipart(
            "mixed",
            part("text/html", "inline", "<html><body>Before the file.</body></html>"),
            part("text/csv; name=t.csv", "inline; filename=t.csv", "a;b"),
            part("text/html", "inline", "<html><body>After the file.</body></html>"));

    assertThat(shown(extract("a.eml", mail))).contains("Before the file.//After the file.");
  }

  @Test
  void readsWhatStandsAroundPicturesAndListsThem() {
    String mail =
        multipart(
            "mixed",
            part("text/plain", "inline", "Before the picture."),
            part("image/png; name=p.png", "inline; filename=p.png", "not really"),
            part("text/plain", "inline", "After the picture, about cempedak."));

    Extraction extraction = extract("a.eml", mail);

    assertThat(shown(extraction))
        .isEqualTo(
            "a.eml 1-7: " + SHOWN + "Before the picture.//After the picture, about cempedak.");
    assertThat(members(extraction).keySet()).containsExactly("a.eml!/p.png");
  }

  @Test
  void readsFilesThatAreMarkedInline() {
    String git =
        multipart(
            "mixed",
            part("text/plain; charset=UTF-8", "inline", "This fixes it."),
            part(
                "text/x-patch; name=\"0001-fix.patch\"",
                "inline; filename=\"0001-fix.patch\"",
                "+fixed"));
    String apple =
        multipart(
            "alternative",
            part("text/plain", "", "Plain words."),
            part(
                "multipart/mixed; boundary=\"in\"",
                "",
                "--in\nContent-Type: text/html\n\n<p>See the words</p>\n--in\n"
                    + "Content-Type: text/csv; name=a.csv\nContent-Disposition: inline; filename=a.csv\n\nx;1\n"
                    + "--in\nContent-Type: text/html\n\n<p>and greetings.</p>\n--in--"));

    assertThat(shown(extract("g.eml", git)))
        .isEqualTo("g.eml!/0001-fix.patch 1-1: +fixed\ng.eml 1-5: " + SHOWN + "This fixes it.");
    assertThat(shown(extract("m.eml", apple)))
        .isEqualTo("m.eml!/a.csv 1-1: x;1\nm.eml 1-7: " + SHOWN + "See the words//and greetings.");
  }

  @Test
  void readsASignedBodyOnceAndNoSignature() {
    String mail =
        multipart(
            "signed; protocol=\"application/pgp-signature\"",
            part("text/plain; charset=utf-8", "inline", "The signed body about mabolo."),
            part(
                "application/pgp-signature; name=signature.asc",
                "",
                "-----BEGIN PGP SIGNATURE-----"));

    Extraction extraction = extract("a.eml", mail);

    assertThat(shown(extraction))
        .isEqualTo("a.eml 1-5: " + SHOWN + "The signed body about mabolo.");
    assertThat(members(extraction)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain | UTF-8",
        "text/plain | windows-1252",
        "text/plain; charset=us-ascii | UTF-8",
        "text/plain; charset=iso-8859-1 | UTF-8",
        "text/plain; charset=utf-8 | windows-1252",
        "text/plain; charset=nonsense | UTF-8",
        "text/html | UTF-8",
        "text/html; charset=us-ascii | windows-1252",
      })
  void detectsTheEncodingThatIsMissingOrWrong(String type, String encoding) {
    String text = "Der Preis für die Quitte beträgt für große Mengen neun.";
    String mail =
        HEAD + "Content-Type: %s\nContent-Transfer-Encoding: 8bit\n\n%s\n".formatted(type, text);

    assertThat(shown(extract("a.eml", mail.getBytes(Charset.forName(encoding)))))
        .isEqualTo("a.eml 1-5: " + SHOWN + text);
  }

  @Test
  void believesAnEncodingThatIsRight() {
    String text = "Договор аренды и приложение к нему";
    String mail = HEAD + "Content-Type: text/plain; charset=koi8-r\n\n" + text + "\n";

    assertThat(shown(extract("a.eml", mail.getBytes(Charset.forName("KOI8-R"))))).contains(text);
  }

  @Test
  void showsTheSendersTimeBesideUtcAndTheThread() {
    String mail =
        """
        Date: Tue, 2 Apr 2024 10:00:00 +0200 (CEST)
        From: =?UTF-8?Q?J=C3=BCrgen?= <j@example.org>
        Cc: c@example.org,
         d@example.org
        Message-ID: <2@example.org>
        In-Reply-To: <1@example.org>
        Subject: Re: Numbers

        Fine.
        """;

    assertThat(shown(extract("a.eml", mail)))
        .isEqualTo(
            "a.eml 1-8: From: Jürgen <j@example.org>/Cc: c@example.org, d@example.org/"
                + "Date: 2024-04-02 10:00 (08:00 UTC)/Subject: Re: Numbers/"
                + "Message-ID: 2@example.org/In reply to: 1@example.org//Fine.");
  }

  @Test
  void showsTheIdOfAMailThatOthersMayAnswer() {
    String mail = "From: a@example.org\nMessage-ID: <1@example.org>\n\nFine.\n";

    assertThat(shown(extract("a.eml", mail))).isEqualTo("a.eml 1-3: From: a@example.org//Fine.");
    assertThat(shown(extract("a.mbox", "From a Tue Apr  2 10:00:00 2024\n" + mail)))
        .contains("From: a@example.org/Message-ID: 1@example.org//Fine.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Tue, 2 Apr 2024 08:00:00 +0000 | 2024-04-02 08:00 UTC",
        "2024-04-02T08:00:00Z | 2024-04-02 08:00 UTC",
        "2 Apr 24 08:00 EST | 2024-04-02 08:00 (13:00 UTC)",
        "Tue, 2 Apr 2024 23:30:00 -0730 | 2024-04-02 23:30 (2024-04-03 07:00 UTC)",
        "Tue, 99 Apr 2024 08:00:00 +0000 | Tue, 99 Apr 2024 08:00:00 +0000",
        "last week | last week",
      })
  void understandsDates(String written, String display) {
    assertThat(MailDate.display(written)).isEqualTo(display);
  }

  @Test
  void joinsFlowedLines() {
    String text = "A long \nparagraph.\nNext.\n> quoted \n> words\n-- \nAnn";

    assertThat(FlowedText.joined(text, false))
        .isEqualTo("A long paragraph.\nNext.\n> quoted words\n-- \nAnn");
    assertThat(FlowedText.joined("vor \nbei", true)).isEqualTo("vorbei");
  }

  @Test
  void aMailThatBeginsWithItsVersionIsOneAndASavedPageIsAPage() {
    String mail =
        "MIME-Version: 1.0\n"
            + HEAD.replace("MIME-Version: 1.0\n", "")
            + "Content-Type: multipart/related; boundary=R\n\n--R\nContent-Type: text/html\n\n"
            + "<p>Words with a logo.</p>\n--R\nContent-Type: image/png\nContent-ID: <x>\n\npng\n--R--\n";
    String saved =
        """
        From: <Saved by Blink>
        Snapshot-Content-Location: https://example.org/
        Subject: Jabuticaba
        MIME-Version: 1.0
        Content-Type: multipart/related; type="text/html"; boundary="R"

        --R
        Content-Type: text/html
        Content-Transfer-Encoding: quoted-printable

        <html><head><title>Jabuticaba</title></head><body><p>Grown on trunks =E2=80=94 yes.</p></body></html>
        --R
        Content-Type: text/css
        Content-Location: https://example.org/a.css

        p { color: red }
        --R--
        """;

    Extraction page = extract("a.mhtml", saved);

    assertThat(shown(extract("a.eml", mail)))
        .isEqualTo("a.eml 1-5: " + SHOWN + "Words with a logo.");
    assertThat(shown(page)).isEqualTo("a.mhtml 1-3: # Jabuticaba//Grown on trunks — yes.");
    assertThat(members(page)).isEmpty();
  }

  @Test
  void readsMailsOfAppleMailWithAllThatIsAttached() throws IOException {
    byte[] mail;
    try (InputStream in = MailExtractionTest.class.getResourceAsStream("123.emlx")) {
      mail = Objects.requireNonNull(in).readAllBytes();
    }

    Extraction extraction = extract("123.emlx", mail);

    assertThat(shown(extraction))
        .contains(
            "Please see the attached quotation of Ilama Ltd.",
            "123.emlx!/1.eml 1-5: From: inner@example.org",
            "The inner mail says the vault code is PEWA-4.",
            "Tasting of yangmei",
            "123.emlx!/Prüfung.csv 1-2: Name;Wert/Tamarinde;9/",
            "123.emlx!/offer.pdf p. 1: The results")
        .doesNotContain("plist");
    assertThat(members(extraction).keySet())
        .containsExactly(
            "123.emlx!/1.eml",
            "123.emlx!/Prüfung.csv",
            "123.emlx!/invitation.ics",
            "123.emlx!/offer.pdf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "\uFEFF", "From a@b Tue Apr  2 08:00:00 2024\n", "9999\n"})
  void readsAMailAfterWhatSomeProgramsWriteBeforeIt(String before) {
    assertThat(shown(extract("a.eml", before + HEAD + "\nWords.\n")))
        .isEqualTo("a.eml 1-5: " + SHOWN + "Words.");
  }

  @Test
  void opensAMailInsideItsSignature() throws CMSException, IOException {
    String inner = "Content-Type: text/plain; charset=utf-8\n\nSigned words about mabolo.\n";
    byte[] signed =
        new CMSSignedDataGenerator()
            .generate(new CMSProcessableByteArray(inner.getBytes(UTF_8)), true)
            .toASN1Structure()
            .getEncoded();
    String mail =
        HEAD
            + "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
            + "Content-Disposition: attachment; filename=smime.p7m\n"
            + "Content-Transfer-Encoding: base64\n\n"
            + Base64.getMimeEncoder().encodeToString(signed);

    Extraction extraction = extract("a.eml", mail);

    assertThat(shown(extraction)).isEqualTo("a.eml 1-5: " + SHOWN + "Signed words about mabolo.");
    assertThat(members(extraction)).isEmpty();
  }

  @Test
  void saysWhatIsEncrypted() {
    byte[] enveloped = {
      0x30,
      (byte) 0x82,
      1,
      2,
      6,
      9,
      0x2a,
      (byte) 0x86,
      0x48,
      (byte) 0x86,
      (byte) 0xf7,
      0xd,
      1,
      7,
      3,
      0
    };
    String secured =
        HEAD
            + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n"
            + "Content-Transfer-Encoding: base64\n\n"
            + Base64.getEncoder().encodeToString(enveloped);
    String pgp =
        multipart(
            "encrypted",
            part("application/pgp-encrypted", "", "Version: 1"),
            part(
                "application/octet-stream; name=encrypted.asc",
                "inline; filename=encrypted.asc",
                "-----BEGIN PGP MESSAGE-----\n\nabc"));

    assertThat(members(extract("a.eml", secured))).containsEntry("a.eml!/smime.p7m", "encrypted");
    assertThat(members(extract("b.eml", pgp))).containsEntry("b.eml!/encrypted.asc", "encrypted");
  }

  @Test
  void whatIsCutOffIsReadAsFarAsItGoes() {
    String mail =
        multipart(
            "mixed",
            part("text/plain", "", "First words."),
            part("text/plain", "", "Later words."));
    String cut = mail.substring(0, mail.indexOf("Later") + 5);

    assertThat(shown(extract("a.eml", cut.getBytes(ISO_8859_1)))).contains("First words.//Later");
  }

  private static String part(String type, String disposition, String content) {
    return "Content-Type: %s\n%s\n%s\n"
        .formatted(
            type,
            disposition.isEmpty() ? "" : "Content-Disposition: " + disposition + "\n",
            content);
  }

  private static String multipart(String kind, String... parts) {
    var mail = new StringBuilder(HEAD);
    int semicolon = kind.indexOf(';');
    String subtype = semicolon < 0 ? kind : kind.substring(0, semicolon);
    mail.append("Content-Type: multipart/%s; boundary=B\n\n".formatted(subtype));
    for (String part : parts) {
      mail.append("--B\n").append(part);
    }
    return mail.append("--B--\n").toString();
  }

  @Test
  void aNoteWithTheNameOfAMailIsText() {
    assertThat(shown(extract("a.eml", "Just a note, without a head.\n\nThe end: soon.\n")))
        .isEqualTo("a.eml 1-3: Just a note, without a head.//The end: soon./");
  }
}
