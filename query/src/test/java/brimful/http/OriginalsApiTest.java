package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.http.edge.EdgeConfig;
import brimful.http.key.Grant;
import brimful.testing.TextPdf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files behind cited pages: as they are, and none that the index does not have.
final class OriginalsApiTest {
  private static final byte[] REPORT = TextPdf.of("The fence is green.", "It cost 400 euros.");

  /// One for all: to start the parsers of PDFs takes a moment.
  private static TestServer server;

  @TempDir private static Path folder;

  @BeforeAll
  static void serve() throws IOException {
    server = TestServer.alone(folder).file("notes.md", "The gate is blue.\n");
    write(server.root.resolve("a b.pdf"), REPORT);
    write(
        server.root.resolve("keys.pdf"),
        TextPdf.of("The key is AKIAQ3EGRZ7XWVUT5MNP and opens the gate."));
    write(server.root.resolve("linked.pdf"), REPORT);
    write(server.root.resolve("changed.pdf"), REPORT);
    write(server.root.resolve("box.zip"), zip());
    write(folder.resolve("outside.pdf"), REPORT);
    server.collection("docs");
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static HttpResponse<byte[]> get(TestServer server, String document, String... headers) {
    String path =
        "/v1/collections/docs/file?document=" + URLEncoder.encode(document, StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s".formatted(server.port, path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String said(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static byte[] zip() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry("in.pdf"));
      out.write(REPORT);
    }
    return bytes.toByteArray();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void sendsAPdfWholeAndInParts() {
    HttpResponse<byte[]> whole = get(server, "root/a b.pdf");
    HttpResponse<byte[]> part = get(server, "root/a b.pdf", "Range", "bytes=5-104");
    HttpResponse<byte[]> other =
        get(server, "root/a b.pdf", "Range", "bytes=5-104", "If-Range", "\"other\"");

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(REPORT);
    assertThat(whole.headers().map())
        .containsEntry("content-type", List.of("application/pdf"))
        .containsEntry("accept-ranges", List.of("bytes"))
        .containsEntry("content-disposition", List.of("attachment; filename*=UTF-8''a%20b.pdf"))
        .containsEntry("content-security-policy", List.of("sandbox; default-src 'none'"))
        .containsEntry("x-content-type-options", List.of("nosniff"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(REPORT, 5, 105));
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 5-104/" + REPORT.length);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).isEqualTo(REPORT);
  }

  @Test
  void sendsNothingThatTheIndexDoesNotHave() throws IOException {
    write(server.root.resolve("later.pdf"), REPORT);
    for (String document :
        new String[] {
          "root/later.pdf",
          "root/../outside.pdf",
          "root/../../outside.pdf",
          "../outside.pdf",
          folder.resolve("outside.pdf").toString(),
          "root/",
          "",
          "root/a b.pdf\u0000",
        }) {
      HttpResponse<byte[]> response = get(server, document);
      assertThat(response.statusCode()).as(document).isEqualTo(404);
      assertThat(said(response)).as(document).contains("collection docs has no document");
    }
    assertThat(get(server, "root/notes.md").statusCode()).isEqualTo(415);
    assertThat(said(get(server, "root/notes.md"))).contains("root/notes.md is no PDF");
  }

  @Test
  void sendsNoSecretThatTheTextHides() {
    HttpResponse<byte[]> response = get(server, "root/keys.pdf");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(said(response)).contains("root/keys.pdf has secrets, which only its text hides");
  }

  @Test
  void followsNoLinkThatCameLater() throws IOException {
    Path file = server.root.resolve("linked.pdf");
    Files.delete(file);
    assertThat(said(get(server, "root/linked.pdf")))
        .contains("the file of root/linked.pdf is not on this server's disk");
    Files.createSymbolicLink(file, folder.resolve("outside.pdf"));

    HttpResponse<byte[]> response = get(server, "root/linked.pdf");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(said(response)).doesNotContain(folder.toString());
  }

  @Test
  void sendsNothingThatWasNotSearchedForSecrets() {
    assertThat(get(server, "root/changed.pdf").statusCode()).isEqualTo(200);
    write(
        server.root.resolve("changed.pdf"),
        TextPdf.of("The key is AKIAQ3EGRZ7XWVUT5MNP and opens the gate."));

    HttpResponse<byte[]> response = get(server, "root/changed.pdf");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(said(response)).contains("root/changed.pdf has changed since it was read");
  }

  @Test
  void sendsNothingAgainThatTheClientHas() {
    String tag = get(server, "root/a b.pdf").headers().firstValue("ETag").orElse("");

    HttpResponse<byte[]> again = get(server, "root/a b.pdf", "If-None-Match", tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void membersHaveNoFileOfTheirOwn() {
    HttpResponse<byte[]> response = get(server, "root/box.zip!/in.pdf");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(said(response)).contains("root/box.zip!/in.pdf is inside of root/box.zip");
  }

  @Test
  void aKeyForOtherCollectionsSeesNone(@TempDir Path other) {
    TestServer locked = TestServer.behind(other, EdgeConfig.NONE, true);
    write(locked.root.resolve("a b.pdf"), REPORT);
    try (locked) {
      locked.collection("docs");
      String stranger = "Bearer " + locked.keys.add("other", Grant.asking("elsewhere"), 0, 60);
      String own = "Bearer " + locked.keys.add("own", Grant.asking("docs"), 0, 60);

      assertThat(get(locked, "root/a b.pdf").statusCode()).isEqualTo(401);
      assertThat(get(locked, "root/a b.pdf", "Authorization", stranger).statusCode())
          .isEqualTo(404);
      assertThat(get(locked, "root/a b.pdf", "Authorization", own).statusCode()).isEqualTo(200);
    }
  }
}
