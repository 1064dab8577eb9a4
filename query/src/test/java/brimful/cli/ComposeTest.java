package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.extract.ForkLimits;
import brimful.extract.MemoryPlan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The numbers of docker-compose.yml and the Dockerfile, held against each other.
final class ComposeTest {
  private static final Pattern PERCENTAGE = Pattern.compile("MaxRAMPercentage=(\\d+)");
  private static final long GIB = 1L << 30;

  @Test
  void aWorkerHasRoomForItsHeapAndAWholeParser() throws IOException {
    JsonNode worker = services().path("worker");
    long total = bytes(worker.path("mem_limit").asText());

    MemoryPlan plan = MemoryPlan.of(total, total * percentage(worker.path("environment")) / 100);

    assertThat(plan.fits()).as(plan.display()).isTrue();
    assertThat(plan.forkHeapBytes()).isEqualTo(ForkLimits.standard().heapBytes());
  }

  @Test
  void theImageAloneHasRoomForAParserFromOneGibibyteOn() throws IOException {
    int percentage = percentage(Files.readString(Path.of("..", "Dockerfile")));

    assertThat(MemoryPlan.of(GIB, GIB * percentage / 100).fits()).isTrue();
    assertThat(MemoryPlan.of(4 * GIB, 4 * GIB * percentage / 100).forkHeapBytes())
        .isEqualTo(ForkLimits.standard().heapBytes());
  }

  @Test
  void namesAreUtf8InTheImage() throws IOException {
    assertThat(Files.readString(Path.of("..", "Dockerfile")))
        .contains("LC_ALL=C.UTF-8", "export LC_ALL=C.UTF-8");
  }

  @Test
  void everyServiceOfOursServesItsMetricsAndEndsInTime() throws IOException {
    for (String name : List.of("worker", "index-worker", "query")) {
      JsonNode service = services().path(name);

      assertThat(service.path("environment").toString())
          .as(name)
          .containsPattern("BRIMFUL_METRICS(=|\":\")0\\.0\\.0\\.0:9464\"");
      assertThat(service.path("stop_grace_period").asText()).isEqualTo("10s");
      assertThat(service.at("/depends_on/kafka/condition").asText()).isEqualTo("service_healthy");
    }
  }

  @Test
  void openSearchStartsWithItsProfileOnly() throws IOException {
    JsonNode engine = services().path("opensearch");

    assertThat(engine.path("profiles").toString()).isEqualTo("[\"cluster\"]");
    for (String name : List.of("index-worker", "query")) {
      assertThat(services().path(name).path("environment").toString())
          .as(name)
          .contains("\"BRIMFUL_INDEX\"", "\"BRIMFUL_OPENSEARCH_PASSWORD\"");
    }
  }

  private static JsonNode services() throws IOException {
    JsonNode file = new YAMLMapper().readTree(Path.of("..", "docker-compose.yml").toFile());
    for (JsonNode service : file.path("services")) {
      JsonNode shared = file.path("x-brimful");
      if (service.has("<<")) {
        shared
            .fields()
            .forEachRemaining(
                one -> ((ObjectNode) service).putIfAbsent(one.getKey(), one.getValue()));
      }
    }
    return file.path("services");
  }

  private static int percentage(JsonNode environment) {
    return percentage(environment.toString());
  }

  private static int percentage(String text) {
    Matcher matcher = PERCENTAGE.matcher(text.replaceFirst("(?s)^.*?RUN printf", ""));
    assertThat(matcher.find()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static long bytes(String limit) {
    assertThat(limit).matches("\\d+g");
    return Long.parseLong(limit.substring(0, limit.length() - 1)) * GIB;
  }
}
