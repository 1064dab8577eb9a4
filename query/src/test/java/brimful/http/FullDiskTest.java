package brimful.http;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.library.Job;
import brimful.testing.SmallDisk;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose disk is full.
final class FullDiskTest {
  @TempDir Path folder;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws IOException {
    disk = SmallDisk.at(folder.resolve("disk"));
    SmallDisk.corpus(folder.resolve("corpus/large"), 2 << 10);
    Files.createDirectories(folder.resolve("corpus/small"));
    Files.writeString(folder.resolve("corpus/small/broker.md"), "The broker rebalances.");
    Files.createSymbolicLink(folder.resolve("disk/root"), folder.resolve("corpus"));
  }

  @AfterEach
  void unmount() {
    disk.close();
  }

  @Test
  void keepsAnsweringSaysSoAndGoesOnWhenThereIsRoom() throws IOException {
    try (TestServer testServer = TestServer.alone(folder.resolve("disk"))) {
      testServer.collections.create("notes");
      Job small = testServer.collections.add("notes", folder.resolve("corpus/small").toString());
      testServer.await(small.id());
      disk.leave(300);

      Job large = testServer.collections.add("notes", folder.resolve("corpus/large").toString());
      testServer.await(large.id());

      Job failed = testServer.collections.job(large.id());
      assertThat(failed.state()).isEqualTo(Job.State.FAILED);
      assertThat(failed.error()).contains("the disk is full");
      assertThat(search(testServer)).contains("rebalances");
      disk.leave(4);
      assertThat(upload(testServer).statusCode()).isEqualTo(507);
      assertThat(upload(testServer).body()).contains("the disk is full").doesNotContain("/");
      assertThat(search(testServer)).contains("rebalances");
      assertThat(files(".part")).isEmpty();
    }
    try (TestServer again = TestServer.alone(folder.resolve("disk"))) {
      assertThat(search(again)).contains("rebalances");
      again.collections.jobs().forEach(job -> again.await(job.id()));
      disk.free();
      Job retry = again.collections.sync("notes", "large", false);
      again.await(retry.id());
      assertThat(again.collections.job(retry.id()).error()).isEmpty();
    }
  }

  private static String search(TestServer testServer) {
    HttpResponse<String> answer =
        testServer.send(
            testServer
                .request("/v1/search")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"collection\":\"notes\",\"question\":\"broker rebalances\"}")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static HttpResponse<String> upload(TestServer testServer) {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
            + "x".repeat(200_000)
            + "\r\n--b--\r\n";
    return testServer.send(
        testServer
            .request("/v1/collections/notes/uploads")
            .header("Content-Type", "multipart/form-data; boundary=b")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private Stream<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("disk/library"))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
    }
  }
}
