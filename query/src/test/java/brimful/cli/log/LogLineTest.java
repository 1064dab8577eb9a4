package brimful.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Lines of the log, as text and as JSON, and which of them are written.
final class LogLineTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00.123456Z");

  private static LogLine line(String message, Optional<Throwable> failure) {
    return new LogLine(NOON, Level.WARN, "brimful.kafka.Test", message, failure);
  }

  private static JsonNode parsed(LogLine line) throws JsonProcessingException {
    assertThat(line.json()).doesNotContain("\n");
    return new ObjectMapper().readTree(line.json());
  }

  @Test
  void isOneLineOfJsonWhateverItSays() throws JsonProcessingException {
    String hostile = "a \"quoted\" \\ name\n\r\t\u0000\u001b[31m ünï 日本 \uD83D\uDE00 \uD800";

    JsonNode node = parsed(line(hostile, Optional.empty()));

    assertThat(node.path("message").asText()).isEqualTo(hostile);
    assertThat(node.path("time").asText()).isEqualTo("2026-11-27T12:00:00.123Z");
    assertThat(node.path("level").asText()).isEqualTo("warn");
    assertThat(node.path("logger").asText()).isEqualTo("brimful.kafka.Test");
    assertThat(node.has("stack")).isFalse();
  }

  @Test
  void keepsTheStackInOneMember() throws JsonProcessingException {
    JsonNode node = parsed(line("broken", Optional.of(new IllegalStateException("why"))));

    assertThat(node.path("stack").asText())
        .startsWith("java.lang.IllegalStateException: why\n")
        .contains("at brimful.cli.log.LogLineTest");
  }

  @Test
  void isReadableAsText() {
    assertThat(line("source away location=/x", Optional.empty()).text())
        .isEqualTo("2026-11-27T12:00:00.123Z WARN brimful.kafka.Test - source away location=/x");
  }

  @Test
  void writesOurEventsFromInfoOnAndNoneOfLibraries() {
    LogSettings settings = LogSettings.of(Map.of());

    assertThat(settings.writes("brimful.kafka.worker.ShareWorker", Level.INFO)).isTrue();
    assertThat(settings.writes("brimful.kafka.worker.ShareWorker", Level.DEBUG)).isFalse();
    assertThat(settings.writes("brimful.mcp.McpErrors", Level.INFO)).isFalse();
    assertThat(settings.writes("brimful.source.CopyFolder", Level.WARN)).isFalse();
    assertThat(settings.writes("org.apache.kafka.clients.NetworkClient", Level.WARN)).isFalse();
  }

  @Test
  void writesMoreOrLessAsAsked() {
    LogSettings warn = LogSettings.of(Map.of("BRIMFUL_LOG_LEVEL", "warn"));
    LogSettings debug = LogSettings.of(Map.of("BRIMFUL_LOG_LEVEL", "debug"));

    assertThat(warn.writes("brimful.http.Guard", Level.INFO)).isFalse();
    assertThat(warn.writes("brimful.http.Guard", Level.WARN)).isTrue();
    assertThat(debug.writes("brimful.source.CopyFolder", Level.DEBUG)).isTrue();
    assertThat(debug.writes("org.apache.kafka.clients.NetworkClient", Level.WARN)).isTrue();
    assertThat(debug.writes("org.apache.kafka.clients.NetworkClient", Level.INFO)).isFalse();
  }

  @Test
  void refusesSettingsThatDoNotExist() {
    assertThatThrownBy(() -> LogSettings.of(Map.of("BRIMFUL_LOG", "xml")))
        .isInstanceOf(UserError.class)
        .hasMessage("BRIMFUL_LOG \"xml\" is no format of the log: write json or text");
    assertThatThrownBy(() -> LogSettings.of(Map.of("BRIMFUL_LOG_LEVEL", "loud")))
        .isInstanceOf(UserError.class)
        .hasMessage("BRIMFUL_LOG_LEVEL=loud is no level: write error, warn, info, debug");
  }

  @Test
  void isWhatEveryLoggerWrites() {
    assertThat(LoggerFactory.getLogger("brimful.kafka.Test")).isInstanceOf(LineLogger.class);
  }
}
