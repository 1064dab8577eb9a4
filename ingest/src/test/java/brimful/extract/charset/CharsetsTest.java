package brimful.extract.charset;

import static brimful.extract.Extractions.extract;
import static brimful.extract.Extractions.shown;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CharsetsTest {
  private static final int[] LENGTHS = {10, 20, 40, 80, 200, 500, 2_000};

  /// The share of texts that are read right, in percent, for each length.
  private static final int[] RIGHT_MIN = {91, 95, 98, 99, 99, 99, 99};

  private static final String CODE =
      """
      int count = 3; // %s
      for (int i = 0; i < count; i++) {
        print("value", i);
      }
      """;

  /// Text of a language, and the encodings it was written in. None of it is in what the languages
  /// are learned from.
  private record Sample(String language, List<String> charsets, String text) {}

  private static List<Sample> samples() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CharsetsTest.class.getResourceAsStream("encodings.txt"))) {
      List<Sample> samples = new ArrayList<>();
      for (String part : new String(in.readAllBytes(), UTF_8).split("(?m)^== ", -1)) {
        if (!part.startsWith("#")) {
          int head = part.indexOf('\n');
          List<String> words = List.of(part.substring(0, head).split(" ", -1));
          String text = part.substring(head + 1).strip();
          samples.add(new Sample(words.getFirst(), words.subList(1, words.size()), text));
        }
      }
      return samples;
    }
  }

  /// Returns some sentences in any order, from the start of a word, with a character that is not
  /// ASCII.
  private static String passage(String text, int length, Random random) {
    while (true) {
      var passage = new StringBuilder();
      while (passage.length() < length) {
        int start = random.nextInt(text.length());
        start = Math.max(0, text.indexOf(' ', start) + 1);
        passage.append(text, start, Math.min(text.length(), start + length)).append('\n');
      }
      String cut = passage.substring(0, length);
      if (cut.chars().anyMatch(c -> c >= 0x80)) {
        return cut;
      }
    }
  }

  @Seeds
  void readsTheLanguagesOfTheWorldInTheirOldEncodings(long seed) throws IOException {
    var random = new Random(seed);
    List<Sample> samples = samples();
    assertThat(samples).hasSizeGreaterThan(20);

    for (int k = 0; k < LENGTHS.length; k++) {
      int right = 0;
      int all = 0;
      for (Sample sample : samples) {
        for (String name : sample.charsets()) {
          for (int round = 0; round < 6; round++) {
            String passage = passage(sample.text(), LENGTHS[k], random);
            String text = round % 2 == 0 ? passage : CODE.formatted(passage.replace("\n", "\n// "));
            byte[] bytes = text.getBytes(Charset.forName(name));
            right += new String(bytes, Charsets.of(bytes)).equals(text) ? 1 : 0;
            all++;
          }
        }
      }

      assertThat(100.0 * right / all)
          .as("%s characters", LENGTHS[k])
          .isGreaterThanOrEqualTo(RIGHT_MIN[k]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "windows-1252 | /* Größe in Metern – nicht „Fuß“ */",
        "windows-1252 | // © 2004 José",
        "windows-1252 | Copyright © 1998 Håkan Öberg",
        "windows-1252 | Müller",
        "windows-1252 | It’s a user’s choice",
        "windows-1252 | T < 25 °C ± 2, § 7, 5 £",
        "windows-1252 | café",
        "windows-1252 | naïve résumé",
        "windows-1252 | Straße",
        "windows-1252 | • one, • two",
        "windows-1252 | señor Muñoz",
        "windows-1256 | يجب على المستخدم إدخال كلمة مرور",
        "windows-1251 | Привет, мир",
        "KOI8-R | Номер заказа: семьсот",
        "x-MacCyrillic | Клиент подписал договор в среду и заплатил тысячу рублей.",
        "x-MacCyrillic | Я прошу Вас оплатить счёт до пятницы",
        "windows-1251 | Клиент подписал договор в среду и заплатил тысячу рублей.",
        "windows-1251 | Я прошу Вас оплатить счёт до пятницы",
        "windows-1253 | Καλημέρα κόσμε",
        "windows-1254 | Değişken adı geçersiz, lütfen düğmeye basın",
        "windows-1255 | שלום עולם",
        "windows-1250 | Zażółć gęślą jaźń",
        "ISO-8859-2 | Příliš žluťoučký kůň",
        "Shift_JIS | 設定ファイルを読み込む",
        "EUC-JP | 設定ファイルを読み込む",
        "ISO-2022-JP | 設定ファイルを読み込む",
        "EUC-KR | 설정 파일을 읽는다",
        "GBK | 读取配置文件",
        "GBK | 订单编号：七八九，交换日期为五月一日。",
        "Big5 | 讀取設定檔案",
        "UTF-16LE | 读取配置文件",
        "UTF-16BE | 读取配置文件",
        "UTF-16LE | 設定ファイルを読み込む",
        "UTF-16LE | Привет, мир",
        "UTF-16BE | Привет, мир",
        "UTF-32LE | Größe",
        "UTF-32BE | 设备",
        "UTF-8 | Größe 设备",
      })
  void readsShortTexts(String name, String text) {
    byte[] bytes = text.getBytes(Charset.forName(name));

    assertThat(new String(bytes, Charsets.of(bytes))).isEqualTo(text);
    assertThat(shown(extract("a.txt", bytes))).isEqualTo("a.txt 1-1: " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"größe äöü €", "цена – пять €", "价格是五欧元，含税。", "größe, äöü 😀"})
  void readsShortUtf8WithACharacterThatBreaksOff(String text) {
    byte[] whole = text.getBytes(UTF_8);

    for (String end : List.of("", "\n", "\nnext line\n")) {
      String cut = new String(whole, 0, whole.length - 1, ISO_8859_1) + end;

      assertThat(Charsets.of(cut.getBytes(ISO_8859_1))).as(text + end).isEqualTo(UTF_8);
    }
  }

  @Test
  void readsUtf8WithSurrogates() {
    byte[] bytes =
        "Smile \u00ed\u00a0\u00bd\u00ed\u00b8\u0080, gr\u00c3\u00bcn".getBytes(ISO_8859_1);

    assertThat(new String(bytes, Charsets.of(bytes))).endsWith(", grün");
    byte[] alone = "a \u00ed\u00a0\u00bd b".getBytes(ISO_8859_1);
    assertThat(shown(extract("a.txt", alone))).matches("a.txt 1-1: a \uFFFD+ b");
  }

  @Test
  void readsWordsThatLookLikeSurrogates() {
    byte[] bytes = "Завод электроники".getBytes(Charset.forName("IBM866"));

    assertThat(new String(bytes, Charsets.of(bytes))).isEqualTo("Завод электроники");
  }

  @ParameterizedTest
  @EnumSource
  void everyEncodingCanEncode(LegacyCharset each) {
    assertThat(each.charset().canEncode()).isTrue();
    assertThat(each.charset().newEncoder().maxBytesPerChar()).isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u001b$)A", "\u001b$)C", "\u001b$)G", "\u001b$B", "\u001b(J", "\u001b.A"})
  void escapesInLatin1AreNoOtherEncoding(String escape) {
    String text = "Größe und Länge\n".repeat(20) + "für " + escape + " Köln\n";
    byte[] bytes = text.getBytes(ISO_8859_1);

    Charset charset = Charsets.of(bytes);

    assertThat(charset.canEncode()).isTrue();
    assertThat(shown(extract("a.txt", bytes))).contains("Größe und Länge/", "für ");
  }

  @Test
  void unmarkedUtf16OfAnyScriptIsText() {
    for (String text : List.of("设备已经启动，请检查网络连接", "Устройство запущено\n", "größer\r\n")) {
      assertThat(shown(extract("a.log", text.getBytes(UTF_16LE))))
          .isEqualTo("a.log 1-1: " + text.replace("\r", "").replace('\n', '/'));
    }
  }

  @Test
  void asciiIsNoChinese() {
    byte[] bytes = "Bush hid the facts".getBytes(UTF_8);

    assertThat(Charsets.of(bytes)).isEqualTo(UTF_8);
    assertThat(Charsets.of("text\n\0".getBytes(UTF_8))).isEqualTo(UTF_8);
  }

  @Seeds
  void whateverTheBytesItsEncodingCanEncode(long seed) {
    var random = new Random(seed);
    var bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    if (random.nextBoolean() && bytes.length > 8) {
      System.arraycopy("\u001b$)A".getBytes(UTF_8), 0, bytes, random.nextInt(bytes.length - 4), 4);
    }

    Charset charset = Charsets.of(bytes);

    String text = new String(bytes, charset);
    assertThat(text.getBytes(charset)).isNotNull();
  }

  /// Too short, or too rare, to be told from others: what is declared counts.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.xml | windows-1252 | <?xml version=\"1.0\" encoding=\"windows-1252\"?><a>“x” €5</a>",
        "a.html | windows-1252 | <html><head><meta charset=\"iso-8859-1\"></head><body>“x” €5</body></html>",
        "a.xml | IBM437 | <?xml version='1.0' encoding='cp437'?><a>Größe ╔═╗</a>",
        "a.py | windows-1250 | # -*- coding: cp1250 -*- “ž”",
        "a.css | windows-1251 | @charset \"windows-1251\"; a::before { content: '№' }",
        "a.xml | Shift_JIS | <?xml version='1.0' encoding='Shift_JIS'?><a>ｶｶｸ 価格</a>",
        "a.xml | UTF-8 | <?xml version='1.0' encoding='windows-1252'?><a>größe</a>",
        "a.xml | windows-1252 | <?xml version='1.0' encoding='UTF-8'?><a>Der Preis für die Größe</a>",
      })
  void believesWhatATextDeclaresIfItCanBe(String name, String charset, String text) {
    assertThat(shown(extract(name, text.getBytes(Charset.forName(charset)))))
        .isEqualTo(name + " 1-1: " + text);
  }

  /// What can not be, is elsewhere in the text, or is a default.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.xml | windows-1252 | <?xml version='1.0' encoding='utf-16'?><a>Café in Zürich!</a>",
        "a.xml | windows-1252 | <?xml version='1.0' encoding='IBM037'?><a>Café in Zürich!</a>",
        "a.css | windows-1252 | @charset \"utf-16\"; /* café */ body { color: red }",
        "a.md | windows-1252 | Says <meta charset='windows-1251'> where a café in Zürich is meant",
        "a.php | windows-1252 | <?php echo '<meta charset=windows-1251>'; // Café in Zürich",
        "a.rb | windows-1251 | # encoding: iso-8859-1 Привет мир, это проверка кодировки текста",
        "a.txt | Shift_JIS | // file encoding: iso-8859-1 日本語の文章がここにあります",
      })
  void doesNotBelieveADeclarationThatIsNone(String name, String charset, String text) {
    assertThat(shown(extract(name, text.getBytes(Charset.forName(charset)))))
        .isEqualTo(name + " 1-1: " + text);
  }
}
