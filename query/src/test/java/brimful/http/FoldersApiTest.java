package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersApiTest {
  private static TestServer server;

  @BeforeAll
  static void serve(@TempDir Path folder) {
    server =
        TestServer.alone(folder)
            .file("src/a/One.java", "class One {}\n")
            .file("src/a/Two.java", "class Two {}\n")
            .file("src/b/Three.java", "class Three {}\n")
            .file("a notes.md", "Notes.\n")
            .file("srcs.md", "More.\n")
            .collection("docs");
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static JsonNode folder(String query) {
    return TestServer.tree(server.get("/v1/collections/docs/folders" + query).body());
  }

  private static List<String> seen(JsonNode page) {
    return StreamSupport.stream(page.path("data").spliterator(), false)
        .map(entry ->
            "%s %s %s %s"
                .formatted(
                    entry.path("path").asText(),
                    entry.path("name").asText(),
                    entry.path("folder").asBoolean(),
                    entry.path("documents").asInt()))
        .toList();
  }

  @Test
  void aFolderHasItsFoldersFirst() {
    assertThat(seen(folder(""))).containsExactly("root/ root true 5");
    assertThat(seen(folder("?folder=root/")))
        .containsExactly(
            "root/src/ src true 3",
            "root/a notes.md a notes.md false 1",
            "root/srcs.md srcs.md false 1");
    assertThat(seen(folder("?folder=root/src")))
        .containsExactly("root/src/a/ a true 2", "root/src/b/ b true 1");
  }

  @Test
  void itIsListedInPages() {
    JsonNode first = folder("?folder=root/&limit=2");

    assertThat(seen(first)).hasSize(2);
    assertThat(seen(folder("?folder=root/&limit=2&after=root/a%20notes.md")))
        .containsExactly("root/srcs.md srcs.md false 1");
    assertThat(first.path("next").asText()).isEqualTo("root/a notes.md");
  }

  @Test
  void saysThatThereIsNoSuchFolder() {
    var none = server.get("/v1/collections/docs/folders?folder=root/sr");

    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("collection docs has no folder root/sr with text");
    assertThat(server.get("/v1/collections/none/folders").statusCode()).isEqualTo(404);
  }
}
