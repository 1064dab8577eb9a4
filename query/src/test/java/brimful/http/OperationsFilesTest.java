package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.ask.Reply;
import brimful.kafka.BrokerPulse;
import brimful.kafka.BrokerWatch;
import brimful.kafka.Cluster;
import brimful.kafka.Connection;
import brimful.kafka.Topics;
import brimful.kafka.index.IndexCounters;
import brimful.kafka.worker.WorkerCounters;
import brimful.model.Usage;
import brimful.service.Admission;
import brimful.service.PaidReply;
import brimful.testing.TestBroker;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The alerts, the dashboard and the list of metrics, held against what the program publishes.
final class OperationsFilesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern METRIC = Pattern.compile("\\b(?:brimful|jvm)_[a-z_]+\\b");

  private static Set<String> published = Set.of();

  @BeforeAll
  static void scrape() {
    var connection = Connection.of(TestBroker.address(), Optional.empty());
    try (Cluster cluster = Cluster.open(connection, new Topics("operations"));
        var pulse = BrokerPulse.logged(cluster);
        var watch = new BrokerWatch(cluster, pulse, List.of());
        var telemetry = Telemetry.of(Map.of())) {
      var refused = new Reply.Refused(Reply.Kind.values()[0], "");
      telemetry.watch(new Admission(telemetry));
      List.of("ask", "pack", "search").forEach(what -> telemetry.timed(what, () -> what));
      telemetry.called(new PaidReply(refused, new Usage(1, 0, 0, 1, 0), 0.1, true, Duration.ZERO));
      telemetry.refused(404);
      telemetry.process().bind(new WorkerCounters(), 1);
      telemetry.process().bind(new IndexCounters(), watch);
      telemetry.process().bind(pulse, watch);
      published =
          telemetry
              .process()
              .registry()
              .scrape()
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> line.replaceFirst("[{ ].*", ""))
              .collect(Collectors.toUnmodifiableSet());
    }
  }

  private static Set<String> metrics(String text) {
    return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  @Test
  void alertsAreAboutMetricsThatExist() throws IOException {
    JsonNode rules =
        new YAMLMapper().readTree(read("deploy/prometheus/alerts.yml")).at("/groups/0/rules");

    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      assertThat(rule.path("alert").asText()).startsWith("Brimful");
      assertThat(rule.at("/annotations/action").asText()).isNotBlank();
      assertThat(metrics(rule.path("expr").asText())).isNotEmpty().isSubsetOf(published);
    }
  }

  @Test
  void theDashboardShowsMetricsThatExist() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(read("deploy/grafana/brimful.json"));
    var ids = new TreeSet<Integer>();

    assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
    assertThat(dashboard.path("panels")).isNotEmpty();
    for (JsonNode panel : dashboard.path("panels")) {
      String title = panel.path("title").asText();
      JsonNode place = panel.path("gridPos");
      assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
      assertThat(place.path("x").asInt() + place.path("w").asInt()).as(title).isBetween(1, 24);
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("targets")).as(title).isNotEmpty();
        for (JsonNode target : panel.path("targets")) {
          assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
          assertThat(metrics(target.path("expr").asText())).isNotEmpty().isSubsetOf(published);
        }
      }
    }
  }

  @Test
  void theListOfMetricsIsComplete() throws IOException {
    Set<String> listed =
        read("docs/operations.md")
            .lines()
            .filter(line -> line.startsWith("| `brimful_"))
            .flatMap(line -> metrics(line.split("\\|")[1]).stream())
            .collect(Collectors.toSet());
    // A histogram has a name for each of its parts.
    Set<String> families =
        published.stream()
            .filter(name -> name.startsWith("brimful_"))
            .map(name -> name.replaceFirst("(?<=_seconds)_(bucket|count|sum|max)$", ""))
            .collect(Collectors.toSet());

    assertThat(listed).containsExactlyInAnyOrderElementsOf(families);
  }
}
