package brimful.upload;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.bucket.BucketAddress;
import brimful.bucket.ObjectStore;
import brimful.testing.TestBucket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadCleaningTest {
  @TempDir Path folder;

  private TestBucket bucket;

  @BeforeEach
  void start() throws Exception {
    bucket = new TestBucket();
  }

  @AfterEach
  void stop() throws Exception {
    bucket.close();
  }

  private BucketUploads uploads(String root, Duration later) {
    return new BucketUploads(
        ObjectStore.of(bucket.environment()),
        BucketAddress.of(root),
        Clock.offset(Clock.systemUTC(), later));
  }

  private String keep(BucketUploads uploads, String collection, String name, String text)
      throws Exception {
    Path file = Files.createDirectories(folder.resolve(collection)).resolve(name);
    Files.writeString(file, text);
    uploads.keep(collection, file);
    assertThat(file).content().startsWith("brimful upload ");
    return Files.readString(file).split(" ")[2];
  }

  @Test
  void deletesWhatNoNoteNamesAfterADayAndLostCollectionsAtOnce() throws Exception {
    BucketUploads uploads = uploads("s3://docs/up/me", Duration.ZERO);
    String old = keep(uploads, "docs~1", "a.md", "first");
    String now = keep(uploads, "docs~1", "a.md", "second");
    String lost = keep(uploads, "gone~1", "a.md", "third");
    bucket.put("up/other/gone~1/x", "of another server");
    Map<String, Path> live = Map.of("docs~1", folder.resolve("docs~1"));

    uploads.clean(() -> live);
    assertThat(bucket.keys())
        .containsExactlyInAnyOrder(
            "up/me/docs~1/" + old, "up/me/docs~1/" + now, "up/other/gone~1/x")
        .doesNotContain("up/me/gone~1/" + lost);

    uploads("s3://docs/up/me", Duration.ofHours(25)).clean(() -> live);
    assertThat(bucket.keys()).containsExactlyInAnyOrder("up/me/docs~1/" + now, "up/other/gone~1/x");
  }

  @Test
  void clearingACollectionLeavesOthersOfTheSameBeginning() throws Exception {
    BucketUploads uploads = uploads("s3://docs/up/me", Duration.ZERO);
    String ours = keep(uploads, "docs~1", "a.md", "first");
    String other = keep(uploads, "docs~12", "a.md", "first");
    assertThat(other).isEqualTo(ours);

    uploads.clear("docs~1");

    assertThat(bucket.keys()).containsExactly("up/me/docs~12/" + other);
  }
}
