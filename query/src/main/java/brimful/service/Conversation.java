package brimful.service;

import brimful.collection.MemoryCorpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.DocumentId;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.rank.Rescorer;
import brimful.token.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Puts a conversation of any length in front of a question.
///
/// A conversation that fits into its share of the budget stays unchanged. Of a longer one, the last
/// turns stay unchanged, and the older ones are treated as documents: chunked, indexed, ranked for
/// the question and packed. The prompt says how many tokens were left out.
final class Conversation {
  /// The share of the budget that a conversation may take from the documents.
  private static final double SHARE = 0.25;

  /// The part of that share that is reserved for the last turns.
  private static final double RECENT_SHARE = 0.5;

  /// Stands for the budget of a window without documents.
  private static final int BARE_TOKENS = 4_000;

  private final TokenCounter counter;

  Conversation(TokenCounter counter) {
    this.counter = counter;
  }

  /// Returns a request whose prompt contains its conversation.
  ///
  /// @param usable the largest possible budget, in tokens
  AskRequest fit(AskRequest request, int usable) {
    if (request.turns().isEmpty()) {
      return request;
    }
    int budget =
        Budget.isNone(request.budget())
            ? Math.min(usable, BARE_TOKENS)
            : Budget.parse(request.budget(), usable).tokens();
    int room = (int) (SHARE * budget);
    String all = said(request.turns());
    String shown =
        counter.count(all) <= room ? "The conversation so far:\n" + all : shortened(request, room);
    Prompt prompt = request.prompt();
    return request.with(
        new Prompt(prompt.instructions(), shown + "\nThe question now:\n" + prompt.question()));
  }

  private static String said(List<AskRequest.Turn> turns) {
    return turns.stream().map(Conversation::said).collect(Collectors.joining());
  }

  private static String said(AskRequest.Turn turn) {
    return "[%s] %s\n".formatted(turn.speaker(), turn.text().strip());
  }

  private String shortened(AskRequest request, int room) {
    List<AskRequest.Turn> turns = request.turns();
    int recentRoom = (int) (RECENT_SHARE * room);
    int first = turns.size();
    int spent = 0;
    while (first > 0) {
      int tokens = counter.count(said(turns.get(first - 1)));
      if (spent + tokens > recentRoom) {
        break;
      }
      spent += tokens;
      first--;
    }
    Window older = packed(turns.subList(0, first), request.query(), room - spent);
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "The conversation so far had %,d turns. Of the first %,d, with %,d tokens, these parts matter most to the question:\n",
            turns.size(),
            first,
            older.corpusTokens()));
    for (Window.Placed part : older.placed()) {
      int turn = Integer.parseInt(part.document().value());
      text.append(
          "[turn %s, %s] %s\n".formatted(turn + 1, turns.get(turn).speaker(), part.text().strip()));
    }
    text.append("The last turns:\n").append(said(turns.subList(first, turns.size())));
    return text.toString();
  }

  /// Packs turns as if each were a document.
  private Window packed(List<AskRequest.Turn> turns, String query, int room) {
    var texts = new ArrayList<MemoryCorpus.Text>(turns.size());
    for (int i = 0; i < turns.size(); i++) {
      var id = new DocumentId(String.format(Locale.ROOT, "%06d", i));
      texts.add(new MemoryCorpus.Text(id, turns.get(i).text()));
    }
    try (OpenCorpus open = new MemoryCorpus("conversation", texts).open(counter.name())) {
      var task = new Filler.Task(new Prompt("\n", ""), query, Budget.of(room));
      var arrival = new Filler.Arrival(open.ingested(), open.took());
      return new Filler(counter, Rescorer.NONE)
          .fill(task, open.snapshot(), arrival, _ -> {})
          .window();
    }
  }
}
