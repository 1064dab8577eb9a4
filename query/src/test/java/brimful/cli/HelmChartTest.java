package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.extract.ForkLimits;
import brimful.extract.MemoryPlan;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// The Helm chart, rendered by Helm itself and held against Kubernetes' schemas and the program.
final class HelmChartTest {
  private static final Path CHART = Path.of("..", "deploy", "helm", "brimful");

  /// Kubernetes ignores a field that it does not know, so that a typing error stays unseen.
  private static final YAMLMapper STRICT =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new NoRest())
          .build();

  private static final Map<String, Class<?>> SCHEMAS =
      Map.of(
          "StatefulSet", StatefulSet.class,
          "Deployment", Deployment.class,
          "Service", Service.class,
          "Ingress", Ingress.class);

  private static final Map<String, Object> EVERYTHING =
      Map.ofEntries(
          Map.entry("kafka.configSecret", "kafka-login"),
          Map.entry("sources.existingClaim", "documents"),
          Map.entry("uploads.existingClaim", "uploads"),
          Map.entry("uploads.bucket", "s3://files/uploads"),
          Map.entry("objectStore.roots[0]", "s3://files/documents"),
          Map.entry("objectStore.endpoint", "http://minio:9000"),
          Map.entry("objectStore.region", "eu-north-1"),
          Map.entry("objectStore.secret", "store"),
          Map.entry("opensearch.url", "https://search:9200/docs"),
          Map.entry("opensearch.secret", "search-login"),
          Map.entry("server.environmentSecret", "provider"),
          Map.entry("server.arguments[0]", "--upload-mb"),
          Map.entry("server.arguments[1]", "64"),
          Map.entry("server.nodeSelector.disk", "ssd"),
          Map.entry("image.pullSecrets[0].name", "registry"),
          Map.entry("ingress.enabled", true),
          Map.entry("ingress.className", "nginx"),
          Map.entry("ingress.tlsSecret", "tls"),
          Map.entry("podMonitor.enabled", true),
          Map.entry("workers.autoscaling.enabled", true));

  @TempDir Path folder;

  /// The models keep what they do not know in a map, which would hide it.
  private static final class NoRest extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  @BeforeAll
  static void needHelm() {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      System.err.println("NO HELM: the chart is not rendered");
      throw new TestAbortedException("NO HELM: its library is that of Linux on amd64");
    }
  }

  private static List<JsonNode> render(Map<String, Object> values) {
    TemplateCommand template =
        new Helm(CHART)
            .template()
            .withName("docs")
            .withNamespace("search")
            .withKubeVersion("1.30.0");
    values.forEach(template::set);
    return Stream.of(template.call().split("(?m)^---$"))
        .filter(text -> !text.isBlank())
        .map(HelmChartTest::parse)
        .filter(JsonNode::isObject)
        .toList();
  }

  private static JsonNode parse(String text) {
    try {
      return STRICT.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  private static Map<String, Object> minimal() {
    return new HashMap<>(Map.of("kafka.bootstrap", "kafka:9092"));
  }

  private static Map<String, Object> everything() {
    Map<String, Object> values = minimal();
    values.putAll(EVERYTHING);
    return values;
  }

  private static List<JsonNode> pods(List<JsonNode> objects) {
    return objects.stream()
        .filter(one -> one.path("spec").has("template"))
        .map(one -> one.at("/spec/template/spec"))
        .toList();
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Stream<JsonNode> containers(Map<String, Object> values) {
    return pods(render(values)).stream().flatMap(pod -> each(pod.path("containers")));
  }

  @Test
  void passesHelmsLint() {
    LintResult result = new Helm(CHART).lint().call();

    assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    assertThat(result.getMessages()).noneMatch(line -> line.contains("WARNING"));
  }

  @Test
  void asksForTheAddressOfKafka() {
    assertThatThrownBy(() -> render(Map.of()))
        .hasMessageContaining("kafka.bootstrap is empty: name the HOST:PORT of your Kafka");
  }

  @Test
  void hasNoFieldThatKubernetesDoesNotKnow() throws IOException {
    var kinds = new HashSet<String>();
    for (JsonNode object : render(everything())) {
      kinds.add(object.path("kind").asText());
      Class<?> schema = SCHEMAS.get(object.path("kind").asText());
      if (schema != null) {
        assertThat(STRICT.treeToValue(object, schema)).isNotNull();
      }
    }
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "StatefulSet", "Deployment", "Service", "Ingress", "PodMonitor", "ScaledObject");
    JsonNode wrong = parse("{kind: Service, spec: {typ: ClusterIP}}");
    assertThatThrownBy(() -> STRICT.treeToValue(wrong, Service.class)).hasMessageContaining("typ");
  }

  @Test
  void givesEachCommandOptionsThatItHas() {
    List<JsonNode> all = containers(everything()).toList();

    assertThat(all).hasSize(3);
    for (JsonNode container : all) {
      List<String> words = each(container.path("args")).map(JsonNode::asText).toList();
      String help = new Shell(folder).run(words.getFirst(), "--help").out();
      assertThat(words.stream().filter(word -> word.startsWith("--")))
          .isNotEmpty()
          .allSatisfy(option -> assertThat(help).containsPattern(" " + option + "[ \n]"));
    }
  }

  @Test
  void probesAPortOnWhichTheProgramServes() {
    containers(minimal())
        .forEach(container -> {
          String address = variable(container, "BRIMFUL_METRICS");
          List<String> probed =
              Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                  .map(name -> container.path(name).at("/httpGet/port").asText())
                  .filter(port -> !port.isEmpty())
                  .distinct()
                  .toList();
          assertThat(probed).hasSize(1);
          assertThat(
                  each(container.path("ports"))
                      .filter(port -> port.path("name").asText().equals(probed.getFirst()))
                      .map(port -> "0.0.0.0:" + port.path("containerPort").asText()))
              .containsExactly(address);
          assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health");
        });
  }

  private static String variable(JsonNode container, String name) {
    return each(container.path("env"))
        .filter(one -> one.path("name").asText().equals(name))
        .map(one -> one.path("value").asText())
        .findFirst()
        .orElse("");
  }

  @Test
  void givesAWorkerRoomForItsHeapAndAWholeParser() {
    JsonNode worker =
        containers(minimal())
            .filter(one -> one.path("name").asText().equals("worker"))
            .findFirst()
            .orElseThrow();
    long total =
        Quantity.getAmountInBytes(Quantity.parse(worker.at("/resources/limits/memory").asText()))
            .longValueExact();
    String options = variable(worker, "BRIMFUL_JAVA_OPTS");
    assertThat(options).matches("-XX:MaxRAMPercentage=\\d+");
    long heap = total * Long.parseLong(options.replaceAll("\\D", "")) / 100;

    MemoryPlan plan = MemoryPlan.of(total, heap);

    assertThat(plan.fits()).as(plan.display()).isTrue();
    assertThat(plan.forkHeapBytes()).isEqualTo(ForkLimits.standard().heapBytes());
  }

  @Test
  void runsWithoutPrivilegesOnAReadOnlyImage() {
    List<JsonNode> pods = pods(render(everything()));

    assertThat(pods)
        .hasSize(2)
        .allSatisfy(pod -> {
          assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
          assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10_001);
          assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
          assertThat(each(pod.path("containers")))
              .allSatisfy(container -> {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
              });
        });
  }

  @Test
  void mountsOnlyVolumesThatThePodHas() {
    for (Map<String, Object> values : List.of(minimal(), everything())) {
      for (JsonNode object : render(values)) {
        JsonNode pod = object.at("/spec/template/spec");
        Set<String> volumes = new HashSet<>();
        each(pod.path("volumes")).forEach(one -> volumes.add(one.path("name").asText()));
        each(object.at("/spec/volumeClaimTemplates"))
            .forEach(one -> volumes.add(one.at("/metadata/name").asText()));
        assertThat(
                each(pod.path("containers"))
                    .flatMap(container -> each(container.path("volumeMounts")))
                    .map(mount -> mount.path("name").asText()))
            .isSubsetOf(volumes);
      }
    }
  }

  @Test
  void serverAndWorkersShareTheObjectStore() {
    List<JsonNode> all =
        containers(everything())
            .filter(one -> !one.path("name").asText().equals("index-worker"))
            .toList();

    assertThat(all)
        .hasSize(2)
        .allSatisfy(container -> {
          assertThat(container.path("args").toString()).contains("s3://files/documents");
          assertThat(container.path("args").toString()).contains("s3://files/uploads");
          assertThat(each(container.path("env")).map(one -> one.path("name").asText()))
              .contains("AWS_ENDPOINT_URL_S3", "AWS_REGION", "AWS_SECRET_ACCESS_KEY");
        });
    assertThat(containers(minimal()).map(one -> one.path("env").toString()))
        .allSatisfy(env -> assertThat(env).doesNotContain("AWS"));
  }

  @Test
  void serverAndIndexWorkerShareTheIndex() {
    Map<String, JsonNode> all =
        containers(everything())
            .collect(Collectors.toMap(one -> one.path("name").asText(), one -> one));

    for (String name : List.of("server", "index-worker")) {
      JsonNode container = all.getOrDefault(name, MissingNode.getInstance());
      assertThat(each(container.path("args")).map(JsonNode::asText))
          .containsSequence("--index", "opensearch=https://search:9200/docs");
      for (String key : List.of("BRIMFUL_OPENSEARCH_USER", "BRIMFUL_OPENSEARCH_PASSWORD")) {
        assertThat(
                each(container.path("env"))
                    .filter(one -> one.path("name").asText().equals(key))
                    .map(one -> one.at("/valueFrom/secretKeyRef").toString()))
            .containsExactly("{\"name\":\"search-login\",\"key\":\"%s\"}".formatted(key));
      }
    }
    assertThat(all.getOrDefault("worker", MissingNode.getInstance()).toString())
        .contains("BRIMFUL")
        .doesNotContain("search");
    assertThat(containers(minimal()))
        .hasSize(3)
        .allSatisfy(one ->
            assertThat(one.toString()).doesNotContain("--index").doesNotContain("OPENSEARCH"));
  }

  @Test
  void leavesTheNumberOfWorkersToTheScalerWhereThereIsOne() {
    JsonNode fixed = named("Deployment", render(minimal()));
    List<JsonNode> scaled = render(everything());

    assertThat(fixed.at("/spec/replicas").asInt()).isEqualTo(2);
    assertThat(named("Deployment", scaled).at("/spec/replicas").isMissingNode()).isTrue();
    JsonNode scaler = named("ScaledObject", scaled);
    assertThat(scaler.at("/spec/scaleTargetRef/name").asText())
        .isEqualTo(fixed.at("/metadata/name").asText());
    assertThat(scaler.at("/spec/triggers/0/metadata/query").asText())
        .isEqualTo("max(brimful_claims_waiting{namespace=\"search\"})");
  }

  private static JsonNode named(String kind, List<JsonNode> objects) {
    return objects.stream()
        .filter(one -> one.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
