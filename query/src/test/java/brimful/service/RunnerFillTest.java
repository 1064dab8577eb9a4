package brimful.service;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.ask.Reply;
import brimful.collection.MemoryCorpus;
import brimful.corpus.DocumentId;
import brimful.pack.Window;
import brimful.rank.Rescorer;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeLlamaCpp;
import brimful.testing.FakeLlamaCpp.Terms;
import brimful.testing.FreeSpender;
import brimful.testing.Script;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Windows for a local runner, whose vocabulary is another than the estimate's.
final class RunnerFillTest {
  private static final int CONTEXT = 16_384;
  private static final String QUESTION = "which river is the longest?";

  private static final Map<String, List<String>> WORDS =
      Map.of(
          "code",
          List.of(
              "return",
              "int count",
              "= new ArrayList<>();",
              "if (river.length() > 12345) {",
              "}",
              "for (River r : rivers)",
              "longest",
              "// the longest river",
              "private final",
              "0x1F"),
          "zh",
          List.of("河流", "最长的", "水从山上流下来", "记录", "数据库", "我们", "，", "长度为公里", "城市", "。"),
          "ru",
          List.of(
              "река",
              "самая",
              "длинная",
              "течёт",
              "через",
              "города",
              "которые",
              "вода",
              "горы",
              "измерение"),
          "hi",
          List.of("नदी", "सबसे", "लंबी", "पानी", "पहाड़ों", "से", "बहता", "शहर", "लंबाई", "है।"));

  /// A vocabulary smaller than any that the estimate knows: two bytes a token.
  private static final TokenCounter SMALL =
      new TokenCounter() {
        @Override
        public String name() {
          return "small";
        }

        @Override
        public boolean exact() {
          return true;
        }

        @Override
        public int count(CharSequence text) {
          return (text.toString().getBytes(StandardCharsets.UTF_8).length + 1) / 2;
        }
      };

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "code, o200k_base, true",
    "zh, o200k_base, true",
    "ru, o200k_base, true",
    "hi, o200k_base, true",
    "code, deepseek-v3, true",
    "zh, deepseek-v3, false",
    "ru, cl100k_base, false",
    "code, small, true",
    "zh, small, true",
    "hi, small, false",
    "mixed, o200k_base, true",
    "mixed, small, true"
  })
  void areFullByTheRunnersCountAndNeverOver(String text, String vocabulary, boolean counts) {
    TokenCounter counter = vocabulary.equals("small") ? SMALL : Tokenizers.named(vocabulary);
    try (var fake =
        FakeLlamaCpp.start(
            new Terms(counter, CONTEXT, 1, counts, ""), _ -> Script.answer("The Nile."))) {
      Window window = ask(fake, corpus(text, 400), QUESTION);

      int reply = CONTEXT / 4;
      assertThat(fake.prompts()).hasSize(1);
      assertThat(fake.prompts().getFirst())
          .isBetween((int) Math.ceil(0.97 * (CONTEXT - reply)), CONTEXT - reply);
      assertThat(window.exact()).isTrue();
      assertThat(window.tokens()).isLessThanOrEqualTo(window.budgetTokens());
    }
  }

  @Test
  void holdACorpusThatFitsInTheSameBytesForEachQuestion() {
    try (var fake =
        FakeLlamaCpp.start(
            Terms.of(Tokenizers.named("o200k_base"), CONTEXT, 1), _ -> Script.answer("Yes."))) {
      MemoryCorpus corpus = corpus("ru", 10);

      Window window = ask(fake, corpus, QUESTION);
      ask(fake, corpus, "где вода?");

      assertThat(window.leftOut()).isEmpty();
      String first = fake.texts().getFirst();
      String second = fake.texts().getLast();
      int same = 0;
      while (first.charAt(same) == second.charAt(same)) {
        same++;
      }
      assertThat(second.length() - same).isLessThan(second.length() * 15 / 100);
    }
  }

  @Test
  void arePackedAgainOnceForARunnerThatWasStartedWithLess() throws InterruptedException {
    try (var fake =
        FakeLlamaCpp.start(
            Terms.of(Tokenizers.named("o200k_base"), CONTEXT, 1), _ -> Script.answer("Yes."))) {
      QueryService service = service(fake.baseUrl());
      MemoryCorpus corpus = corpus("code", 200);
      assertThat(ask(service, corpus).reply()).isInstanceOf(Reply.Answered.class);

      fake.restart(CONTEXT / 2);
      Thread.sleep(600);

      assertThat(ask(service, corpus).reply()).isInstanceOf(Reply.Answered.class);
      assertThat(fake.prompts()).hasSize(3);
      assertThat(fake.prompts().getLast()).isBetween(CONTEXT / 4, CONTEXT / 2);
    }
  }

  @Test
  void learnFromRepliesHowARunnerCountsThatDoesNotSaySo() {
    TokenCounter vocabulary = Tokenizers.named("o200k_base");
    var prompts = new CopyOnWriteArrayList<Integer>();
    Function<FakeDeepSeek.Request, Script> ollama =
        request ->
            switch (request.path()) {
              case "/api/ps" ->
                  json("{\"models\":[{\"model\":\"q:8b\",\"context_length\":16384}]}");
              case "/api/tags", "/api/show" -> json("{}");
              default -> {
                int tokens = vocabulary.count(content(request.body()));
                prompts.add(tokens);
                yield new Script(
                    200,
                    Map.of("Content-Type", "application/x-ndjson"),
                    List.of(
                        "{\"message\":{\"content\":\"Yes.\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":%s,\"eval_count\":2}\n"
                            .formatted(tokens)),
                    true,
                    Script.End.WHOLE);
              }
            };
    try (var fake = FakeDeepSeek.start(0, Duration.ZERO, ollama)) {
      QueryService service = service(fake.baseUrl());
      MemoryCorpus corpus = corpus("ru", 200);
      int room = CONTEXT - CONTEXT / 4;

      ask(service, corpus);
      ask(service, corpus);

      assertThat(prompts.getFirst()).isLessThan(room / 2);
      assertThat(prompts.getLast()).isBetween(room * 85 / 100, room);
    }
  }

  private static String content(String body) {
    try {
      return String.join(
          "\n", new ObjectMapper().readTree(body).path("messages").findValuesAsText("content"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Script json(String body) {
    return new Script(
        200, Map.of("Content-Type", "application/json"), List.of(body), true, Script.End.WHOLE);
  }

  private static AskResult.Replied ask(QueryService service, MemoryCorpus corpus) {
    return (AskResult.Replied)
        service.ask(
            AskRequest.of(corpus, QUESTION, "", ""),
            new FreeSpender(),
            QueryService.Listener.SILENT);
  }

  private QueryService service(String baseUrl) {
    var models = new Models(Map.of("BRIMFUL_HOME", folder.toString(), "BRIMFUL_BASE_URL", baseUrl));
    return new QueryService(models, new Admission(Admission.Observer.NONE), Rescorer.NONE);
  }

  private Window ask(FakeLlamaCpp fake, MemoryCorpus corpus, String question) {
    return service(fake.baseUrl())
        .ask(
            AskRequest.of(corpus, question, "", ""),
            new FreeSpender(),
            QueryService.Listener.SILENT)
        .prepared()
        .assembled()
        .window();
  }

  private static MemoryCorpus corpus(String kind, int documents) {
    var random = new Random(7);
    var texts = new ArrayList<MemoryCorpus.Text>();
    List<String> kinds = List.of("code", "zh", "ru", "hi");
    for (int i = 0; i < documents; i++) {
      List<String> words =
          WORDS.getOrDefault(kind.equals("mixed") ? kinds.get(i % 4) : kind, List.of());
      var text = new StringBuilder();
      for (int line = 0; line < 40; line++) {
        for (int word = 0; word < 8; word++) {
          text.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        text.append(line).append('\n');
      }
      texts.add(
          new MemoryCorpus.Text(
              new DocumentId("part/file%s.txt".formatted(1_000 + i)), text.toString()));
    }
    return new MemoryCorpus("texts", texts);
  }
}
