package brimful.eval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.CorpusListener;
import brimful.collection.Locations;
import brimful.collection.OpenCorpus;
import brimful.collection.PathCorpus;
import brimful.collection.SourceReader;
import brimful.corpus.Chunk;
import brimful.index.Snapshot;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.source.Rules;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Generated exports in the documented formats: what a useful word costs, as the file stands and as
/// it is read; whether the turn that answers a question comes first; and whether the one of the
/// asked month does. Prints the figures.
@Tag("slow")
final class ConversationExportTest {
  private static final String TOKENIZER = "deepseek-v3";
  private static final long SEED = 58;
  private static final LocalDateTime START = LocalDateTime.of(2024, 1, 2, 9, 0);
  private static final int MONTHS = 12;
  private static final List<String> PEOPLE = List.of("Mia Ode", "Bob Ray", "Zoe Lind");

  private static final String[] WORDS =
      ("valve boiler harbour crane ticket lunch train garden report window paper river bridge budget"
              + " letter morning engine cable signal market forest winter summer pencil copper planet")
          .split(" ", -1);

  private record Said(String speaker, LocalDateTime time, String text) {}

  private enum Format {
    CHATGPT(300, 4.0),
    CLAUDE(300, 4.0),
    SLACK(20, 8.0),
    WHATSAPP_DE(1, 4.0),
    WHATSAPP_US(1, 4.0),
    WHATSAPP_IOS(1, 4.0),
    /// 5,004 mails in threads of 12.
    MBOX(417, 4.0);

    final int conversations;
    final double tokensMax;

    Format(int conversations, double tokensMax) {
      this.conversations = conversations;
      this.tokensMax = tokensMax;
    }
  }

  private final Random random = new Random(SEED);

  /// The questions of a corpus, with a text that the best chunk must have.
  private final Map<String, String> questions = new TreeMap<>();

  private final Map<String, String> timed = new TreeMap<>();

  private int words;

  private String sentence(int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  /// Returns a year of turns, one of which tells a secret name, and one of each month a decision.
  private List<Said> year(int number, int turns, int length, boolean decides) {
    String project = "Q" + Integer.toString(1000 + number, 36);
    String codename = "zx" + Integer.toString(90_000 + number * 7, 36);
    var said = new ArrayList<Said>();
    int secret = random.nextInt(turns);
    for (int i = 0; i < turns; i++) {
      LocalDateTime time = START.plusMinutes(i * 525_000L / turns);
      String text = sentence(length);
      if (i == secret) {
        text += " and the codename of " + project + " is " + codename;
        questions.put("what is the codename of " + project + "?", codename);
      }
      if (decides && i % (turns / MONTHS) == turns / MONTHS / 2) {
        String pump = "pump" + time.getMonthValue();
        text = "we decided to order " + pump;
        timed.put("what did we decide to order in " + name(time) + "?", pump);
      }
      said.add(new Said(PEOPLE.get(i % PEOPLE.size()), time, text));
      words += text.split(" ", -1).length;
    }
    return said;
  }

  private static String name(LocalDateTime time) {
    return DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH).format(time);
  }

  private void write(Format format, Path folder) throws IOException {
    switch (format) {
      case CHATGPT -> {
        var all = new ArrayList<String>();
        for (int i = 0; i < format.conversations; i++) {
          all.add(chatGpt(i, year(i, 12, 40, i == 0)));
        }
        Files.writeString(folder.resolve("conversations.json"), "[" + String.join(",", all) + "]");
      }
      case CLAUDE -> {
        var all = new ArrayList<String>();
        for (int i = 0; i < format.conversations; i++) {
          all.add(claude(i, year(i, 12, 40, i == 0)));
        }
        Files.writeString(folder.resolve("conversations.json"), "[" + String.join(",", all) + "]");
      }
      case SLACK -> slack(format, folder);
      case WHATSAPP_DE -> whatsApp(folder, "dd.MM.yy, HH:mm", "%s - %s: %s\n");
      case WHATSAPP_US -> whatsApp(folder, "M/d/yy, h:mm a", "%s - %s: %s\n");
      case WHATSAPP_IOS -> whatsApp(folder, "dd/MM/yyyy, HH:mm:ss", "[%s] %s: %s\n");
      case MBOX -> mbox(format, folder);
    }
  }

  private static long epoch(Said said) {
    return said.time().toEpochSecond(ZoneOffset.UTC);
  }

  private static String chatGpt(int number, List<Said> turns) {
    var nodes = new ArrayList<String>();
    nodes.add("\"r\":{\"id\":\"r\",\"message\":null,\"parent\":null,\"children\":[\"n0\"]}");
    for (int i = 0; i < turns.size(); i++) {
      Said said = turns.get(i);
      nodes.add(
          """
          "n%s":{"id":"n%s","message":{"id":"n%s","author":{"role":"%s","name":null,"metadata":{}},\
          "create_time":%s.25,"update_time":null,"content":{"content_type":"text","parts":["%s"]},\
          "status":"finished_successfully","end_turn":true,"weight":1.0,"metadata":{"request_id":"%s",\
          "model_slug":"m","parent_id":"n"},"recipient":"all"},"parent":"%s","children":[%s]}\
          """
              .formatted(
                  i,
                  i,
                  i,
                  i % 2 == 0 ? "user" : "assistant",
                  epoch(said),
                  said.text(),
                  said.text().hashCode(),
                  i == 0 ? "r" : "n" + (i - 1),
                  i + 1 < turns.size() ? "\"n" + (i + 1) + "\"" : ""));
    }
    return "{\"title\":\"Talk %s\",\"create_time\":%s.5,\"mapping\":{%s},\"current_node\":\"n%s\"}"
        .formatted(number, epoch(turns.getFirst()), String.join(",", nodes), turns.size() - 1);
  }

  private static String claude(int number, List<Said> turns) {
    var messages = new ArrayList<String>();
    for (int i = 0; i < turns.size(); i++) {
      Said said = turns.get(i);
      messages.add(
          """
          {"uuid":"%s-%s","text":"%s","content":[{"start_timestamp":"%sZ","type":"text","text":"%s"}],\
          "sender":"%s","created_at":"%s:00.1Z","attachments":[],"files":[]}\
          """
              .formatted(
                  number,
                  i,
                  said.text(),
                  said.time(),
                  said.text(),
                  i % 2 == 0 ? "human" : "assistant",
                  said.time()));
    }
    return "{\"uuid\":\"%s\",\"name\":\"Talk %s\",\"created_at\":\"x\",\"account\":{\"uuid\":\"a\"},\"chat_messages\":[%s]}"
        .formatted(number, number, String.join(",", messages));
  }

  private void slack(Format format, Path folder) throws IOException {
    Files.writeString(
        folder.resolve("users.json"),
        "[{\"id\":\"U0\",\"profile\":{\"real_name\":\"Mia Ode\"}},{\"id\":\"U1\",\"real_name\":\"Bob Ray\"},{\"id\":\"U2\",\"name\":\"Zoe Lind\"}]");
    for (int channel = 0; channel < format.conversations; channel++) {
      Path days = Files.createDirectories(folder.resolve("channel-" + channel));
      var byDay = new TreeMap<LocalDate, List<String>>();
      for (Said said : year(channel, 240, 12, channel == 0)) {
        byDay
            .computeIfAbsent(said.time().toLocalDate(), _ -> new ArrayList<>())
            .add(
                """
                {"client_msg_id":"%s","type":"message","text":"%s","user":"U%s","ts":"%s.000100","team":"T0",\
                "blocks":[{"type":"rich_text","block_id":"b"}]}\
                """
                    .formatted(
                        said.text().hashCode(),
                        said.text(),
                        PEOPLE.indexOf(said.speaker()),
                        epoch(said)));
      }
      for (var day : byDay.entrySet()) {
        Files.writeString(
            days.resolve(day.getKey() + ".json"), "[" + String.join(",\n", day.getValue()) + "]");
      }
    }
  }

  private void whatsApp(Path folder, String time, String line) throws IOException {
    var text = new StringBuilder();
    var written = DateTimeFormatter.ofPattern(time, Locale.US);
    for (Said said : year(0, 2_400, 9, true)) {
      text.append(line.formatted(written.format(said.time()), said.speaker(), said.text()));
    }
    Files.writeString(folder.resolve("_chat.txt"), text);
  }

  /// Writes a list's archive: each mail replies to the one before it, with the headers that servers
  /// add.
  private void mbox(Format format, Path folder) throws IOException {
    var mails = new TreeMap<LocalDateTime, String>();
    for (int thread = 0; thread < format.conversations; thread++) {
      List<Said> turns = year(thread, 12, 40, thread == 0);
      for (int i = 0; i < turns.size(); i++) {
        // No two mails come in the same second.
        LocalDateTime time = turns.get(i).time().plusSeconds(thread);
        mails.put(time, mail(thread, i, turns.get(i), time));
      }
    }
    Files.writeString(folder.resolve("list.mbox"), String.join("", mails.values()));
  }

  private static String mail(int thread, int number, Said said, LocalDateTime time) {
    String address = said.speaker().toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.org";
    String date =
        DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss +0000", Locale.US).format(time);
    String reply =
        number == 0
            ? ""
            : "In-Reply-To: <%s.%s@example.org>\nReferences: <%s.0@example.org>\n"
                .formatted(thread, number - 1, thread);
    return """
    From %s %s
    Return-Path: <%s>
    Received: from mx.example.org (mx.example.org [192.0.2.1]) by list.example.org; %s
    From: %s <%s>
    To: crew@example.org
    Subject: %sTalk %s
    Date: %s
    Message-ID: <%s.%s@example.org>
    %sMIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8

    %s

    """
        .formatted(
            address,
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.US).format(time),
            address,
            date,
            said.speaker(),
            address,
            number == 0 ? "" : "Re: ",
            thread,
            date,
            thread,
            number,
            reply,
            said.text());
  }

  @ParameterizedTest
  @EnumSource
  void turnsAreFoundAndCheap(Format format, @TempDir Path folder, @TempDir Path home)
      throws IOException {
    write(format, folder);
    TokenCounter counter = Tokenizers.named(TOKENIZER);
    long before = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        before += counter.count(Files.readString(file, UTF_8));
      }
    }
    var corpus =
        new PathCorpus(
            new Locations(List.of(folder.toString())),
            SourceReader.of(Map.of("BRIMFUL_HOME", home.toString()), Rules.standard(), Set.of()),
            InputStream.nullInputStream(),
            CorpusListener.SILENT);

    try (OpenCorpus open = corpus.open(TOKENIZER)) {
      Snapshot snapshot = open.snapshot();
      long after =
          snapshot.outlines().stream()
              .flatMap(outline -> outline.chunks().stream())
              .mapToLong(chunk -> chunk.tokens())
              .sum();
      int found = first(snapshot, questions);
      int foundTimed = first(snapshot, timed);
      System.out.printf(
          Locale.ROOT,
          "%-12s tokens per useful word %.2f, as the file stands %.2f; found %d of %d, by time %d of %d%n",
          format,
          (double) after / words,
          (double) before / words,
          found,
          questions.size(),
          foundTimed,
          timed.size());
      assertThat((double) after / words).isLessThan(format.tokensMax);
      assertThat(after).isLessThan(before);
      assertThat(found).isGreaterThanOrEqualTo(questions.size() * 95 / 100);
      assertThat(foundTimed).isGreaterThanOrEqualTo(timed.size() - 1);
    }
  }

  /// Returns how many answers stand in the first chunk.
  private static int first(Snapshot snapshot, Map<String, String> asked) {
    int found = 0;
    for (var question : asked.entrySet()) {
      var ranking =
          new Ranker()
              .rank(
                  new Question(question.getKey(), Optional.of(LocalDate.of(2025, 2, 1))),
                  snapshot,
                  100);
      List<Chunk> best =
          snapshot.read(ranking.chunks().stream().limit(1).map(ranked -> ranked.chunk()).toList());
      boolean has =
          best.stream()
              .anyMatch(chunk ->
                  (chunk.text() + " ").matches("(?s).*\\b" + question.getValue() + "\\b.*"));
      found += has ? 1 : 0;
    }
    return found;
  }
}
