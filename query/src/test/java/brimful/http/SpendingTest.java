package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import brimful.http.key.Grant;
import brimful.model.Cost;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.model.Usage;
import brimful.service.SpendAccount;
import brimful.service.SpendLedger;
import brimful.testing.Await;
import brimful.testing.FakeBatchModel;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key's limit is never passed, and nothing that was billed is forgotten: whoever hangs up,
/// however many ask at once, and whatever kills the server.
final class SpendingTest {
  private static final Duration PATIENCE = Await.PATIENCE;
  private static final int ASKS_AT_ONCE = 20;
  private static final int BATCHES = 5;
  private static final String ASK =
      "{\"collection\":\"docs\",\"question\":\"where do they swim?\"}";

  @TempDir private Path folder;

  private static ModelProfile model() {
    return ModelCatalog.builtIn().find("deepseek-flash");
  }

  /// What the fake bills for an answer.
  private static double billed() {
    return Cost.of(model(), new Usage(3353, 3328, 0, 41, 12), Instant.now());
  }

  /// The most that a call with a short prompt can cost, and a little more.
  private static double most() {
    return 1.01
        * Cost.estimate(model(), 1_000, model().limits().replyTokens(), Instant.now()).mostUsd();
  }

  /// Starts a model that begins to answer and then says nothing more.
  private static FakeDeepSeek stalling(CountDownLatch asked) {
    Script begun =
        Script.stream(Script.answerEvents(List.of(), List.of("In ")).subList(0, 2))
            .ending(Script.End.STALL);
    return FakeDeepSeek.start(
        0,
        Duration.ZERO,
        _ -> {
          asked.countDown();
          return begun;
        });
  }

  @Test
  void whoeverHangsUpPaysTheMostOfTheCall() throws Exception {
    var asked = new CountDownLatch(1);
    try (FakeDeepSeek fake = stalling(asked);
        TestServer testServer = TestServer.locked(folder, fake).file("a.md", "They swim.\n")) {
      testServer.collection("docs");
      String secret = testServer.keys.add("team", Grant.everything(), 1, 1_000);
      var socket = new Socket(InetAddress.getLoopbackAddress(), testServer.port);
      String request =
          "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s"
              .formatted(secret, ASK.length(), ASK);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(testServer.spent("team")).as("reserved before it left").isPositive();

      socket.close();
      long _ = fake.departure(PATIENCE);

      double reply =
          Cost.estimate(model(), 0, model().limits().replyTokens(), Instant.now()).mostUsd();
      assertThat(testServer.spent("team")).isGreaterThan(reply);
    }
  }

  @Test
  void manyAtOnceDoNotPassALimitThatAFewExhaust() throws Exception {
    try (FakeDeepSeek fake =
            FakeDeepSeek.start(0, Duration.ofMillis(20), _ -> Script.answer("In rivers."));
        TestServer testServer = TestServer.locked(folder, fake).file("a.md", "They swim.\n")) {
      testServer.collection("docs");
      double limit = 2.5 * most();
      testServer.as(testServer.keys.add("team", Grant.everything(), limit, 1_000));
      List<Callable<Integer>> asks = new ArrayList<>();
      for (int i = 0; i < ASKS_AT_ONCE; i++) {
        asks.add(() -> testServer.post("/v1/ask", ASK).statusCode());
      }

      int refused = 0;
      try (ExecutorService threads = Executors.newFixedThreadPool(ASKS_AT_ONCE)) {
        for (Future<Integer> one : threads.invokeAll(asks)) {
          assertThat(one.get()).isIn(200, 402);
          refused += one.get() == 402 ? 1 : 0;
        }
      }

      assertThat(refused).as("not all may leave at once").isPositive();
      assertThat(fake.requests()).hasSize(ASKS_AT_ONCE - refused);
      assertThat(testServer.spent("team"))
          .isCloseTo(fake.requests().size() * billed(), within(1e-12))
          .isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void aKeysMoneyAndRequestsHaveAnEnd() {
    try (FakeDeepSeek model = FakeDeepSeek.start(Script.answer("No."));
        TestServer testServer = TestServer.locked(folder, model).file("a.txt", "text\n")) {
      testServer.collection("docs");
      String poor = testServer.keys.add("poor", Grant.asking("*"), 0.0000001, 100);
      String slow = testServer.keys.add("slow", Grant.asking("*"), 0, 2);
      String question = "{\"collection\":\"docs\",\"question\":\"text\"}";

      // Not even the first call may cost more than all there is.
      HttpResponse<String> refused = testServer.as(poor).post("/v1/ask", question);
      assertThat(refused.statusCode()).isEqualTo(402);
      assertThat(refused.body()).contains("key poor has $0.0000 left");
      assertThat(model.requests()).isEmpty();
      testServer.as(slow);
      assertThat(testServer.get("/v1/status").statusCode()).isEqualTo(200);
      assertThat(testServer.get("/v1/status").statusCode()).isEqualTo(200);
      assertThat(testServer.get("/v1/status").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void aProviderThatFailsInItsStreamMayHaveBilledThePrompt() {
    Script failing = Script.stream(List.of("data: {\"error\":{\"message\":\"oops\"}}"));
    Script refusing =
        Script.stream(List.of("data: {\"error\":{\"message\":\"oops\",\"code\":429}}"));
    try (FakeDeepSeek broken = FakeDeepSeek.start(failing);
        FakeDeepSeek busy = FakeDeepSeek.start(refusing)) {
      HttpResponse<String> failed = asked(broken, "broken");
      double most = booked("broken");
      HttpResponse<String> refused = asked(busy, "busy");

      assertThat(failed.statusCode()).isEqualTo(502);
      assertThat(failed.body())
          .contains("tokens were sent to deepseek-flash", "count as spent")
          .doesNotContain("127.0.0.1");
      assertThat(most).isGreaterThan(billed());
      assertThat(refused.body()).doesNotContain("count as spent");
      assertThat(booked("busy")).isZero();
    }
  }

  private HttpResponse<String> asked(FakeDeepSeek model, String home) {
    try (TestServer testServer =
        TestServer.with(folder.resolve(home), model).file("a.md", "They swim.\n")) {
      testServer.collection("docs");
      return testServer.post("/v1/ask", ASK);
    }
  }

  private double booked(String home) {
    return new SpendLedger(folder.resolve(home).resolve("home"), Clock.systemUTC())
        .balance(SpendAccount.LOCAL.id())
        .mostUsd();
  }

  @Test
  void severalBatchesShareAKeysMoney() {
    try (FakeDeepSeek fake =
            FakeDeepSeek.start(0, Duration.ZERO, new FakeBatchModel(FakeBatchModel.Faults.NONE));
        TestServer testServer = TestServer.locked(folder, fake)) {
      for (int i = 0; i < 6; i++) {
        testServer.file("otter-%s.md".formatted(i), "# Otter %s\n\nIt swims.\n".formatted(i));
      }
      testServer.collection("docs");
      double limit = 1.5 * most();
      testServer.as(testServer.keys.add("team", Grant.everything(), limit, 100_000));
      String order =
          "{\"collection\":\"docs\",\"per\":\"document\",\"questions\":[{\"id\":\"q\",\"question\":\"Where?\"},{\"id\":\"r\",\"question\":\"Who?\"}]}";

      List<String> ids = new ArrayList<>();
      for (int i = 0; i < BATCHES; i++) {
        ids.add(TestServer.tree(testServer.post("/v1/batches", order).body()).path("id").asText());
      }
      double spent = 0;
      for (String id : ids) {
        String state = "running";
        while (state.equals("running")) {
          var batch = TestServer.tree(testServer.get("/v1/batches/" + id).body());
          state = batch.path("state").asText();
          assertThat(testServer.spent("team")).isLessThanOrEqualTo(limit);
          if (!state.equals("running")) {
            spent += batch.path("spent_usd").asDouble();
          }
        }
      }

      assertThat(testServer.spent("team")).isCloseTo(spent, within(1e-9));
    }
  }

  @Test
  void aServerThatIsKilledHasBookedWhatItSent() throws Exception {
    Path root = Files.createDirectories(folder.resolve("root"));
    Files.writeString(root.resolve("a.md"), "They swim.\n");
    var asked = new CountDownLatch(1);
    try (FakeDeepSeek fake = stalling(asked)) {
      int port = freePort();
      Process server = start(fake, port, root);
      try (HttpClient client = HttpClient.newHttpClient()) {
        await(client, port);
        send(client, port, "/v1/collections", "{\"name\":\"docs\"}");
        send(client, port, "/v1/collections/docs/sources", "{\"location\":\"%s\"}".formatted(root));
        while (asked.getCount() > 0) {
          // It is refused until the source is read.
          Thread call = Thread.ofVirtual().start(() -> send(client, port, "/v1/ask", ASK));
          while (call.isAlive() && asked.getCount() > 0) {
            Thread.onSpinWait();
          }
        }

        server.destroyForcibly();
        client.shutdownNow();
      }
      assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      var ledger = new SpendLedger(folder.resolve("home"), Clock.systemUTC());
      assertThat(ledger.balance(SpendAccount.LOCAL.id()).reservedUsd())
          .isGreaterThanOrEqualTo(billed());
    }
  }

  private Process start(FakeDeepSeek fake, int port, Path root) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "brimful.cli.Main",
            "serve",
            "--port",
            Integer.toString(port),
            "--roots",
            root.toString());
    builder.environment().put("BRIMFUL_HOME", folder.resolve("home").toString());
    builder.environment().put("BRIMFUL_MODEL", "deepseek-flash");
    builder.environment().put("BRIMFUL_BASE_URL", fake.baseUrl());
    builder.environment().put("DEEPSEEK_API_KEY", "sk-0123456789abcdef0123456789abcdef");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("server.log").toFile());
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(HttpClient client, int port) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/ready".formatted(port)));
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> answer =
            client.send(ready.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        Thread.onSpinWait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("the server is not ready");
  }

  private static void send(HttpClient client, int port, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s".formatted(port, path)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var _ = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      // The server is gone, as it is meant to be.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
