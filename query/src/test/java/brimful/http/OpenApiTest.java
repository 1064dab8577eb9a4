package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenApiTest {
  @TempDir private Path folder;

  @Test
  void theDocumentHasEveryRouteAndNoOther() {
    try (Serving serving = Serving.alone(folder)) {
      JsonNode document = Serving.tree(serving.get("/openapi.json").body());

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
              serving.server.routes().stream()
                  .map(route -> route.method().name() + " " + route.path())
                  .toList());
      assertThat(document.path("openapi").asText()).startsWith("3.1");
    }
  }

  @Test
  void everyReferenceOfTheDocumentLeadsSomewhere() {
    try (Serving serving = Serving.alone(folder)) {
      JsonNode document = Serving.tree(serving.get("/openapi.json").body());

      assertThat(document.findValuesAsText("$ref"))
          .isNotEmpty()
          .allSatisfy(
              ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
    }
  }
}
