package brimful.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.UserError;
import brimful.model.ApiKey;
import brimful.model.ModelCatalog;
import brimful.testing.FakeDeepSeek;
import brimful.testing.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What [Asker] says when there is no answer.
final class AskerRefusalTest {
  private final AskProbe askProbe = new AskProbe();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | OVERFLOW | prompt of 20 tokens and 4 of template is more than deepseek-flash takes (400), which is planned with a window of 1,000,000: lower --budget [it says: This model's maximum context length is 1048576 tokens",
        "401 | KEY | rejects the key sk-...cdef (401): set DEEPSEEK_API_KEY to a valid one [it says: Authentication Fails",
        "402 | BALANCE | deepseek has no balance left (402): top up the account [it says: Insufficient Balance]",
        "404 | REQUEST | no model deepseek-flash, or no chat there (404): check the model and --base-url",
        "422 | REQUEST | rejects the request (422): check the model and its settings [it says: Invalid parameters]",
        "429 | RATE | limits the request rate (429): try again in 17 s [it says: Rate limit reached]",
        "500 | SERVER | failed (500): try again in a minute [it says: Internal server error]",
        "503 | OVERLOAD | is overloaded (503): try again in 30 s [it says: Service is too busy]",
        "301 | REQUEST | answers with status 301 instead of a reply: check --base-url"
      })
  void saysWhatARefusalMeansAndNeverAsksAgain(int status, Reply.Kind kind, String message) {
    try (var fake = FakeDeepSeek.start(Script.error(status))) {
      Reply reply = askProbe.ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> {
                assertThat(refused.kind()).isEqualTo(kind);
                assertThat(refused.message()).contains(message).doesNotContain("\n");
              });
      assertThat(fake.requests()).hasSize(1);
    }
  }

  @Test
  void neverRepeatsTheKeyThatAServerSaysBack() {
    try (var fake =
        FakeDeepSeek.start(
            Script.error(401, "x", "wrong: " + AskProbe.KEY + "\n" + AskProbe.KEY))) {
      Reply reply = askProbe.ask(fake, Map.of());

      assertThat(reply.toString()).contains("wrong: sk-...cdef").doesNotContain(AskProbe.KEY);
    }
  }

  @Test
  void takesAnErrorInTheStreamForARefusal() {
    Script script =
        Script.stream(
            List.of(
                "data: {\"error\":{\"message\":\"context length exceeded\",\"type\":\"x\",\"param\":null,\"code\":400}}"));
    try (var fake = FakeDeepSeek.start(script)) {
      Reply reply = askProbe.ask(fake, Map.of());

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> assertThat(refused.kind()).isEqualTo(Reply.Kind.OVERFLOW));
    }
  }

  @Test
  void takesAPageForNoStream() {
    Script page =
        new Script(
            200,
            Map.of("Content-Type", "text/html"),
            List.of("<h1>Hello</h1>"),
            true,
            Script.End.WHOLE);
    try (var fake = FakeDeepSeek.start(page)) {
      Reply reply = askProbe.ask(fake, Map.of());

      assertThat(reply.toString())
          .contains(
              "answers with \"text/html\" instead of a stream: check --base-url [it says: Hello]");
    }
  }

  @Test
  void saysThatNothingListens() throws IOException {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }

    Reply reply =
        AskProbe.asker(AskProbe.profile("http://127.0.0.1:" + port), Map.of())
            .ask(AskProbe.WINDOW, askProbe.streamed::append);

    assertThat(reply)
        .isEqualTo(
            new Reply.Refused(
                Reply.Kind.UNREACHABLE,
                "http://127.0.0.1:%s refuses the connection: check --base-url, or start the server"
                    .formatted(port)));
  }

  @Test
  void knowsOfAnEncryptedConnectionThatBrokeLaterThatItMayHaveCarriedTheRequest() {
    var broken = new IOException(new SSLException("closed in transport"));

    assertThat(ProviderErrors.neverLeft(broken)).isFalse();
    assertThat(ProviderErrors.neverLeft(new IOException(new SSLHandshakeException("expired"))))
        .isTrue();
    assertThat(
            ProviderErrors.neverLeft(new SSLException("Unsupported or unrecognized SSL message")))
        .isTrue();
  }

  @Test
  void saysThatAHostIsNotKnown() {
    Reply reply =
        AskProbe.asker(AskProbe.profile("http://no-such-host.invalid"), Map.of())
            .ask(AskProbe.WINDOW, askProbe.streamed::append);

    assertThat(reply)
        .isEqualTo(
            new Reply.Refused(
                Reply.Kind.UNREACHABLE,
                "the host of http://no-such-host.invalid is not known: check --base-url and the network"));
  }

  @Test
  void sendsNothingWithoutAKey() {
    try (var fake = FakeDeepSeek.start(Script.answer("Yes."))) {
      var asker =
          new Asker(AskProbe.profile(fake.baseUrl()), ApiKey.NONE, AskProbe.settings(Map.of()));

      Reply reply = asker.ask(AskProbe.WINDOW, askProbe.streamed::append);

      assertThat(reply)
          .isEqualTo(
              new Reply.Refused(
                  Reply.Kind.KEY,
                  "no key for deepseek: set DEEPSEEK_API_KEY, or `brimful config set api_key.deepseek KEY`"));
      assertThat(fake.requests()).isEmpty();
    }
  }

  @Test
  void refusesThinkingWhereThereIsNoSwitch() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() ->
            AskProbe.asker(ModelCatalog.builtIn().find("gpt-5"), Map.of("BRIMFUL_THINKING", "off")))
        .withMessage("model gpt-5 has no switch for thinking: set thinking to default");
  }
}
