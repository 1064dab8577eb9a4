package brimful.extract.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import brimful.testing.FuzzContract;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.utils.XMLReaderUtils;
import org.junit.jupiter.api.Test;
import org.xml.sax.helpers.DefaultHandler;

final class LenientXmlTest extends FuzzContract {
  private static String mended(String damaged) throws IOException {
    return new String(LenientXml.mended(damaged.getBytes(UTF_8)), UTF_8)
        .replaceFirst("^<\\?xml[^>]*>", "");
  }

  @Test
  void closesWhatIsCutOff() throws IOException {
    assertThat(mended("<a><b>text</b><b>mo")).isEqualTo("<a><b>text</b><b>mo</b></a>");
  }

  @Test
  void keepsTheTextOfDamagedElements() throws IOException {
    assertThat(mended("<a x='1' =2><b>one</c><!x>two & three</b></a>"))
        .contains("one", "two &amp; three")
        .startsWith("<a");
  }

  @Test
  void declaresPrefixesThatNobodyDeclares() throws IOException {
    assertThat(mended("<w:a><v:b w:c=\"d\">t</v:b>"))
        .contains("xmlns:w=\"undeclared:w\"", "xmlns:v=\"undeclared:v\"", ">t<");
  }

  @Test
  void joinsWhatADamagedEndPutBesideTheRoot() throws IOException {
    assertThat(mended("<a><b>one</b></a><b>two</b>")).isEqualTo("<a><b>one</b><b>two</b></a>");
  }

  @Override
  protected List<byte[]> examples() {
    return List.of("<a xmlns:w='x'><w:b c=\"d\">text &amp; <!-- x --></w:b></a>".getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) throws IOException {
    byte[] mended = LenientXml.mended(bytes);
    if (mended.length > 0) {
      assertThatCode(() ->
              XMLReaderUtils.parseSAX(
                  new ByteArrayInputStream(mended), new DefaultHandler(), new ParseContext()))
          .doesNotThrowAnyException();
    }
  }
}
