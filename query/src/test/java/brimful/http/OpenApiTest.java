package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.UserError;
import brimful.http.edge.Problems;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.HttpStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiTest {
  @TempDir private Path folder;

  @Test
  void theDocumentHasEveryRouteAndNoOther() {
    try (TestServer testServer = TestServer.alone(folder)) {
      JsonNode document = TestServer.tree(testServer.get("/openapi.json").body());

      var documented = new TreeSet<String>();
      document
          .path("paths")
          .properties()
          .forEach(path ->
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(method ->
                      documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
      assertThat(documented)
          .containsExactlyInAnyOrderElementsOf(
              testServer.server.routes().stream()
                  .map(route -> route.method().name() + " " + route.path())
                  .toList());
      assertThat(document.path("openapi").asText()).startsWith("3.1");
    }
  }

  @Test
  void theDocumentHasTheStatusesOfTheKindsOfErrors() {
    try (TestServer testServer = TestServer.alone(folder)) {
      JsonNode document = TestServer.tree(testServer.get("/openapi.json").body());

      var documented = new TreeSet<Integer>();
      for (JsonNode path : document.path("paths")) {
        for (JsonNode operation : path) {
          operation
              .path("responses")
              .fieldNames()
              .forEachRemaining(status -> documented.add(Integer.valueOf(status)));
        }
      }
      documented.removeIf(status -> status < 400);
      var mapped = new TreeSet<>(List.of(HttpStatus.MISDIRECTED_REQUEST.getCode()));
      for (UserError.Kind kind : UserError.Kind.values()) {
        mapped.add(Problems.status(kind).getCode());
      }
      assertThat(documented).isEqualTo(mapped);
    }
  }

  @Test
  void theDocumentSaysWhatToWaitForAndNothingElse() {
    try (TestServer testServer = TestServer.alone(folder)) {
      JsonNode document = TestServer.tree(testServer.get("/openapi.json").body());

      for (HttpStatus status : HttpStatus.values()) {
        JsonNode response =
            document
                .path("components")
                .path("responses")
                .path(status.getMessage().replace(" ", ""));
        if (!response.isMissingNode()) {
          assertThat(response.path("headers").has("Retry-After"))
              .as("%s", status)
              .isEqualTo(Problems.retryAfter(status).isPresent());
        }
      }
      assertThat(document.path("components").path("responses").size()).isEqualTo(16);
    }
  }

  @Test
  void everyReferenceOfTheDocumentLeadsSomewhere() {
    try (TestServer testServer = TestServer.alone(folder)) {
      JsonNode document = TestServer.tree(testServer.get("/openapi.json").body());

      assertThat(document.findValuesAsText("$ref"))
          .isNotEmpty()
          .allSatisfy(
              ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
    }
  }
}
