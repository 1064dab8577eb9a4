package brimful.extract.chat;

import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.extract.text.EmbeddedData;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes a conversation as its readers see it: `10:32 Mia: (reply to Bob) we ship at noon`.
///
/// @param locator that of all turns
/// @param text the turns, each from a line of its own on
/// @param places the turn of each line
public record ChatText(Locator locator, String text, List<Locator> places) {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm ", Locale.ROOT);

  public ChatText {
    places = List.copyOf(places);
  }

  /// Returns the text of a conversation.
  public static ChatText of(Chat chat) {
    var lines = new ArrayList<String>();
    var places = new ArrayList<Locator>();
    int number = 0;
    for (ChatTurn turn : chat.turns()) {
      number++;
      Locator place =
          new Locator.Turns(number, number, turn.time().map(Minutes::of), List.of(turn.speaker()));
      for (String line : written(turn, chat.clock()).split("\n", -1)) {
        lines.add(line);
        places.add(place);
      }
    }
    return new ChatText(whole(chat), String.join("\n", lines), places);
  }

  private static Locator whole(Chat chat) {
    List<LocalDateTime> times =
        chat.turns().stream().flatMap(turn -> turn.time().stream()).sorted().toList();
    Optional<Minutes> span =
        times.isEmpty()
            ? Optional.empty()
            : Optional.of(new Minutes(times.getFirst(), times.getLast()));
    List<String> speakers = chat.turns().stream().map(ChatTurn::speaker).distinct().toList();
    return new Locator.Turns(1, chat.turns().size(), span, speakers);
  }

  private static String written(ChatTurn turn, boolean clock) {
    String time = clock ? turn.time().map(CLOCK::format).orElse("") : "";
    String reply = turn.replyTo().isEmpty() ? "" : "(reply to " + turn.replyTo() + ") ";
    return time + turn.speaker() + ": " + reply + EmbeddedData.shortened(turn.text());
  }
}
