package brimful.rank;

import brimful.corpus.Folding;
import java.util.regex.Pattern;

/// Recognises questions that only a whole corpus answers: "list all …", "how many …", "which of the
/// …".
///
/// By their first words, in English, German, French, Spanish, Italian, Portuguese and Dutch. A
/// question that is missed gets no hint; one that is taken wrongly gets one line too much.
public final class CompleteQuestion {
  private static final Pattern WANTS_ALL =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_])(?:"
              + "(?:list|name|find|show|give me|enumerate|collect|summari[sz]e) (?:me )?(?:all|every|each)"
              + "|list the|how many|how often|which of (?:the|these|our|my)|count (?:all|the|every)"
              + "|what (?:are )?all (?:the|of the)|every (?:single|mention|occurrence|use)"
              + "|(?:wie viele|wieviele|wie oft|alle \\p{L}+ (?:auf|nennen)|welche (?:der|dieser|unserer))"
              + "|(?:liste|zähle|nenne|finde|zeige|suche) (?:mir |uns )?(?:alle|jede[nrs]?|sämtliche)"
              + "|combien d(?:e|')|(?:liste|énumère|énumérez|listez|nommez|trouvez) (?:tou[ts]|toutes)"
              + "|(?:cuántos|cuántas)|(?:lista|enumera|nombra) (?:todos|todas)"
              + "|(?:quanti|quante)|(?:elenca|nomina) (?:tutti|tutte)"
              + "|(?:quantos|quantas)|(?:liste|enumere) (?:todos|todas)"
              + "|hoeveel|(?:noem|lijst|geef) alle"
              + ")(?![\\p{L}\\p{N}_])",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private CompleteQuestion() {}

  /// Returns a question without the words that ask for everything; unchanged if nothing is left.
  static String without(String question) {
    String rest = WANTS_ALL.matcher(question).replaceAll(" ");
    return rest.chars().anyMatch(Character::isLetterOrDigit) ? rest : question;
  }

  /// Returns whether a question wants everything that there is.
  public static boolean isOne(String question) {
    return WANTS_ALL.matcher(Folding.of(question)).find();
  }
}
