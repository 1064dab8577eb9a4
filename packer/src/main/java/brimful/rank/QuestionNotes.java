package brimful.rank;

import brimful.corpus.Folding;
import brimful.index.Snapshot;
import brimful.index.term.NaturalLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the person who asked should know about how a question was understood.
public final class QuestionNotes {
  /// In English, German, French, Spanish, Italian, Portuguese and Dutch.
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

  private QuestionNotes() {}

  /// Returns whether a question wants everything that there is: "list all …", "how many …", "which
  /// of the …".
  public static boolean wantsEverything(String question) {
    return WANTS_ALL.matcher(Folding.of(question)).find();
  }

  /// Returns a question without the words that ask for everything; unchanged if nothing is left.
  static String withoutRequest(String question) {
    String rest = WANTS_ALL.matcher(question).replaceAll(" ");
    return rest.chars().anyMatch(Character::isLetterOrDigit) ? rest : question;
  }

  /// Returns a line for each misspelt word, and one if the documents are in another language; none
  /// usually.
  ///
  /// @param ranking what was found for it
  public static List<String> of(Question question, Snapshot snapshot, Ranking ranking) {
    var notes = new ArrayList<String>();
    ranking
        .misspelt()
        .forEach((word, meant) ->
            notes.add(
                "\"%s\" is nowhere in the documents: read as \"%s…\"".formatted(word, meant)));
    List<NaturalLanguage> spoken = snapshot.languages();
    String most = spoken.getFirst().display();
    NaturalLanguage.of(question.text())
        .filter(language -> !spoken.contains(language))
        .ifPresent(language ->
            notes.add(
                "the question is in %s and most documents are in %s: ask in %s to find more"
                    .formatted(language.display(), most, most)));
    if (ranking.chunks().isEmpty()) {
      notes.add(
          "no word of the question is in the documents, most of which are in %s".formatted(most));
    }
    return notes;
  }
}
