package brimful.http.conversation;

import brimful.corpus.UserError;
import brimful.corpus.WellFormed;
import brimful.http.edge.HttpJson;
import brimful.service.AskRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// A conversation as it is kept.
///
/// @param owner the account that it belongs to
/// @param title empty until the first question, which names it
/// @param updated when it was last asked or renamed
/// @param shared whether others may read it who may use its collections
public record SavedConversation(
    String id,
    String owner,
    String title,
    Instant created,
    Instant updated,
    boolean shared,
    List<ConversationTurn> turns) {
  private static final int TITLE_CHARS_MAX = 200;
  private static final int TITLE_CHARS = 80;
  private static final int TURNS_MAX = 1_000;
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}++");

  public SavedConversation {
    turns = List.copyOf(turns);
  }

  static SavedConversation fresh(String id, String owner, Instant now) {
    return new SavedConversation(id, owner, "", now, now, false, List.of());
  }

  static SavedConversation read(JsonNode node) {
    var turns = new ArrayList<ConversationTurn>();
    node.path("turns").forEach(turn -> turns.add(ConversationTurn.read(turn)));
    return new SavedConversation(
        node.path("id").asText(),
        node.path("owner").asText(),
        node.path("title").asText(),
        Instant.parse(node.path("created").asText()),
        Instant.parse(node.path("updated").asText()),
        node.path("shared").asBoolean(),
        turns);
  }

  /// Returns everything but the owner.
  public ObjectNode json() {
    ObjectNode node = head();
    ArrayNode array = node.putArray("turns");
    turns.forEach(turn -> array.add(turn.json()));
    return node;
  }

  /// Returns what a list shows.
  public ObjectNode head() {
    ObjectNode node =
        HttpJson.object()
            .put("id", id)
            .put("title", title)
            .put("created", created.toString())
            .put("updated", updated.toString())
            .put("shared", shared)
            .put("questions", turns.size());
    ArrayNode names = node.putArray("collections");
    collections().forEach(names::add);
    return node;
  }

  /// Returns the names of all collections that were asked about.
  public List<String> collections() {
    return turns.stream().flatMap(turn -> turn.collections().stream()).distinct().toList();
  }

  /// @throws UserError if there is no turn of that number
  public ConversationTurn turn(int number) {
    return turns.stream()
        .filter(turn -> turn.id() == number)
        .findFirst()
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.NOT_FOUND,
                "conversation %s has no turn %s: read it again".formatted(id, number)));
  }

  boolean isRunning() {
    return !turns.isEmpty() && turns.getLast().state() == ConversationTurn.State.RUNNING;
  }

  /// Returns the conversation before a turn, as a model reads it. What has no answer is left out.
  public List<AskRequest.Turn> before(int number) {
    var said = new ArrayList<AskRequest.Turn>();
    for (ConversationTurn turn : turns) {
      if (turn.id() < number && !turn.answer().isBlank()) {
        said.add(new AskRequest.Turn("user", turn.question()));
        said.add(new AskRequest.Turn("assistant", turn.answer()));
      }
    }
    return said;
  }

  /// Adds a question.
  ///
  /// @param replaced the turn that it replaces, with all that came after it; 0 for none
  SavedConversation asked(JsonNode body, int replaced, Instant now) {
    var kept = new ArrayList<>(turns);
    int next = turns.isEmpty() ? 1 : turns.getLast().id() + 1;
    if (replaced > 0) {
      kept.subList(turns.indexOf(turn(replaced)), kept.size()).clear();
    }
    if (kept.size() >= TURNS_MAX) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          String.format(
              Locale.ROOT, "conversation %s has %,d questions: begin another", id, TURNS_MAX));
    }
    ConversationTurn turn = ConversationTurn.asked(next, now, body);
    kept.add(turn);
    String named = title.isEmpty() ? titleOf(turn.question()) : title;
    return new SavedConversation(id, owner, named, created, now, shared, kept);
  }

  private static String titleOf(String question) {
    String line = question.strip().lines().findFirst().orElse("").strip();
    return line.codePointCount(0, line.length()) <= TITLE_CHARS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, TITLE_CHARS)) + "…";
  }

  /// Changes a turn, if it still exists.
  SavedConversation changed(int number, UnaryOperator<ConversationTurn> change) {
    return new SavedConversation(
        id,
        owner,
        title,
        created,
        updated,
        shared,
        turns.stream().map(turn -> turn.id() == number ? change.apply(turn) : turn).toList());
  }

  SavedConversation renamed(String other, Instant now) {
    String wanted = CONTROLS.matcher(WellFormed.text(other)).replaceAll(" ").strip();
    int characters = wanted.codePointCount(0, wanted.length());
    if (wanted.isEmpty() || characters > TITLE_CHARS_MAX) {
      throw new UserError(
          UserError.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "a title of %,d characters: give 1 to %,d",
              characters,
              TITLE_CHARS_MAX));
    }
    return new SavedConversation(id, owner, wanted, created, now, shared, turns);
  }

  SavedConversation shared(boolean now) {
    return new SavedConversation(id, owner, title, created, updated, now, turns);
  }

  /// Returns whether a text occurs in the title, a question or an answer, whatever its case.
  boolean has(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return contains(title, wanted)
        || turns.stream()
            .anyMatch(turn -> contains(turn.question(), wanted) || contains(turn.answer(), wanted));
  }

  private static boolean contains(String text, String wanted) {
    return text.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
