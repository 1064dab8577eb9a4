package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.dense.LocalEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// OpenAI's embeddings, with the real encoder: it loads where a test is slow, and nowhere else.
final class EmbeddingsApiTest {
  private static final String PATH = "/v1/embeddings";

  @TempDir private static Path folder;

  private static TestServer testServer;

  @BeforeAll
  static void serve() {
    // Not a folder that is removed behind the test: the libraries in it stay loaded.
    var encoder = new LocalEncoder(Path.of("target", "encoder"));
    testServer = TestServer.embedding(folder.resolve("with"), Optional.of(encoder));
  }

  @AfterAll
  static void stop() {
    testServer.close();
  }

  private static JsonNode embedded(String more) {
    HttpResponse<String> response =
        testServer.post(PATH, "{\"model\":\"bge-small-en-v1.5\",%s}".formatted(more));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.tree(response.body());
  }

  private static float[] floats(JsonNode numbers) {
    float[] floats = new float[numbers.size()];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) numbers.get(i).asDouble());
    return floats;
  }

  private static double product(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  @Test
  void withoutTheEncoderItSaysWhatToDo() {
    try (TestServer without = TestServer.alone(folder.resolve("without"))) {
      HttpResponse<String> response =
          without.post(PATH, "{\"model\":\"text-embedding-3-small\",\"input\":\"x\"}");

      assertThat(response.statusCode()).isEqualTo(404);
      JsonNode error = TestServer.tree(response.body()).path("error");
      assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
      assertThat(error.path("message").asText())
          .isEqualTo(
              "this server has no model for embeddings: start it with brimful serve --dense for bge-small-en-v1.5, or search with /v1/search, which needs none");
    }
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          404 | model           | say bge-small-en-v1.5     | {"model":"text-embedding-3-small","input":"x"}
          404 | model           | say bge-small-en-v1.5     | {"input":"x"}
          400 | input           | give a text               | {"model":"bge-small-en-v1.5"}
          400 | input           | give a text               | {"model":"bge-small-en-v1.5","input":""}
          400 | input           | give a text               | {"model":"bge-small-en-v1.5","input":["x"," "]}
          400 | input           | give a text               | {"model":"bge-small-en-v1.5","input":[]}
          400 | input           | give a text               | {"model":"bge-small-en-v1.5","input":{"a":1}}
          400 | input           | tokens of another model   | {"model":"bge-small-en-v1.5","input":[1,2]}
          400 | input           | tokens of another model   | {"model":"bge-small-en-v1.5","input":[[1,2]]}
          400 | encoding_format | give float or base64      | {"model":"bge-small-en-v1.5","input":"x","encoding_format":"hex"}
          400 | dimensions      | has 384                   | {"model":"bge-small-en-v1.5","input":"x","dimensions":256}
          400 | truncate        | leave it out              | {"model":"bge-small-en-v1.5","input":"x","truncate":true}
          """)
  void refusesByName(int status, String param, String line, String body) {
    HttpResponse<String> response = testServer.post(PATH, body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode error = TestServer.tree(response.body()).path("error");
    assertThat(error.path("param").asText()).isEqualTo(param);
    assertThat(error.path("message").asText()).contains(line).hasSizeLessThan(300);
  }

  @Test
  void refusesTooMuchAtOnce() {
    String many =
        "{\"model\":\"bge-small-en-v1.5\",\"input\":[%s\"x\"]}".formatted("\"x\",".repeat(2_048));
    String large =
        "{\"model\":\"bge-small-en-v1.5\",\"input\":\"%s\"}".formatted("word ".repeat(80_001));

    assertThat(testServer.post(PATH, many).statusCode()).isEqualTo(413);
    assertThat(testServer.post(PATH, large).body())
        .contains("1 texts of 400,005 characters", "400,000 characters at most");
  }

  @Test
  @Tag("slow")
  void embedsATextOrAListOfThem() {
    JsonNode one = embedded("\"input\":\"otters swim in rivers\"");
    JsonNode two =
        embedded("\"input\":[\"where do otters live?\",\"otters swim in rivers\",\"tax law\"]");

    assertThat(one.path("object").asText()).isEqualTo("list");
    assertThat(one.path("model").asText()).isEqualTo("bge-small-en-v1.5");
    assertThat(one.at("/data/0/object").asText()).isEqualTo("embedding");
    assertThat(one.at("/usage/prompt_tokens").asInt())
        .isEqualTo(one.at("/usage/total_tokens").asInt())
        .isBetween(4, 12);
    assertThat(two.path("data").findValuesAsText("index")).containsExactly("0", "1", "2");
    float[] question = floats(two.at("/data/0/embedding"));
    float[] otters = floats(two.at("/data/1/embedding"));
    assertThat(otters).hasSize(384);
    assertThat(product(floats(one.at("/data/0/embedding")), otters)).isBetween(0.999, 1.001);
    assertThat(product(question, otters))
        .isGreaterThan(product(question, floats(two.at("/data/2/embedding"))));
  }

  @Test
  @Tag("slow")
  void base64HasTheSameNumbers() {
    JsonNode plain =
        embedded("\"input\":\"otters\",\"encoding_format\":\"float\",\"user\":\"ann\"");
    JsonNode coded =
        embedded("\"input\":\"otters\",\"encoding_format\":\"base64\",\"dimensions\":384");

    byte[] bytes = Base64.getDecoder().decode(coded.at("/data/0/embedding").asText());
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);

    assertThat(numbers).isEqualTo(floats(plain.at("/data/0/embedding")));
  }

  @Test
  @Tag("slow")
  void aLongTextHasOneVectorOfLengthOne() {
    JsonNode data =
        embedded("\"input\":\"%s\"".formatted("otters swim. ".repeat(400))).path("data");

    float[] vector = floats(data.at("/0/embedding"));
    assertThat(data).hasSize(1);
    assertThat(product(vector, vector)).isBetween(0.999, 1.001);
  }

  @Test
  void theMeanOfPiecesHasLengthOne() {
    float[] mean = EmbeddingsApi.mean(List.of(new float[] {1, 0}, new float[] {0, 1}));

    assertThat(mean[0]).isEqualTo(mean[1]).isBetween(0.707f, 0.708f);
  }
}
