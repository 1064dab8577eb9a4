package brimful.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.model.LocalRunner.Kind;
import brimful.model.LocalRunner.Loaded;
import brimful.model.LocalRunner.State;
import brimful.model.LocalRunners.Port;
import brimful.testing.FakeDeepSeek;
import brimful.testing.FakeLlamaCpp;
import brimful.testing.FakeLlamaCpp.Terms;
import brimful.testing.Script;
import brimful.token.Tokenizers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LocalRunnersTest {
  private static final Map<Kind, Map<String, String>> ANSWERS =
      Map.of(
          Kind.LM_STUDIO,
          Map.of(
              "/api/v1/models",
              """
              {"models":[
                {"type":"llm","key":"qwen/q","max_context_length":262144,"loaded_instances":[]},
                {"type":"llm","key":"google/g","max_context_length":262144,"capabilities":{"vision":true},
                 "loaded_instances":[{"id":"google/g","config":{"context_length":8192}}]}]}
              """),
          Kind.OLLAMA,
          Map.of(
              "/api/ps",
              "{\"models\":[{\"name\":\"g:4b\",\"model\":\"g:4b\",\"size\":1,\"context_length\":32768}]}",
              "/api/tags",
              "{\"models\":[{\"name\":\"a:1b\",\"model\":\"a:1b\"},{\"name\":\"g:4b\",\"model\":\"g:4b\"}]}",
              "/api/show",
              "{\"parameters\":\"stop \\\"x\\\"\\nnum_ctx                        16384\",\"model_info\":{\"g.context_length\":131072},\"capabilities\":[\"completion\",\"vision\"]}",
              "/v1/models",
              "{\"data\":[{\"id\":\"g:4b\"}]}"),
          Kind.VLLM,
          Map.of(
              "/v1/models",
              "{\"object\":\"list\",\"data\":[{\"id\":\"deepseek-ai/DeepSeek-V3\",\"owned_by\":\"vllm\",\"max_model_len\":131072}]}"),
          Kind.LLAMA_CPP,
          Map.of(
              "/props",
              "{\"default_generation_settings\":{\"n_ctx\":4096},\"total_slots\":2,\"modalities\":{\"vision\":true,\"audio\":false}}",
              "/v1/models",
              "{\"data\":[{\"id\":\"g.gguf\",\"meta\":{\"n_ctx_train\":131072}}]}"),
          Kind.SGLANG,
          Map.of(
              "/v1/models",
              "{\"data\":[{\"id\":\"m\",\"owned_by\":\"sglang\",\"max_model_len\":65536}]}"));

  private static final Map<Kind, Integer> SLOTS =
      Map.of(
          Kind.LM_STUDIO, 1, Kind.OLLAMA, 1, Kind.VLLM, 256, Kind.LLAMA_CPP, 2, Kind.SGLANG, 256);

  private static final Map<Kind, List<Loaded>> EXPECTED =
      Map.of(
          Kind.LM_STUDIO, List.of(new Loaded("google/g", 8_192, true, true)),
          Kind.OLLAMA,
              List.of(
                  new Loaded("g:4b", 32_768, true, true), new Loaded("a:1b", 16_384, false, true)),
          Kind.VLLM, List.of(new Loaded("deepseek-ai/DeepSeek-V3", 131_072, true)),
          Kind.LLAMA_CPP, List.of(new Loaded("g.gguf", 4_096, true, true)),
          Kind.SGLANG, List.of(new Loaded("m", 65_536, true)));

  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void readsTheLoadedContextOfEachRunner(Kind kind) throws IOException {
    int port = serve(ANSWERS.getOrDefault(kind, Map.of()));

    List<LocalRunner> found = new LocalRunners(List.of(new Port(port, kind))).find();

    assertThat(found)
        .containsExactly(
            new LocalRunner(
                kind,
                "http://127.0.0.1:" + port + "/v1",
                EXPECTED.getOrDefault(kind, List.of()),
                SLOTS.getOrDefault(kind, 0),
                State.OPEN));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void tellsWhichRunnerIsAtAnAddress(Kind kind) throws IOException {
    int port = serve(ANSWERS.getOrDefault(kind, Map.of()));

    assertThat(new LocalRunners().at("http://localhost:" + port + "/v1/", ApiKey.NONE))
        .hasValueSatisfying(runner -> {
          assertThat(runner.kind()).isEqualTo(kind);
          assertThat(runner.baseUrl()).isEqualTo("http://localhost:" + port + "/v1");
          assertThat(runner.models()).isEqualTo(EXPECTED.getOrDefault(kind, List.of()));
        });
  }

  @Test
  void takesOtherProgramsForNoRunner() throws IOException {
    int page = serve(Map.of("/", "<h1>Hello</h1>"));
    int other = serve(Map.of("/v1/models", "{\"data\":[{\"id\":5},7]}", "/props", "[]"));
    var ports = new ArrayList<Port>();
    for (Kind kind : Kind.values()) {
      ports.add(new Port(page, kind));
      ports.add(new Port(other, kind));
    }

    assertThat(new LocalRunners(ports).find()).isEmpty();
  }

  @Test
  void findsNothingWhereNothingListens() throws IOException {
    int port = serve(Map.of());
    servers.removeFirst().stop(0);

    assertThat(new LocalRunners(List.of(new Port(port, Kind.OLLAMA))).find()).isEmpty();
    assertThat(new LocalRunners().at("http://127.0.0.1:" + port, ApiKey.NONE)).isEmpty();
    assertThat(new LocalRunners().at("http://", ApiKey.NONE)).isEmpty();
  }

  @Test
  void neverPlansPastTheLoadedContext() {
    var runner = new LocalRunner(Kind.OLLAMA, "http://127.0.0.1:11434/v1", List.of());
    ModelProfile local = ModelCatalog.builtIn().find("local");

    for (int window : new int[] {64, 4_096, 32_768, 1_000_000}) {
      ModelProfile profile = runner.profile(new Loaded("g:4b", window, true), local);

      ModelProfile.Limits limits = profile.limits();
      assertThat(profile.promptTokens() + limits.templateTokens() + limits.replyTokens())
          .isEqualTo(window);
      assertThat(profile.endpoint().keyVariable()).isEmpty();
    }
  }

  @Test
  void countsDeepSeeksOwnWeightsExactlyAndDistilledOnesNot() {
    var runner = new LocalRunner(Kind.VLLM, "http://127.0.0.1:8000/v1", List.of());
    ModelProfile local = ModelCatalog.builtIn().find("local");

    assertThat(runner.profile(new Loaded("deepseek-ai/DeepSeek-V3.1", 4_096, true), local))
        .extracting(ModelProfile::tokenizer)
        .isEqualTo("deepseek-v3");
    assertThat(runner.profile(new Loaded("deepseek-r1:8b", 4_096, true), local))
        .extracting(ModelProfile::tokenizer)
        .isEqualTo("estimate");
  }

  @Test
  void planAPrefixForASessionThatSavesTimeAlone() {
    var runner = new LocalRunner(Kind.LLAMA_CPP, "http://127.0.0.1:8080/v1", List.of());
    ModelProfile local = ModelCatalog.builtIn().find("local");
    ModelProfile profile = runner.profile(new Loaded("m.gguf", 32_768, true), local);

    assertThat(PrefixPlan.tokens(profile, 20_000, 20, Instant.EPOCH)).isBetween(8_000, 10_000);
    assertThat(PrefixPlan.tokens(local, 20_000, 20, Instant.EPOCH)).isZero();
  }

  @Test
  void takesTheTokenizerFromAModelsOwnNameAndNotFromItsFolder() {
    var runner = new LocalRunner(Kind.LLAMA_CPP, "http://127.0.0.1:8080/v1", List.of());
    ModelProfile local = ModelCatalog.builtIn().find("local");

    assertThat(runner.profile(new Loaded("/llama/DeepSeek-V3-Q4.gguf", 4_096, true), local))
        .extracting(ModelProfile::tokenizer)
        .isEqualTo("deepseek-v3");
    assertThat(runner.profile(new Loaded("/gpt-oss/qwen3.gguf", 4_096, true), local))
        .extracting(ModelProfile::tokenizer)
        .isEqualTo("estimate");
  }

  @Test
  void sendsTheKeyOnlyToARunnerThatAskedForOne() {
    var open = Terms.of(Tokenizers.named("o200k_base"), 8_192, 4);
    var closed = new Terms(open.vocabulary(), 8_192, 4, true, "secret-key");
    try (var free = FakeLlamaCpp.start(open, _ -> Script.answer("Yes."));
        var guarded = FakeLlamaCpp.start(closed, _ -> Script.answer("Yes."))) {
      var key = new ApiKey("secret-key");

      assertThat(new LocalRunners().at(free.baseUrl(), key))
          .hasValueSatisfying(runner -> assertThat(runner.state()).isEqualTo(State.OPEN));
      assertThat(free.requests())
          .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
      assertThat(new LocalRunners().at(guarded.baseUrl(), key))
          .hasValueSatisfying(runner -> {
            assertThat(runner.state()).isEqualTo(State.KEYED);
            assertThat(runner.slots()).isEqualTo(4);
            assertThat(runner.models()).containsExactly(new Loaded("m.gguf", 8_192, true));
          });
      assertThat(new LocalRunners().at(guarded.baseUrl(), ApiKey.NONE))
          .hasValueSatisfying(runner -> {
            assertThat(runner.state()).isEqualTo(State.CLOSED);
            assertThat(runner.trouble())
                .hasValueSatisfying(
                    line -> assertThat(line).contains("llama.cpp").contains("set BRIMFUL_API_KEY"));
          });
      assertThat(choose(guarded, "secret-key").key()).hasValue(key);
      assertThat(choose(free, "secret-key").key()).hasValue(ApiKey.NONE);
      assertThatThrownBy(() -> choose(guarded, "")).hasMessageContaining("requires a key");
    }
  }

  private static ModelChoice choose(FakeLlamaCpp fake, String key) {
    Map<String, String> environment =
        Map.of("BRIMFUL_BASE_URL", fake.baseUrl(), "BRIMFUL_API_KEY", key, "BRIMFUL_MODEL", "M");
    return ModelChoice.of(Settings.read(environment), environment, _ -> {});
  }

  @Test
  void saysThatARunnerIsStillLoading() {
    try (var fake =
        FakeDeepSeek.start(
            new Script(
                503,
                Map.of("Content-Type", "application/json"),
                List.of(
                    "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}"),
                true,
                Script.End.WHOLE))) {
      assertThat(new LocalRunners().at(fake.baseUrl(), ApiKey.NONE))
          .hasValueSatisfying(runner -> {
            assertThat(runner.kind()).isEqualTo(Kind.LLAMA_CPP);
            assertThat(runner.trouble())
                .hasValueSatisfying(
                    line -> assertThat(line).contains("still loading its model: try again"));
          });
    }
  }

  @Test
  void readsTheContextsOfARoutersModels() throws IOException {
    int port =
        serve(
            Map.of(
                "/props",
                "{\"role\":\"router\",\"default_generation_settings\":{\"n_ctx\":0},\"total_slots\":1}",
                "/v1/models",
                """
                {"data":[
                  {"id":"cold","status":{"value":"unloaded","args":["llama-server","--ctx-size","8192"]}},
                  {"id":"parts","status":{"value":"unloaded","args":["llama-server","-c","8192","--parallel","2"]}},
                  {"id":"unknown","status":{"value":"unloaded","args":[]}},
                  {"id":"warm","status":{"value":"loaded"},"meta":{"n_ctx":32768}}]}
                """));

    assertThat(new LocalRunners().at("http://127.0.0.1:" + port, ApiKey.NONE))
        .hasValueSatisfying(runner ->
            assertThat(runner.models())
                .containsExactly(
                    new Loaded("warm", 32_768, true),
                    new Loaded("cold", 8_192, false),
                    new Loaded("parts", 4_096, false),
                    new Loaded("unknown", 4_096, false)));
  }

  private int serve(Map<String, String> answers) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    answers.forEach((path, answer) ->
        server.createContext(
            path,
            exchange -> {
              try (exchange) {
                byte[] bytes = answer.getBytes(UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
              }
            }));
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }
}
