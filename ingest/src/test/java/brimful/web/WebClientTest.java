package brimful.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.testing.FakeSite;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What sites do to those who read them.
@Timeout(60)
final class WebClientTest {
  private static final WebTimes SHORT =
      new WebTimes(
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ofSeconds(2));

  private final FakeSite site = new FakeSite();
  private final WebClient client = new WebClient();
  private final WebClient hasty = new WebClient(SHORT);

  @AfterEach
  void close() {
    site.close();
  }

  private WebAddress at(String path) {
    return WebAddress.of(site.location(path));
  }

  private String text(String path) throws IOException {
    return text(client, path);
  }

  private String text(WebClient asking, String path) throws IOException {
    try (WebAnswer answer = asking.get(at(path), _ -> {})) {
      return answer.status() + " " + new String(answer.body().readAllBytes(), UTF_8);
    }
  }

  @Test
  void bringsAPageAndSaysWhoAsks() throws IOException {
    site.page("/a?x=%C3%A9", "text", Map.of("ETag", "\"7\""));

    assertThat(text("/a?x=é")).isEqualTo("200 text");
    assertThat(site.agents).allMatch(agent -> agent.matches("brimful/\\S+"));
    try (WebAnswer head = client.head(at("/a?x=é"), _ -> {})) {
      assertThat(head.stamp()).contains("etag \"7\"");
      assertThat(head.bytes()).isEqualTo(4);
    }
  }

  @Test
  void followsRedirectsOnOneHost() throws IOException {
    site.page("/new", "text")
        .status("/old", 301, Map.of("Location", "/middle"))
        .status("/middle", 307, Map.of("Location", site.url("/new")));

    assertThat(text("/old")).isEqualTo("200 text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "https://other.example/page",
        "//other.example/page",
        "http://localhost/page",
        "http://127.0.0.1:1/page"
      })
  void noRedirectLeadsToAnotherSite(String target) {
    site.status("/a", 302, Map.of("Location", target));
    List<String> checked = new ArrayList<>();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> client.get(at("/a"), page -> checked.add(page.url())))
        .withMessageContaining("another site")
        .withMessageContaining(target.replaceFirst("^//", "http://"));
    assertThat(checked).containsExactly(site.url("/a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "", "http://u:p@127.0.0.1/"})
  void aRedirectToWhatIsNoPageIsAnError(String target) {
    site.status("/a", 302, target.isEmpty() ? Map.of() : Map.of("Location", target));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> client.get(at("/a"), _ -> {}))
        .withMessageContaining("which is no page");
  }

  @Test
  void aCircleOfRedirectsEnds() {
    site.status("/a", 302, Map.of("Location", "/b")).status("/b", 302, Map.of("Location", "/a"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> client.get(at("/a"), _ -> {}))
        .withMessageContaining("more than 5 times");
  }

  @Test
  void nothingIsAskedThatTheCheckRefuses() {
    site.page("/b", "text").status("/a", 302, Map.of("Location", "/b"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() ->
            client.get(
                at("/a"),
                page -> {
                  if (page.path().equals("/b")) {
                    throw new UserError(UserError.Kind.FORBIDDEN, "not b");
                  }
                }));
    assertThat(site.requests).containsExactly("GET /a");
  }

  @Test
  void aHostGetsThePauseThatItWants() throws IOException {
    var asked = new AtomicInteger();
    site.on(
        "/a",
        exchange -> {
          if (asked.incrementAndGet() < 3) {
            FakeSite.send(exchange, 429, new byte[0], Map.of("Retry-After", "1"));
          } else {
            FakeSite.send(exchange, 200, "text".getBytes(UTF_8), Map.of());
          }
        });
    long start = System.nanoTime();

    assertThat(text("/a")).isEqualTo("200 text");
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void whoWaitsForAHostHearsAboutIt() {
    site.status("/a", 429, Map.of("Retry-After", "30"));
    var moves = new AtomicInteger();

    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() ->
            client.get(
                at("/a"),
                _ -> {},
                () -> {
                  if (moves.incrementAndGet() == 3) {
                    throw new CancellationException("enough");
                  }
                }));
    assertThat(site.requests).hasSize(1);
  }

  @Test
  void whoWaitsForAPlaceHearsAboutIt() {
    site.page("/a", "text");
    List<WebAnswer> held = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      held.add(client.get(at("/a"), _ -> {}));
    }
    var moves = new AtomicInteger();

    WebAnswer last =
        client.get(
            at("/a"),
            _ -> {},
            () -> {
              if (moves.incrementAndGet() == 2) {
                held.forEach(WebAnswer::close);
              }
            });

    assertThat(last.isOk()).isTrue();
    last.close();
    assertThat(moves.get()).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"61", "999999999", "soon", "Fri, 31 Dec 2100 23:59:59 GMT", ""})
  void longerPausesAreAnswers(String pause) {
    site.status("/a", 503, pause.isEmpty() ? Map.of() : Map.of("Retry-After", pause));

    try (WebAnswer answer = client.get(at("/a"), _ -> {})) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.refusal()).contains("503").contains("try again");
    }
    assertThat(site.requests).hasSize(1);
  }

  @Test
  void aHostThatWantsPausesForeverIsNotAskedForever() {
    site.status("/a", 429, Map.of("Retry-After", "0"));

    try (WebAnswer answer = client.get(at("/a"), _ -> {})) {
      assertThat(answer.status()).isEqualTo(429);
    }
    assertThat(site.requests).hasSize(4);
  }

  @Test
  void oncePausesWereInVainTheOtherPagesOfAHostWaitForNone() {
    for (String path : List.of("/a", "/b", "/c")) {
      site.status(path, 429, Map.of("Retry-After", "0"));
    }
    client.get(at("/a"), _ -> {}).close();
    site.requests.clear();

    client.get(at("/b"), _ -> {}).close();
    client.get(at("/c"), _ -> {}).close();

    assertThat(site.requests).containsExactly("GET /b", "GET /c");
    site.page("/b", "text");
    client.get(at("/b"), _ -> {}).close();
    site.requests.clear();
    client.get(at("/c"), _ -> {}).close();
    assertThat(site.requests).as("it serves again").hasSize(4);
  }

  @Test
  void fourRequestsAtATimeAreTheMost() throws Exception {
    var atOnce = new AtomicInteger();
    var most = new AtomicInteger();
    for (int i = 0; i < 40; i++) {
      site.on(
          "/" + i,
          exchange -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            pause(30);
            // Once it has the answer, the client may ask again before this handler ends.
            atOnce.decrementAndGet();
            FakeSite.send(exchange, 200, new byte[10], Map.of());
          });
    }
    try (var threads = Executors.newFixedThreadPool(16)) {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String path = "/" + i;
        all.add(threads.submit(() -> text(path)));
      }
      for (Future<String> one : all) {
        assertThat(one.get()).startsWith("200");
      }
    }

    assertThat(most.get()).isBetween(2, 4);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aSiteThatDoesNotAnswerIsNotWaitedForForever() {
    var end = new CountDownLatch(1);
    site.on("/a", _ -> await(end));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> hasty.get(at("/a"), _ -> {}))
        .withMessageContaining("no answer came in time")
        .matches(e -> e.kind() == UserError.Kind.TIMEOUT);
    end.countDown();
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aBodyThatStopsIsNotWaitedForForever() {
    var end = new CountDownLatch(1);
    site.on(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write(new byte[100]);
          exchange.getResponseBody().flush();
          await(end);
        });

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> text(hasty, "/a"))
        .withMessageContaining("nothing came for 1 s");
    end.countDown();
  }

  @Test
  void aBodyThatDripsIsNotReadForever() {
    site.on(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
              out.write('a');
              out.flush();
              pause(100);
            }
          }
        });

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> text(hasty, "/a"))
        .withMessageContaining("comes too slowly");
  }

  @Test
  void aCutBodyIsAnError() {
    site.on(
        "/a",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write(new byte[100]);
          exchange.getResponseBody().flush();
        });

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> text(hasty, "/a"))
        .withMessageContaining("the connection broke after");
  }

  @Test
  void placesAreGivenBackWhateverHappens() throws IOException {
    site.page("/good", "text").status("/old", 302, Map.of("Location", "http://other.example/"));
    site.bytes("/odd", new byte[3], Map.of("Content-Encoding", "br"));
    site.bytes("/torn", new byte[3], Map.of("Content-Encoding", "gzip"));

    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(UserError.class).isThrownBy(() -> client.get(at("/old"), _ -> {}));
      assertThatExceptionOfType(UserError.class).isThrownBy(() -> client.get(at("/odd"), _ -> {}));
      assertThatExceptionOfType(UserError.class).isThrownBy(() -> client.get(at("/torn"), _ -> {}));
      assertThat(text("/none")).startsWith("404");
      assertThat(text("/good")).isEqualTo("200 text");
    }
  }

  @Test
  void aPackedPageIsUnpackedAndABombIsNot() throws IOException {
    site.bytes("/a", FakeSite.packed("text".getBytes(UTF_8)), Map.of("Content-Encoding", "gzip"));
    byte[] bomb = FakeSite.packed(new byte[64 << 20]);
    site.bytes("/bomb", bomb, Map.of("Content-Encoding", "gzip"));

    assertThat(text("/a")).isEqualTo("200 text");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> text("/bomb"))
        .withMessageContaining("unpacks to more than 100 times its size");
  }

  @Test
  void whatTakesNoConnectionIsAway() {
    WebAddress gone = at("/a");
    site.close();

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> client.get(gone, _ -> {}))
        .withMessageContaining("takes no connection")
        .matches(e -> e.kind() == UserError.Kind.UNAVAILABLE);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> client.get(WebAddress.of("web:http://no-such-host.invalid/"), _ -> {}))
        .withMessageContaining("unknown host no-such-host.invalid");
  }
}
