package brimful.extract.charset;

import static java.util.stream.Collectors.joining;

import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/// The letters in which names of one language are written, apart from ASCII.
///
/// For a language with thousands of characters, the most frequent ones are listed, from frequency
/// lists of news text and common words in file names; the others of its script score less.
///
/// Immutable.
final class NameLetters {
  private static final double FREQUENT = 3;
  private static final double USUAL = 2;

  private static final String KANA =
      IntStream.rangeClosed(0x3041, 0x30ff)
          .filter(Character::isDefined)
          .mapToObj(Character::toString)
          .collect(joining());

  /// A character of the right script that is not listed.
  private static final double SCRIPT = 1;

  private final Set<Integer> frequent;
  private final Set<Integer> usual;
  private final Set<Integer> others;
  private final Script script;

  private enum Script {
    LATIN,
    /// One byte a letter, and never next to Latin letters in a word.
    ALPHABET,
    /// Chinese, Japanese and Korean, which may adjoin Latin letters.
    IDEOGRAPHIC
  }

  private NameLetters(Script script, String frequent, String usual, Set<Integer> others) {
    this.script = script;
    this.frequent = characters(frequent);
    this.usual = characters(usual);
    this.others = others;
  }

  private static Set<Integer> characters(String text) {
    Set<Integer> characters = new HashSet<>();
    (text + text.toUpperCase(Locale.ROOT)).codePoints().forEach(characters::add);
    return characters;
  }

  boolean isLatin() {
    return script == Script.LATIN;
  }

  boolean isIdeographic() {
    return script == Script.IDEOGRAPHIC;
  }

  /// Returns what a character that is not ASCII weighs; empty if it is foreign to the language.
  OptionalDouble weight(char c) {
    if (frequent.contains((int) c)) {
      return OptionalDouble.of(FREQUENT);
    }
    if (usual.contains((int) c)) {
      return OptionalDouble.of(USUAL);
    }
    return others.contains((int) c) ? OptionalDouble.of(SCRIPT) : OptionalDouble.empty();
  }

  static NameLetters of(String language) {
    return switch (language) {
      case "de" -> latin("äöüß", "éèàç");
      case "fr" -> latin("éèàç", "êâôîûùëïüœæ°");
      case "es" -> latin("áéíóúñ", "ü¿¡ºª");
      case "pt" -> latin("ãçáéíó", "õúâêôàüºª");
      case "it" -> latin("àèéìòù", "");
      case "nordic" -> latin("åäöæø", "éüßáà");
      case "is" -> latin("áéíóúýþæöð", "");
      case "pl" -> latin("ąćęłńóśźż", "");
      case "cs" -> latin("áčěéířšýžů", "ďňóťúĺľŕôä");
      case "hu" -> latin("áéíóöőúüű", "");
      case "ro" -> latin("ăâîșțşţ", "");
      case "hr" -> latin("čćđšž", "");
      case "tr" -> latin("çğıöşüİ", "âîû");
      case "ru" -> alphabet("оеаинтсрвлкмдпу", "бгжзйхчшыьюя№", "цщъэёф");
      case "uk" -> alphabet("оеаинтсрвлкмдпуії", "бгжзйхчшьюяє№’", "цщґф");
      case "sr" -> alphabet("оеаинтсрвлкмдпуј", "бгжзхцчшђљњћ", "џф");
      case "el" -> alphabet("αειοντσςρκλμπυ", "άέήίόύώηωθγδβζξφχψϊϋ", "");
      case "he" -> alphabet("יולאהרמתנשבד", "גזחטכסעפצקךםןףץ", "");
      case "ar" -> alphabet("الميتونرب", "دعسكفقحجهةشصطخذضظغزثءآأؤإئى", "");
      case "th" ->
          alphabet("านรกอเงมยลวดทส", "ตะปบคหแจพชขใไโผฟซณธศษญภถฐฎฏฑฒฆฉฌฝฤฬฮำิีึืุู่้๊๋์ๆ็ัๅ", "");
      case "ja" ->
          new NameLetters(
              Script.IDEOGRAPHIC,
              FrequentCharacters.JAPANESE + KANA,
              "",
              FrequentCharacters.level("windows-31j", 0x889f, 0x9872));
      case "zh" ->
          new NameLetters(
              Script.IDEOGRAPHIC,
              FrequentCharacters.CHINESE,
              "",
              FrequentCharacters.level("GBK", 0xb0a1, 0xd7f9));
      case "zh-tw" ->
          new NameLetters(
              Script.IDEOGRAPHIC,
              FrequentCharacters.TAIWANESE,
              "",
              FrequentCharacters.level("Big5", 0xa440, 0xc67e));
      case "ko" ->
          new NameLetters(
              Script.IDEOGRAPHIC,
              FrequentCharacters.KOREAN,
              "",
              FrequentCharacters.level("EUC-KR", 0xb0a1, 0xc8fe));
      default -> throw new IllegalArgumentException("no letters of \"%s\"".formatted(language));
    };
  }

  private static NameLetters latin(String frequent, String usual) {
    return new NameLetters(Script.LATIN, frequent, usual + "–—„“”’…", Set.of());
  }

  private static NameLetters alphabet(String frequent, String usual, String rare) {
    return new NameLetters(Script.ALPHABET, frequent, usual + "–—«»", characters(rare));
  }
}
