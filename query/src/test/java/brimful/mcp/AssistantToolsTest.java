package brimful.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an assistant does with a repository.
final class AssistantToolsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Path root;
  private static McpFixture fixture;
  private static McpFixture.Talk talk;

  @BeforeAll
  static void open(@TempDir Path folder) throws IOException {
    root = folder;
    fixture = new McpFixture(folder);
    Path code = folder.resolve("code");
    write(code, "README.md", "# Turbine\n\nIt turns.\n");
    write(code, "docs/README.md", "# Manual\n\nHow to turn it.\n");
    write(code, "docs/R&D <1>.md", "# Research\n\nWe study blades.\n");
    write(
        code,
        "src/Turbine.java",
        """
        package src;

        /** A Turbine that turns. */
        public final class Turbine {
          private int speed;

          /** Calls spin. */
          public void spin(int times) {
            speed += times;
          }

          int speed() {
            return speed;
          }
        }
        """);
    write(
        code,
        "data/long.txt",
        IntStream.rangeClosed(1, 300)
            .mapToObj(i -> "reading %s of blade %s\n".formatted(i, i % 7))
            .collect(Collectors.joining()));
    fixture.add("code", code);
    talk = fixture.talk();
  }

  private static void write(Path root, String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static String code(String tool, Map<String, Object> arguments) {
    var all = new HashMap<>(arguments);
    all.put("collection", "code");
    return talk.text(tool, all);
  }

  @Test
  void readsByAnEndOfThePathAndByItsPathInTheSource() {
    assertThat(code("read", Map.of("document", "Turbine.java")))
        .startsWith("<document path=\"code/src/Turbine.java\">");
    assertThat(code("read", Map.of("document", "README.md"))).contains("It turns.");
    assertThat(code("read", Map.of("document", "./src/Turbine.java:4-5")))
        .contains("<chunk lines=\"4-5\">\npublic final class Turbine {\n  private int speed;\n<");
  }

  @Test
  void readsANameAsItIsWrittenInATag() {
    assertThat(code("read", Map.of("document", "code/docs/R&amp;D &lt;1>.md")))
        .isEqualTo(code("read", Map.of("document", "code/docs/R&D <1>.md")))
        .contains("We study blades.");
  }

  @Test
  void suggestsWhatMayBeMeant() {
    assertThat(talk.refusal("read", Map.of("collection", "code", "document", "other/readme.txt")))
        .isEqualTo(
            "collection code has no document other/readme.txt: perhaps code/README.md, code/docs/README.md");
  }

  @Test
  void searchGoesOnWithItsCursor() {
    Map<String, Object> first = Map.of("collection", "code", "question", "turn", "limit", 1);

    McpSchema.CallToolResult one = talk.call("search", first);
    Map<?, ?> page = (Map<?, ?>) one.structuredContent();
    McpSchema.CallToolResult two =
        talk.call(
            "search",
            Map.of(
                "collection",
                "code",
                "question",
                "turn",
                "limit",
                1,
                "cursor",
                page.get("cursor")));

    assertThat(McpFixture.text(one)).startsWith("1 document, there are more: code/");
    assertThat(McpFixture.text(two)).startsWith("1 document").isNotEqualTo(McpFixture.text(one));
    assertThat(
            talk.refusal(
                "search",
                Map.of("collection", "code", "question", "other", "cursor", page.get("cursor"))))
        .startsWith("the cursor does not belong to this request");
  }

  @Test
  void searchNamesEachDocumentOnceThroughAllPages() {
    var documents = new ArrayList<String>();
    var arguments =
        new HashMap<String, Object>(
            Map.of("collection", "code", "question", "turn blade", "limit", 1));
    JsonNode page;
    do {
      page = JSON.valueToTree(talk.call("search", arguments).structuredContent());
      documents.addAll(page.path("results").findValuesAsText("document"));
      arguments.put("cursor", page.path("cursor").asText());
    } while (page.has("cursor") && documents.size() < 20);

    assertThat(documents)
        .doesNotHaveDuplicates()
        .contains("code/data/long.txt", "code/README.md", "code/docs/README.md");
  }

  @Test
  void whatSearchNamesIsReadInOneCall() {
    String read = code("read", Map.of("document", "data/long.txt:3-4,200-201"));

    assertThat(read)
        .contains(
            "<chunk lines=\"3-4\">\nreading 3 of blade 3\nreading 4 of blade 4\n",
            "<chunk lines=\"200-201\">\nreading 200 of blade 4\n")
        .doesNotContain("reading 5 ", "reading 199 ");
    assertThat(talk.refusal("read", Map.of("collection", "code", "document", "long.txt:3-4,20-10")))
        .isEqualTo("lines 20 to 10: give the smaller number first");
    assertThat(
            talk.refusal(
                "read", Map.of("collection", "code", "document", "long.txt:3-4,99000-99001")))
        .startsWith("code/data/long.txt has no lines 99000-99001: it has lines 1 to ");
    assertThat(
            talk.refusal(
                "read",
                Map.of("collection", "code", "document", "long.txt:3-4,99000000000-99000000001")))
        .startsWith("code/data/long.txt has no lines 1000000000");
  }

  @Test
  void aScopeLeavesTheRestOut() {
    assertThat(code("search", Map.of("question", "turn", "scope", "docs/**")))
        .contains("code/docs/README.md")
        .doesNotContain("code/README.md", "Turbine.java");
    assertThat(code("pack", Map.of("question", "turn", "scope", List.of("src/**"))))
        .contains("Turbine.java")
        .doesNotContain("README.md");
  }

  @Test
  void outlinesADocumentWithTheLinesThatDefine() {
    assertThat(code("outline", Map.of("path", "src/Turbine.java")))
        .isEqualTo(
            """
            code/src/Turbine.java: 3 definitions
            4: public final class Turbine {
            8: public void spin(int times) {
            12: int speed() {\
            """);
  }

  @Test
  void outlinesAFolderWithWhatItsDocumentsDefine() {
    assertThat(code("outline", Map.of()))
        .isEqualTo("the collection: 1 folder, 0 documents\ncode/ 5 documents");
    assertThat(code("outline", Map.of("path", "code")))
        .isEqualTo(
            """
            code/ 3 folders, 1 document
            data/ 1 document
            docs/ 2 documents
            src/ 1 document
            README.md: Turbine\
            """);
    assertThat(code("outline", Map.of("path", "src/")))
        .isEqualTo("code/src/ 0 folders, 1 document\nTurbine.java: Turbine, spin, speed");
  }

  @Test
  void outlinesAnArchiveLikeAFolder() throws IOException {
    Path folder = Files.createDirectory(root.resolve("nested"));
    try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("nest.zip")))) {
      zip.putNextEntry(new ZipEntry("in/a.md"));
      zip.write("# Nested\n\nText.\n".getBytes(StandardCharsets.UTF_8));
    }
    fixture.add("nested", folder);

    assertThat(talk.text("outline", Map.of("collection", "nested", "path", "nest.zip")))
        .endsWith("/nest.zip!/ 1 folder, 0 documents\nin/ 1 document");
  }

  @Test
  void grepFindsTextAndPatterns() {
    assertThat(code("grep", Map.of("pattern", "int speed")))
        .isEqualTo(
            """
            code/src/Turbine.java
            5:   private int speed;
            12:   int speed() {

            2 lines of 1 document\
            """);
    assertThat(code("grep", Map.of("pattern", "^# (t|m)", "regex", true, "ignore_case", true)))
        .startsWith("code/README.md\n1: # Turbine\ncode/docs/README.md\n1: # Manual\n");
    assertThat(code("grep", Map.of("pattern", "no(t)hing")))
        .isEqualTo("no line matches: if it is a regular expression, set regex to true");
    assertThat(code("grep", Map.of("pattern", "turn", "scope", "src/**")))
        .doesNotContain("README.md");
  }

  @Test
  void grepGoesOnUntilAllLinesAreGiven() {
    String all = "";
    String cursor = "";
    int pages = 0;
    do {
      String page = code("grep", Map.of("pattern", "blade 3", "limit", 20, "cursor", cursor));
      all += page;
      cursor = page.contains("cursor ") ? page.replaceAll("(?s).*cursor (\\S+).*", "$1") : "";
      pages++;
    } while (!cursor.isEmpty());

    assertThat(pages).isEqualTo(3);
    assertThat(all.lines().filter(line -> line.contains("of blade 3")).distinct()).hasSize(43);
  }
}
