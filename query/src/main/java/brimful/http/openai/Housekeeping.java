package brimful.http.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// What chat front ends ask for themselves after each answer: a title, tags, follow-up questions.
/// Such requests, and greetings, need no documents, and would otherwise cost a window each.
///
/// The prompts are recognised by their published wording, in `housekeeping.tsv`: client, task,
/// whose message it is, and the phrases that it must all contain. Instructions count only for
/// clients that write such a prompt there: those of a person stay the same in all questions.
final class Housekeeping {
  private static final String FILE = "housekeeping.tsv";
  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final int PHRASES = 3;

  /// A greeting has no more characters.
  private static final int GREETING_CHARS_MAX = 40;

  private static final Set<String> GREETINGS =
      Set.of(
          "hi",
          "hi there",
          "hello",
          "hello there",
          "hey",
          "hey there",
          "good morning",
          "good evening",
          "test",
          "ping",
          "thanks",
          "thank you",
          "thanks a lot",
          "thank you very much",
          "thx",
          "ok",
          "okay",
          "bye",
          "goodbye",
          "hallo",
          "danke",
          "hola",
          "gracias",
          "bonjour",
          "salut",
          "merci",
          "ciao",
          "grazie",
          "olá",
          "obrigado",
          "привет",
          "спасибо",
          "你好",
          "谢谢",
          "こんにちは",
          "안녕하세요",
          "नमस्ते");

  private static final Pattern NO_LETTERS = Pattern.compile("[\\p{P}\\p{S}\\s]+");

  private static final List<Wording> PROMPTS = load();

  /// @param ofSystem whether the prompt is the system's message, and not the user's
  private record Wording(boolean ofSystem, List<String> phrases) {
    boolean matches(ChatMessages messages) {
      String text = ofSystem ? messages.instructions() : messages.question();
      return phrases.stream().allMatch(text::contains);
    }
  }

  private Housekeeping() {}

  /// Returns whether a conversation asks for nothing that documents could answer.
  static boolean is(ChatMessages messages) {
    return isGreeting(messages.question())
        || PROMPTS.stream().anyMatch(wording -> wording.matches(messages));
  }

  private static boolean isGreeting(String question) {
    return question.length() <= GREETING_CHARS_MAX
        && GREETINGS.contains(
            NO_LETTERS.matcher(question).replaceAll(" ").strip().toLowerCase(Locale.ROOT));
  }

  private static List<Wording> load() {
    try (InputStream stream =
        Objects.requireNonNull(Housekeeping.class.getResourceAsStream(FILE))) {
      return new String(stream.readNBytes(FILE_BYTES_MAX), UTF_8)
          .lines()
          .map(line -> List.of(line.split("\t")))
          .map(cells ->
              new Wording(
                  cells.get(PHRASES - 1).equals("system"), cells.subList(PHRASES, cells.size())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
