package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.edge.Problem;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client gets that asks for something that cannot be: a status that the API's description
/// has for that route, and one line.
final class BadRequestsTest {
  @TempDir private static Path folder;

  private static TestServer testServer;
  private static JsonNode description;

  @BeforeAll
  static void serve() {
    testServer = TestServer.alone(folder).file("a.md", "# A\n\nThe broker rebalances at noon.\n");
    testServer.collection("docs");
    testServer.collections.create("empty");
    description = TestServer.tree(testServer.get("/openapi.json").body());
  }

  @AfterAll
  static void stop() {
    testServer.close();
  }

  @ParameterizedTest(name = "{2} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | no "name"                         | POST /v1/collections                             | {}
          400 | ^the body is not valid JSON: line 1 column 9$ | POST /v1/collections                 | {"name":
          400 | ^the body is not valid JSON: line 1 column 10$ | POST /v1/ask                        | {"name": nope}
          400 | ^the body is not valid JSON: line 1 column 2$ | POST /v1/chat/completions            | {
          400 | not a JSON object                 | POST /v1/collections                             | [1]
          400 | "name" is \\{                     | POST /v1/collections                             | {"name":{}}
          400 | collection name "a/b"             | POST /v1/collections                             | {"name":"a/b"}
          409 | there is a collection docs        | POST /v1/collections                             | {"name":"docs"}
          404 | no collection is called none      | GET /v1/collections/none                         |
          404 | no collection is called none      | DELETE /v1/collections/none                      |
          404 | no collection is called none      | GET /v1/collections/none/sources                 |
          400 | no "location"                     | POST /v1/collections/docs/sources                | {}
          403 | below the server's roots          | POST /v1/collections/docs/sources                | {"location":"/etc/passwd"}
          403 | below the server's roots          | POST /v1/collections/docs/sources                | {"location":"/no/such/folder"}
          403 | only http and https git addresses | POST /v1/collections/docs/sources                | {"location":"file:///etc"}
          403 | not a public host                 | POST /v1/collections/docs/sources                | {"location":"http://127.0.0.1/a/b.git"}
          404 | has no source none                | DELETE /v1/collections/docs/sources/none         |
          404 | has no source none                | POST /v1/collections/docs/sources/none/sync      | {}
          400 | state=eaten: say indexed          | GET /v1/collections/docs/files?state=eaten       |
          400 | limit=0: give a number            | GET /v1/collections/docs/files?limit=0           |
          400 | after=nope is not a cursor        | GET /v1/collections/docs/files?after=nope        |
          400 | no \\?document=ID                 | GET /v1/collections/docs/text                    |
          404 | has no document none              | GET /v1/collections/docs/text?document=none      |
          400 | from=x: give a number             | GET /v1/collections/docs/text?document=root/a.md&from=x |
          404 | no job none                       | GET /v1/jobs/none                                |
          404 | no job none                       | DELETE /v1/jobs/none                             |
          404 | no job none                       | GET /v1/jobs/none/events                         |
          400 | limit=lots: give a number         | GET /v1/jobs?limit=lots                          |
          400 | "limt" is no parameter of this address, which has collection, limit, after | GET /v1/jobs?limt=3 |
          400 | "x" is no parameter of this address, which has none | GET /v1/status?x=         |
          400 | limit is given 2 times: give it once | GET /v1/jobs?limit=3&limit=4                  |
          400 | all=yes: say true or false        | GET /v1/feedback.jsonl?all=yes                   |
          400 | no "collection"                   | POST /v1/search                                  | {}
          400 | no "question"                     | POST /v1/search                                  | {"collection":"docs"}
          400 | "limit" is 0                      | POST /v1/search                                  | {"collection":"docs","question":"q","limit":0}
          400 | "limit" is "lots"                 | POST /v1/search                                  | {"collection":"docs","question":"q","limit":"lots"}
          404 | no collection is called none      | POST /v1/search                                  | {"collection":"none","question":"q"}
          400 | format "pdf": say xml             | POST /v1/pack                                    | {"collection":"docs","question":"q","format":"pdf"}
          400 | budget "lots" is not a number     | POST /v1/pack                                    | {"collection":"docs","question":"q","budget":"lots"}
          400 | give at least                     | POST /v1/pack                                    | {"collection":"docs","question":"q","budget":"10"}
          400 | more than the                     | POST /v1/pack                                    | {"collection":"docs","question":"q","budget":"900M"}
          404 | no model is called "nope"         | POST /v1/pack                                    | {"collection":"docs","question":"q","model":"nope"}
          404 | no model is called "nope"         | POST /v1/ask                                     | {"collection":"docs","question":"q","model":"nope"}
          422 | collection empty holds no text    | POST /v1/ask                                     | {"collection":"empty","question":"q"}
          422 | collection empty holds no text    | POST /v1/pack                                    | {"collection":"empty","question":"q"}
          400 | no "model"                        | POST /v1/chat/completions                        | {}
          404 | model "gpt-5": say brimful/       | POST /v1/chat/completions                        | {"model":"gpt-5","messages":[]}
          400 | no "messages"                     | POST /v1/chat/completions                        | {"model":"brimful/docs"}
          400 | the last message is not           | POST /v1/chat/completions                        | {"model":"brimful/docs","messages":[{"role":"assistant","content":"x"}]}
          400 | role "judge"                      | POST /v1/chat/completions                        | {"model":"brimful/docs","messages":[{"role":"judge","content":"x"},{"role":"user","content":"x"}]}
          400 | content of type "video"           | POST /v1/chat/completions                        | {"model":"brimful/docs","messages":[{"role":"user","content":[{"type":"video"}]}]}
          400 | the question is empty             | POST /v1/chat/completions                        | {"model":"brimful/docs","messages":[{"role":"user","content":" "}]}
          404 | no collection is called none      | POST /v1/chat/completions                        | {"model":"brimful/none","messages":[{"role":"user","content":"x"}]}
          404 | no model is called "nope"         | POST /v1/chat/completions                        | {"model":"brimful/docs/nope","messages":[{"role":"user","content":"x"}]}
          400 | has no questions                  | POST /v1/batches                                 | {"collection":"docs"}
          400 | line 1 has no id                  | POST /v1/batches                                 | {"collection":"docs","questions":[{"question":"q"}]}
          400 | "per" is page                     | POST /v1/batches                                 | {"collection":"docs","per":"page","questions":[{"id":"a","question":"q"}]}
          400 | "off_peak" is "yes"               | POST /v1/batches                                 | {"collection":"docs","off_peak":"yes","questions":[{"id":"a","question":"q"}]}
          400 | "max_cost_usd" is -1              | POST /v1/batches                                 | {"collection":"docs","max_cost_usd":-1,"questions":[{"id":"a","question":"q"}]}
          400 | no collection is named            | POST /v1/exhaustive/forecast                     | {"collection":"+","question":"q"}
          400 | no collection is named            | POST /v1/ask                                     | {"collection":"+","question":"q"}
          400 | give an amount such as 2.5        | POST /v1/exhaustive/forecast                     | {"collection":"docs","question":"q","max_cost_usd":1e400}
          503 | no model is connected             | POST /v1/batches                                 | {"collection":"docs","questions":[{"id":"a","question":"q"}]}
          404 | no collection is called none      | POST /v1/batches                                 | {"collection":"none","questions":[{"id":"a","question":"q"}]}
          404 | no batch none                     | GET /v1/batches/none                             |
          404 | no batch none                     | DELETE /v1/batches/none                          |
          404 | no batch none                     | POST /v1/batches/none/resume                     | {}
          404 | nothing is at /nowhere            | GET /nowhere                                     |
          405 | takes other methods               | PUT /v1/collections                              | {}
          """)
  void getsADocumentedStatusAndOneLine(int status, String line, String request, String body) {
    String method = request.substring(0, request.indexOf(' '));
    String path = request.substring(request.indexOf(' ') + 1);
    HttpResponse<String> answer =
        testServer.send(
            testServer
                .request(path)
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(detail(path, answer)).containsPattern(line).doesNotContain("Exception", "\n");
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    operation(method, path.replaceFirst("\\?.*", ""))
        .ifPresent(operation ->
            assertThat(operation.path("responses").has(Integer.toString(status)))
                .as("%s documents %s", request, status)
                .isTrue());
  }

  @Test
  void aMethodThatIsNotAllowedNamesThoseThatAre() {
    HttpResponse<String> answer =
        testServer.send(
            testServer
                .request("/v1/collections/docs")
                .method("PATCH", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow").orElse("").split(", "))
        .containsExactlyInAnyOrder("GET", "DELETE");
  }

  private static String detail(String path, HttpResponse<String> answer) {
    JsonNode problem = TestServer.tree(answer.body());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (path.startsWith("/v1/chat/")) {
      assertThat(type).isEqualTo("application/json");
      assertThat(problem.path("error").path("code").asText())
          .isEqualTo(Integer.toString(answer.statusCode()));
      return problem.path("error").path("message").asText();
    }
    assertThat(type).isEqualTo(Problem.CONTENT_TYPE);
    assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
    assertThat(problem.path("title").asText()).isNotEmpty();
    return problem.path("detail").asText();
  }

  /// Returns what the description says of a route; empty for one that is none.
  private static Optional<JsonNode> operation(String method, String path) {
    return StreamSupport.stream(
            ((Iterable<Map.Entry<String, JsonNode>>)
                    () -> description.path("paths").properties().iterator())
                .spliterator(),
            false)
        .filter(entry -> path.matches(entry.getKey().replaceAll("\\{[a-z]+}", "[^/]+")))
        .map(entry -> entry.getValue().path(method.toLowerCase(Locale.ROOT)))
        .filter(operation -> !operation.isMissingNode())
        .findFirst();
  }

  @Test
  void aBodyOfAnotherTypeIsSaidToBeSo() {
    HttpResponse<String> answer =
        testServer.send(
            testServer
                .request("/v1/search")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("why?")));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("text/plain: send application/json");
  }
}
