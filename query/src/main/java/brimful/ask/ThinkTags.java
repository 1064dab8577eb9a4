package brimful.ask;

import java.util.function.Consumer;

/// Separates reasoning from an answer that begins with it, between `<think>` and `</think>`, as
/// runners pass it on that do not know their model's template. Used by one thread.
final class ThinkTags {
  private static final String OPEN = "<think>";
  private static final String CLOSE = "</think>";

  private final Consumer<String> text;
  private final Consumer<String> reasoning;
  private final StringBuilder held = new StringBuilder();
  private State state = State.START;

  private enum State {
    START,
    THINKING,
    AFTER,
    ANSWER
  }

  ThinkTags(Consumer<String> text, Consumer<String> reasoning) {
    this.text = text;
    this.reasoning = reasoning;
  }

  /// Takes the next piece of content; a piece that may be part of a tag is held back.
  void add(String delta) {
    if (state == State.ANSWER) {
      text.accept(delta);
      return;
    }
    held.append(delta);
    if (state == State.START) {
      start();
    }
    if (state == State.THINKING) {
      think();
    }
    if (state == State.AFTER && !held.toString().isBlank()) {
      state = State.ANSWER;
      pass(text, held.toString().stripLeading());
    }
  }

  /// Passes on what was held back.
  void end() {
    if (state == State.START) {
      pass(text, held.toString());
    } else if (state == State.THINKING) {
      pass(reasoning, held.toString());
    }
    held.setLength(0);
    state = State.ANSWER;
  }

  private void start() {
    String begun = held.toString().stripLeading();
    if (begun.startsWith(OPEN)) {
      held.setLength(0);
      held.append(begun, OPEN.length(), begun.length());
      state = State.THINKING;
    } else if (!OPEN.startsWith(begun)) {
      state = State.ANSWER;
      String whole = held.toString();
      held.setLength(0);
      text.accept(whole);
    }
  }

  private void think() {
    int end = held.indexOf(CLOSE);
    if (end >= 0) {
      String thought = held.substring(0, end);
      held.delete(0, end + CLOSE.length());
      pass(reasoning, thought);
      state = State.AFTER;
      return;
    }
    int safe = Math.max(0, held.length() - CLOSE.length() + 1);
    String thought = held.substring(0, safe);
    held.delete(0, safe);
    pass(reasoning, thought);
  }

  private static void pass(Consumer<String> to, String piece) {
    if (!piece.isEmpty()) {
      to.accept(piece);
    }
  }
}
