package brimful.extract.chat;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects the turns of an export and hands them on, conversation by conversation and channels day
/// by day. Holds one conversation or day. For one file.
final class ChatCollector {
  /// A day of more turns is given in parts; no person reads so many.
  private static final int TURNS_MAX = 50_000;

  /// Of so many earlier turns it is known who said them, for replies.
  private static final int SPEAKERS_MAX = 50_000;

  private final ChatSink sink;
  private final Runnable beforeFirst;
  private final List<ChatTurn> open = new ArrayList<>();
  private final Map<String, String> speakers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > SPEAKERS_MAX;
        }
      };

  private String channel = "";
  private Optional<LocalDate> day = Optional.empty();
  private long turns;
  private long broken;

  /// @param beforeFirst called before the first conversation is given
  ChatCollector(ChatSink sink, Runnable beforeFirst) {
    this.sink = sink;
    this.beforeFirst = beforeFirst;
  }

  long turns() {
    return turns;
  }

  long broken() {
    return broken;
  }

  /// Counts an entry that is no turn and should be one.
  void broken(int entries) {
    broken += entries;
  }

  /// Hands on a whole conversation.
  void chat(String name, List<ChatTurn> all, boolean clock) throws IOException {
    if (!all.isEmpty()) {
      if (turns == 0) {
        beforeFirst.run();
      }
      turns += all.size();
      sink.chat(new Chat(name, all, clock));
    }
  }

  /// Begins a channel, whose turns follow.
  void channel(String name) throws IOException {
    flush();
    channel = name;
    day = Optional.empty();
    speakers.clear();
  }

  /// Takes a turn of the channel.
  ///
  /// @param id by which later ones refer to it; may be empty
  void said(String id, ChatTurn turn) throws IOException {
    Optional<LocalDate> its = turn.time().map(LocalDateTime::toLocalDate);
    if ((its.isPresent() && !its.equals(day)) || open.size() == TURNS_MAX) {
      flush();
      day = its;
    }
    open.add(turn);
    if (!id.isEmpty()) {
      speakers.put(id, turn.speaker());
    }
  }

  /// Returns who said an earlier turn; empty if nobody knows.
  String speaker(String id) {
    return speakers.getOrDefault(id, "");
  }

  /// Hands on what is left.
  void flush() throws IOException {
    if (!open.isEmpty()) {
      // Some exports begin with the newest.
      if (open.stream().allMatch(turn -> turn.time().isPresent())) {
        open.sort(Comparator.comparing(turn -> turn.time().orElseThrow()));
      }
      String name = (channel + " " + day.map(LocalDate::toString).orElse("")).strip();
      List<ChatTurn> all = List.copyOf(open);
      open.clear();
      chat(name.isEmpty() ? "chat" : name, all, true);
    }
  }
}
