package brimful.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.collection.library.CollectionService;
import brimful.collection.library.CollectionSource;
import brimful.collection.library.Job;
import brimful.corpus.UserError;
import brimful.http.hook.Webhooks;
import brimful.http.key.Grant;
import brimful.testing.FakeForge;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebhooksTest {
  private static final PersonIdent WHO = new PersonIdent("A", "a@example.org");
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String HOOK = "/v1/hooks/docs/github-org-acme";

  private final FakeForge forge = new FakeForge(2);

  @TempDir private Path folder;
  private TestServer testServer;
  private String key;

  @BeforeEach
  void serve() throws Exception {
    for (String name : List.of("one", "two", "three")) {
      commit(name, "first");
      forge.put(
          name,
          Map.of(
              "name",
              name,
              "clone_url",
              "file://" + folder.resolve(name),
              "pushed_at",
              "2025-01-01T00:00:00Z",
              "default_branch",
              "main"));
    }
    testServer =
        TestServer.reading(
            folder.resolve("server"),
            Map.of("GITHUB_API_URL", forge.api(), "BRIMFUL_HOOK_SECRET", SECRET));
    key = testServer.keys.add("test", Grant.everything(), 0, 600);
    testServer.collections.create("docs");
    testServer.await(testServer.collections.add("docs", "github-org:acme").id());
  }

  @AfterEach
  void stop() {
    testServer.close();
    forge.close();
  }

  private void commit(String name, String text) throws Exception {
    Path work = Files.createDirectories(folder.resolve(name));
    Files.writeString(work.resolve("a.txt"), text + " of " + name);
    try (Git git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      git.commit().setMessage(text).setAuthor(WHO).setCommitter(WHO).setSign(false).call();
    }
  }

  private static String push(String repository) {
    return "{\"ref\":\"refs/heads/main\",\"repository\":{\"full_name\":\"%s\"}}"
        .formatted(repository);
  }

  private static String signature(String secret, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
  }

  private HttpResponse<String> send(String path, String body, String... headers) {
    HttpRequest.Builder request = testServer.json(path, body);
    return testServer.send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> signed(String path, String body) throws Exception {
    return send(path, body, "X-Hub-Signature-256", signature(SECRET, body));
  }

  private String text(String document) {
    testServer.as(key);
    String body = testServer.get("/v1/collections/docs/text?document=" + document).body();
    testServer.as("");
    return TestServer.tree(body).at("/parts/0/text").asText();
  }

  private void awaitAll() {
    CollectionService collections = testServer.collections;
    collections.jobs().forEach(job -> testServer.await(job.id()));
  }

  @Test
  void aPushReadsItsRepositoryAndNoOther() throws Exception {
    commit("one", "second");
    commit("two", "second");

    HttpResponse<String> answer = signed(HOOK, push("acme/one"));
    awaitAll();

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(text("github-org-acme/one/a.txt")).isEqualTo("second of one");
    assertThat(text("github-org-acme/two/a.txt")).isEqualTo("first of two");
    Job job = testServer.collections.jobs().getFirst();
    assertThat(job.counts().read()).isEqualTo(1);
    assertThat(job.counts().removed()).isZero();
  }

  @Test
  void aRepositoryThatIsGoneLosesItsDocuments() throws Exception {
    forge.remove("two");

    HttpResponse<String> answer = signed(HOOK, push("Acme/two"));
    awaitAll();

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(testServer.collections.jobs().getFirst().counts().removed()).isEqualTo(1);
    assertThat(text("github-org-acme/one/a.txt")).isEqualTo("first of one");
  }

  @Test
  void gitLabSendsTheSecretItself() {
    String body = "{\"project\":{\"path_with_namespace\":\"acme/one\"}}";

    assertThat(send(HOOK, body, "X-Gitlab-Token", SECRET).statusCode()).isEqualTo(202);
    assertThat(send(HOOK, body, "X-Gitlab-Token", SECRET + "x").statusCode()).isEqualTo(401);
    awaitAll();

    assertThat(testServer.collections.jobs()).hasSize(2);
  }

  @Test
  void withoutProofNobodyLearnsAnything() throws Exception {
    String body = push("acme/one");
    String good = signature(SECRET, body);
    List<HttpResponse<String>> refused =
        List.of(
            send(HOOK, body),
            send(HOOK, body, "X-Hub-Signature-256", ""),
            send(HOOK, body, "X-Hub-Signature-256", good.replace("sha256=", "sha1=")),
            send(HOOK, body, "X-Hub-Signature-256", good.substring(0, good.length() - 1)),
            send(HOOK, body, "X-Hub-Signature-256", signature(SECRET + "x", body)),
            send(HOOK, push("acme/two"), "X-Hub-Signature-256", good),
            send("/v1/hooks/none/github-org-acme", body, "X-Hub-Signature-256", "sha256=00"),
            signed("/v1/hooks/none/github-org-acme", body),
            signed("/v1/hooks/docs/none", body));

    assertThat(refused)
        .allSatisfy(answer -> {
          assertThat(answer.statusCode()).isEqualTo(401);
          assertThat(TestServer.tree(answer.body()).path("detail").asText())
              .isEqualTo("this request opens nothing here");
        });
    assertThat(testServer.collections.jobs()).hasSize(1);
  }

  @Test
  void onlyThisPathIsOpenAndOnlyToPost() throws Exception {
    for (String path :
        List.of(
            "/v1/hooks",
            "/v1/hooks/docs",
            "/v1/hooks/docs/",
            "/v1/hooks/docs/a/b",
            "/v1/collections",
            "/v1/hook/docs/a")) {
      assertThat(signed(path, push("acme/one")).statusCode()).as(path).isEqualTo(401);
    }
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH")) {
      assertThat(RawHttp.send(testServer.port, method, HOOK).status()).as(method).isEqualTo(401);
    }
    assertThat(testServer.collections.jobs()).hasSize(1);
  }

  @Test
  void whatIsSignedAndWrongIsTold() throws Exception {
    assertThat(signed(HOOK, push("other/one")).body())
        .contains("is no repository of github-org:acme");
    assertThat(signed(HOOK, "[]").statusCode()).isEqualTo(400);
    String long5 = "{\"x\":\"" + "x".repeat(5 << 20) + "\"}";
    assertThat(signed(HOOK, long5).statusCode()).isEqualTo(413);
    assertThat(testServer.collections.jobs()).hasSize(1);
  }

  @Test
  void aSignatureOfGiteaAloneIsAccepted() throws Exception {
    String body = push("acme/one");
    String hex = signature(SECRET, body).substring("sha256=".length());

    assertThat(send(HOOK, body, "X-Gitea-Signature", hex).statusCode()).isEqualTo(202);
    assertThat(send(HOOK, push("acme/two"), "X-Gitea-Signature", hex).statusCode()).isEqualTo(401);
  }

  @Test
  void aPingIsAccepted() throws Exception {
    String body = "{\"zen\":\"Keep it logically awesome.\"}";

    HttpResponse<String> answer =
        send(HOOK, body, "X-Hub-Signature-256", signature(SECRET, body), "X-GitHub-Event", "ping");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(testServer.collections.jobs()).hasSize(1);
  }

  @Test
  void theSecretIsLongEnoughOrThereIsNone() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    CollectionService collections = testServer.collections;

    var _ = new Webhooks(collections, Map.of("BRIMFUL_HOOK_SECRET_FILE", file.toString()));
    var _ = new Webhooks(collections, Map.of());
    for (Map<String, String> wrong :
        List.of(
            Map.of("BRIMFUL_HOOK_SECRET", "short"),
            Map.of("BRIMFUL_HOOK_SECRET_FILE", empty.toString()),
            Map.of("BRIMFUL_HOOK_SECRET_FILE", folder.resolve("none").toString()))) {
      assertThatThrownBy(() -> new Webhooks(collections, wrong))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(wrong.keySet().iterator().next());
    }
    try (TestServer none = TestServer.reading(folder.resolve("none"), Map.of())) {
      String body = push("acme/one");
      HttpRequest.Builder request =
          none.json(HOOK, body).header("X-Hub-Signature-256", signature("x", body));
      assertThat(none.send(request).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void hooksOfAFolderThatComeAtOnceShareTheJobThatHasNotBegun() throws Exception {
    testServer.file("a.md", "The harbour opens at dawn.\n");
    Path root = folder.resolve("server").resolve("root");
    testServer.await(testServer.collections.add("docs", root.toString()).id());
    String source =
        testServer.collections.collection("docs").sources().stream()
            .map(CollectionSource::id)
            .filter(id -> !id.startsWith("github"))
            .findFirst()
            .orElseThrow();
    int before = testServer.collections.jobs().size();
    // Jobs of one collection take turns, so those that follow cannot begin.
    forge.stalls = true;
    var _ = testServer.collections.sync("docs", "github-org-acme", false);

    for (int i = 0; i < 5; i++) {
      assertThat(signed("/v1/hooks/docs/" + source, push("any/thing")).statusCode()).isEqualTo(202);
    }

    assertThat(testServer.collections.jobs()).hasSize(before + 2);
    forge.close();
    awaitAll();
  }
}
