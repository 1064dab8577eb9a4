package brimful.index.term;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianStemFilter;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.el.GreekStemFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hu.HungarianLightStemFilter;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianStemFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.no.NorwegianLightStemFilter;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.sv.SwedishLightStemFilter;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/// A natural language: the words by which it is recognised, those that carry only grammar, and how
/// its words end.
///
/// Stop words and stemmers are Lucene's; of two stemmers the light one, which joins forms of one
/// word and not all derived words.
public enum NaturalLanguage {
  ENGLISH(
      "a the of and is are was were to in what which who how why where when does do did it that this"
          + " for with can from on by as be not"),
  GERMAN(
      "der die das und ist sind war wird werden wie was wer wo wann warum welche welcher welches ein"
          + " eine einen dem den des nicht mit von zu zum zur für auf im gibt es kann hat ich"),
  FRENCH(
      "le la les des du un une est sont et que qui quel quelle quels quelles comment pourquoi quand"
          + " où dans pour avec sur par pas ce cette il elle au aux"),
  SPANISH(
      "el la los las de del un una es son y que qué cuál cuáles cómo cuándo dónde quién por para con"
          + " en se no su cuánto cuántos"),
  ITALIAN(
      "il lo la gli le di del della dei delle un una è sono e che chi quale quali come quando dove"
          + " perché per con in nel nella si non quanto"),
  PORTUGUESE(
      "os as de do da dos das um uma é são e que qual quais como quando onde quem por para com em"
          + " no na se não quanto"),
  DUTCH(
      "de het een en is zijn van wat wie waar wanneer hoe waarom welke met voor op niet dat die aan"
          + " wordt worden er"),
  RUSSIAN("и в не на что как где когда кто почему какой какая какие каков с по для это из от к ли"),
  FINNISH(
      "ja on ovat mikä mitä mitkä kuka missä milloin miten miksi kuinka ei että se joka tämä oli"),
  SWEDISH(
      "och är en ett det den som vad vem var när hur varför vilka vilken med för på av inte till"),
  DANISH(
      "og er en et det den som hvad hvem hvor hvornår hvordan hvorfor hvilke hvilken med for på af"
          + " ikke til"),
  NORWEGIAN(
      "og er en et det den som hva hvem hvor når hvordan hvorfor hvilke hvilken med for på av ikke"
          + " til"),
  TURKISH(
      "ve bir bu ne nedir nasıl neden niçin kim nerede hangi için ile mi mı mu mü kaç zaman olarak"),
  HUNGARIAN(
      "az és hogy mi mik mit ki kik hol mikor hogyan miért melyik milyen hány egy nem van vannak"),
  ROMANIAN("și în este sunt un la de cu care ce cine unde când cum pentru din nu pe al ale"),
  GREEK("ο η το οι τα και είναι τι ποιος ποια ποιο πού πώς πότε γιατί με για στο στη από του της"),
  BULGARIAN("и на в е са какво как кой къде кога защо за от се не с"),
  ARABIC("في من ما هو هي هل كيف متى أين لماذا على إلى عن التي الذي و"),
  HINDI("है हैं का के की में और क्या कैसे कब कहाँ कौन क्यों से को पर"),
  INDONESIAN(
      "yang dan di apa siapa kapan bagaimana mengapa dengan untuk dari ini itu adalah pada tidak");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]++");

  private final Set<String> markers;

  /// @param markers as they are written, with blanks between
  NaturalLanguage(String markers) {
    this.markers = Set.of(markers.split(" "));
  }

  /// Returns the language of a question, by the words of grammar in it; empty if it has none.
  ///
  /// English if another language has not more of them. A single one is no sign of another language:
  /// names have them, such as Rio de Janeiro.
  public static Optional<NaturalLanguage> of(String text) {
    var words = new HashSet<String>();
    Matcher found = WORD.matcher(text);
    while (found.find()) {
      words.add(found.group().toLowerCase(Locale.ROOT));
    }
    NaturalLanguage likely = ENGLISH;
    long most = 0;
    for (NaturalLanguage language : values()) {
      long said = language.markers.stream().filter(words::contains).count();
      if (said > most) {
        likely = language;
        most = said;
      }
    }
    int enough = likely == ENGLISH ? 1 : 2;
    return most < enough ? Optional.empty() : Optional.of(likely);
  }

  /// Returns the words by which the language is recognised, as they are written.
  Set<String> markers() {
    return markers;
  }

  /// Returns a text with a blank for each word that carries grammar but no subject.
  public String withoutFunctionWords(String text) {
    return WORD.matcher(text).replaceAll(word -> isFunctionWord(word.group()) ? " " : word.group());
  }

  /// Returns whether a word carries grammar but no subject.
  ///
  /// @param word as it is written, in any case
  boolean isFunctionWord(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return markers.contains(lower) || stopWords().contains(lower);
  }

  /// Returns its English name.
  public String display() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /// Returns what may stand before a word and belong to it, such as an article; nothing first.
  List<String> prefixes() {
    return switch (this) {
      case ARABIC -> List.of("", "ال", "وال", "بال", "لل", "و");
      case INDONESIAN -> List.of("", "di", "me", "mem", "men", "meng", "ber", "ter", "pe");
      default -> List.of("");
    };
  }

  // Switches instead of functions in the constants: those would all be linked at the first
  // question.

  private CharArraySet stopWords() {
    return switch (this) {
      case ENGLISH -> EnglishAnalyzer.getDefaultStopSet();
      case GERMAN -> GermanAnalyzer.getDefaultStopSet();
      case FRENCH -> FrenchAnalyzer.getDefaultStopSet();
      case SPANISH -> SpanishAnalyzer.getDefaultStopSet();
      case ITALIAN -> ItalianAnalyzer.getDefaultStopSet();
      case PORTUGUESE -> PortugueseAnalyzer.getDefaultStopSet();
      case DUTCH -> DutchAnalyzer.getDefaultStopSet();
      case RUSSIAN -> RussianAnalyzer.getDefaultStopSet();
      case FINNISH -> FinnishAnalyzer.getDefaultStopSet();
      case SWEDISH -> SwedishAnalyzer.getDefaultStopSet();
      case DANISH -> DanishAnalyzer.getDefaultStopSet();
      case NORWEGIAN -> NorwegianAnalyzer.getDefaultStopSet();
      case TURKISH -> TurkishAnalyzer.getDefaultStopSet();
      case HUNGARIAN -> HungarianAnalyzer.getDefaultStopSet();
      case ROMANIAN -> RomanianAnalyzer.getDefaultStopSet();
      case GREEK -> GreekAnalyzer.getDefaultStopSet();
      case BULGARIAN -> BulgarianAnalyzer.getDefaultStopSet();
      case ARABIC -> ArabicAnalyzer.getDefaultStopSet();
      case HINDI -> HindiAnalyzer.getDefaultStopSet();
      case INDONESIAN -> IndonesianAnalyzer.getDefaultStopSet();
    };
  }

  /// Returns words without their endings.
  TokenStream stems(TokenStream words) {
    return switch (this) {
      case ENGLISH -> new PorterStemFilter(words);
      case GERMAN -> new GermanLightStemFilter(words);
      case FRENCH -> new FrenchLightStemFilter(words);
      case SPANISH -> new SpanishLightStemFilter(words);
      case ITALIAN -> new ItalianLightStemFilter(words);
      case PORTUGUESE -> new PortugueseLightStemFilter(words);
      case DUTCH -> new SnowballFilter(words, new DutchStemmer());
      case RUSSIAN -> new RussianLightStemFilter(words);
      case FINNISH -> new SnowballFilter(words, new FinnishStemmer());
      case SWEDISH -> new SwedishLightStemFilter(words);
      case DANISH -> new SnowballFilter(words, new DanishStemmer());
      case NORWEGIAN -> new NorwegianLightStemFilter(words);
      case TURKISH -> new SnowballFilter(words, new TurkishStemmer());
      case HUNGARIAN -> new HungarianLightStemFilter(words);
      case ROMANIAN -> new SnowballFilter(words, new RomanianStemmer());
      case GREEK -> new GreekStemFilter(new GreekLowerCaseFilter(words));
      case BULGARIAN -> new BulgarianStemFilter(words);
      case ARABIC -> new ArabicStemFilter(new ArabicNormalizationFilter(words));
      case HINDI -> new HindiStemFilter(new HindiNormalizationFilter(words));
      case INDONESIAN -> new IndonesianStemFilter(words);
    };
  }
}
