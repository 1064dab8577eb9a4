package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client learns whose form of parts is wrong.
final class MultipartTest {
  private static final String FORM = "multipart/form-data; boundary=x";
  private static final String PART =
      "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhi\r\n";
  private static final String UPLOADS = "/v1/collections/docs/uploads";

  @TempDir private Path folder;

  private static HttpResponse<String> send(
      TestServer server, String path, String type, String body) {
    return server.send(
        server
            .request(path)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static void assertTold(TestServer server, String type, String body, String line) {
    for (String path : new String[] {UPLOADS, "/v1/batches"}) {
      HttpResponse<String> response = send(server, path, type, body);

      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
      assertThat(TestServer.tree(response.body()).path("detail").asText()).contains(line);
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    String whole = "--x\r\n" + PART + "--x--\r\n";
    try (TestServer server = TestServer.alone(folder)) {
      server.collections.create("docs");

      assertTold(server, "multipart/form-data", whole, "the Content-Type has no boundary: ");
      assertTold(server, "multipart/form-data; boundary=", whole, "has no boundary: ");
      assertTold(server, FORM.replace("=x", "=y"), whole, "no part begins with the boundary");
      assertTold(server, FORM, "", "no part begins with the boundary");
      assertTold(server, FORM, "--x\r\n" + PART, "the form ended within a part: send all of it");
      assertTold(server, FORM, "--x\r\n" + PART + "--x", "the form ended within a part");
      assertTold(
          server, FORM, whole.replace("name=\"file\"; ", ""), "a part has no name: give each");
      assertTold(server, FORM, "--x\r\n\r\nhi\r\n--x--\r\n", "a part has no name: give each");
      assertTold(server, FORM, "--x\r\nwhat\r\n\r\nhi\r\n--x--\r\n", "a header of a part cannot");
      assertTold(server, FORM, whole.replace("file\"", "files\""), "and a filename");
      assertTold(server, FORM, ("--x\r\n" + PART).repeat(11_000) + "--x--\r\n", "has more parts");
    }
  }

  @Test
  void takesAsManyFilesAsItSays() {
    String parts =
        IntStream.range(0, 1_500)
            .mapToObj(i -> "--x\r\n" + PART.replace("a.txt", i + ".txt"))
            .collect(Collectors.joining());
    try (TestServer server = TestServer.alone(folder)) {
      server.collections.create("docs");

      HttpResponse<String> response = send(server, UPLOADS, FORM, parts + "--x--\r\n");

      assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
      server.await(TestServer.tree(response.body()).path("id").asText());
      assertThat(
              TestServer.tree(server.get("/v1/collections/docs").body()).path("documents").asInt())
          .isEqualTo(1_500);
    }
  }
}
