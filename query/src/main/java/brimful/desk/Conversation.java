package brimful.desk;

import brimful.collection.SourceReader;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.extract.Section;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import brimful.ingest.Ingested;
import brimful.pack.Prompt;
import brimful.pack.Window;
import brimful.queue.CollectionIndexes;
import brimful.rank.Rescorer;
import brimful.token.TokenCounter;
import brimful.window.Assembled;
import brimful.window.Budget;
import brimful.window.Filler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Puts a conversation of any length in front of a question.
///
/// What fits into a share of the budget stands there as it was said. Of a longer one, the last
/// turns do, and of the older ones what matters to the question: they are cut, indexed, ranked and
/// packed as documents are, and the prompt says how many tokens of them were left out.
final class Conversation {
  /// How much of the budget a conversation may take from the documents.
  private static final double SHARE = 0.25;

  /// How much of that the last turns have for themselves.
  private static final double RECENT_SHARE = 0.5;

  private final TokenCounter counter;

  Conversation(TokenCounter counter) {
    this.counter = counter;
  }

  /// Returns an inquiry whose prompt holds its conversation.
  ///
  /// @param usable the most tokens that its budget can be
  Inquiry fit(Inquiry inquiry, int usable) {
    if (inquiry.turns().isEmpty()) {
      return inquiry;
    }
    int room = (int) (SHARE * Budget.parse(inquiry.budget(), usable).tokens());
    String all = said(inquiry.turns());
    String shown =
        counter.count(all) <= room ? "The conversation so far:\n" + all : shortened(inquiry, room);
    Prompt prompt = inquiry.prompt();
    return inquiry.with(
        new Prompt(prompt.instructions(), shown + "\nThe question now:\n" + prompt.question()));
  }

  private static String said(List<Inquiry.Turn> turns) {
    return turns.stream().map(Conversation::said).collect(Collectors.joining());
  }

  private static String said(Inquiry.Turn turn) {
    return "[%s] %s\n".formatted(turn.speaker(), turn.text().strip());
  }

  private String shortened(Inquiry inquiry, int room) {
    List<Inquiry.Turn> turns = inquiry.turns();
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
    Window older = packed(turns.subList(0, first), inquiry.query(), room - spent);
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
  private Window packed(List<Inquiry.Turn> turns, String query, int room) {
    var chunker = SourceReader.chunker(counter);
    Path folder;
    try {
      folder = Files.createTempDirectory("brimful-conversation");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for a conversation", e);
    }
    try (var index = LuceneIndex.open(folder, counter.name())) {
      for (int i = 0; i < turns.size(); i++) {
        var id = new DocumentId(String.format(Locale.ROOT, "%06d", i));
        String text = turns.get(i).text().replace("\r\n", "\n").replace('\r', '\n');
        var lines = new Locator.Lines(1, (int) text.chars().filter(c -> c == '\n').count() + 1);
        index.put(
            new Item(
                id,
                "",
                new Outcome.Indexed(),
                chunker.chunk(id, List.of(new Section(lines, text))).stream().toList(),
                List.of()));
      }
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        var nothing = new Ingested(new LinkedHashMap<>(), 0, 0);
        var task = new Filler.Task(new Prompt("\n", ""), query, Budget.of(room));
        Assembled assembled =
            new Filler(counter, Rescorer.NONE)
                .fill(task, snapshot, new Filler.Arrival(nothing, Duration.ZERO), _ -> {});
        return assembled.window();
      }
    } finally {
      CollectionIndexes.delete(folder);
    }
  }
}
