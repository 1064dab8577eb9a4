package brimful.extract.mail;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.members;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.Extractions;
import brimful.extract.ocr.Ocr;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class PastedPictureTest {
  private static String mail(String... pictures) {
    var mail =
        new StringBuilder(
            """
            From: a@example.org
            To: b@example.org
            Subject: Plan
            MIME-Version: 1.0
            Content-Type: multipart/related; boundary=R

            --R
            Content-Type: text/html

            <p>See <img src="cid:c1"></p>
            """);
    for (String picture : pictures) {
      mail.append("--R\nContent-ID: <c1>\n").append(picture).append('\n');
    }
    return mail.append("--R--\n").toString();
  }

  private static String png(int width, int height) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return "Content-Type: image/png\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\n"
        + Base64.getMimeEncoder().encodeToString(out.toByteArray());
  }

  @Test
  void isReadLikeAnAttachedOneAndALogoIsListed() throws IOException {
    String mail = mail(png(400, 300), png(20, 20));

    var seen = Extractions.extractSeen("m.eml", mail.getBytes(UTF_8), Ocr.off());

    assertThat(members(seen))
        .containsExactly(
            Map.entry("m.eml!/picture-2.png", "indexed: as picture"),
            Map.entry("m.eml!/picture-3.png", "skipped: image too small or narrow for words"));
  }

  @Test
  void isListedWhereNothingReadsPictures() throws IOException {
    assertThat(members(extract("m.eml", mail(png(400, 300)))))
        .containsExactly(Map.entry("m.eml!/picture-2.png", "skipped: media"));
  }

  @Test
  void whatABrowserSavedWithAPageIsNot() throws IOException {
    String saved = mail(png(400, 300)).replace("From: a@example.org", "From: <Saved by Blink>");

    assertThat(members(extract("m.mhtml", saved))).isEmpty();
  }
}
