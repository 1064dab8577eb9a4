package brimful.extract.ole;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;

final class OutlookStringsTest {
  private static final int PAGE = 0x3fde0003;
  private static final int LANGUAGE = 0x3ff10003;

  private static byte[] mail(String text, Charset charset, int page, int language)
      throws IOException {
    var properties = ByteBuffer.allocate(32 + 2 * 16).order(ByteOrder.LITTLE_ENDIAN);
    properties.putInt(32, PAGE).putInt(40, page).putInt(48, LANGUAGE).putInt(56, language);
    var out = new ByteArrayOutputStream();
    try (var files = new POIFSFileSystem()) {
      put(files, "__properties_version1.0", properties.array());
      put(files, "__substg1.0_001A001E", "IPM.Note".getBytes(UTF_8));
      put(files, "__substg1.0_0037001E", text.getBytes(charset));
      put(files, "__substg1.0_1000001E", text.getBytes(charset));
      files.writeFilesystem(out);
    }
    return out.toByteArray();
  }

  private static void put(POIFSFileSystem files, String name, byte[] content) throws IOException {
    files.createDocument(new ByteArrayInputStream(content), name);
  }

  private static String read(String text, String charset, int page, int language)
      throws IOException {
    byte[] mail = mail(text, Charset.forName(charset), page, language);
    return shown(extract("a.msg", mail)).replace("a.msg 1-3: ", "");
  }

  @Test
  void readsWhatIsInThePageOfItsLanguageThoughItSaysUtf8() throws IOException {
    assertThat(read("Body öäü Body", "windows-1252", 65_001, 1031))
        .isEqualTo("Subject: Body öäü Body//Body öäü Body");
    assertThat(read("Тема", "windows-1251", 65_001, 1049)).isEqualTo("Subject: Тема//Тема");
  }

  @Test
  void readsUtf8AndNamedPages() throws IOException {
    assertThat(read("Тема öäü", "UTF-8", 65_001, 1033)).isEqualTo("Subject: Тема öäü//Тема öäü");
    assertThat(read("格式測試", "Big5", 950, 1028)).isEqualTo("Subject: 格式測試//格式測試");
  }
}
