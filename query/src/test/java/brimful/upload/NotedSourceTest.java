package brimful.upload;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.bucket.BucketAddress;
import brimful.bucket.ObjectStore;
import brimful.corpus.DocumentId;
import brimful.source.Listed;
import brimful.source.Source;
import brimful.testing.TestBucket;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NotedSourceTest {
  private static Listed.File file(String name, Listed.Content content) {
    return new Listed.File(new DocumentId(name), "stamp", 1, content);
  }

  /// A folder of notes.
  private record Notes(List<Listed> list) implements Source {
    @Override
    public String location() {
      return "notes";
    }

    @Override
    public void close() {}
  }

  @Test
  void tellsANoteThatCannotBeReadFromAFileWithoutOne() throws Exception {
    var notes =
        new Notes(
            List.of(
                file(
                    "locked.md",
                    () -> {
                      throw new AccessDeniedException("locked.md");
                    }),
                file(
                    "plain.md",
                    () -> new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8)))));

    try (TestBucket bucket = new TestBucket()) {
      var source =
          new NotedSource(
              ObjectStore.of(bucket.environment()), BucketAddress.of("s3://docs/up"), notes);

      assertThat(source.list())
          .map(listed -> ((Listed.Left) listed).outcome().display())
          .satisfiesExactly(
              locked ->
                  assertThat(locked)
                      .contains("its note cannot be read (AccessDeniedException)")
                      .contains("make it readable"),
              plain -> assertThat(plain).contains("is not in s3://docs/up: upload it again"));
    }
  }

  @Test
  void anUploadMayBeAwayAsItsStoreMay() throws Exception {
    String note = "brimful upload %s 4\n".formatted("0a".repeat(32));
    var notes =
        new Notes(
            List.of(
                file(
                    "a.md",
                    () -> new ByteArrayInputStream(note.getBytes(StandardCharsets.UTF_8)))));

    try (TestBucket bucket = new TestBucket()) {
      var source =
          new NotedSource(
              ObjectStore.of(bucket.environment()), BucketAddress.of("s3://docs/up"), notes);

      assertThat(source.list())
          .singleElement()
          .isInstanceOfSatisfying(
              Listed.File.class, file -> assertThat(file.content().mayBeAway()).isTrue());
    }
  }
}
