package brimful.collection.library;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.Home;
import brimful.collection.SourceReader;
import brimful.source.Rules;
import brimful.source.forge.ForgeAddress;
import brimful.testing.FakeForge;
import brimful.token.Tokenizers;
import brimful.upload.Uploads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clones that a collection reads, and what `brimful cache prune` makes of them.
final class CollectionCopiesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final FakeForge forge = new FakeForge(100);

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    forge.close();
  }

  private void repository(String name) throws Exception {
    Path root = Files.createDirectories(folder.resolve(name));
    try (Git git = Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
      Files.writeString(root.resolve("a.md"), "The text of " + name);
      git.add().addFilepattern("a.md").call();
      git.commit()
          .setMessage("first")
          .setAuthor("A", "a@example.org")
          .setCommitter("A", "a@example.org")
          .setSign(false)
          .call();
    }
    forge.put(
        name,
        Map.of(
            "name",
            name,
            "clone_url",
            "file://" + root,
            "pushed_at",
            "2025-01-01T00:00:00Z",
            "default_branch",
            "main",
            "archived",
            false));
  }

  private Map<String, String> environment() {
    return Map.of("BRIMFUL_HOME", folder.resolve("home").toString(), "GITHUB_API_URL", forge.api());
  }

  private CollectionService library() {
    return CollectionService.local(
        Home.of(environment()).library(),
        new AllowedLocations(
            SourceReader.of(environment(), Rules.standard(), Set.of()),
            List.of(folder),
            List.of(),
            List.of(ForgeAddress.of("github-org:acme")),
            Uploads.IN_FOLDER),
        Tokenizers.named("deepseek-v3"));
  }

  private static void done(CollectionService collections, Job job) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!collections.job(job.id()).state().isEnd()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
    assertThat(collections.job(job.id()).error()).isEmpty();
  }

  private List<CacheFolder.Entry> unneeded(Instant usedBefore) throws IOException {
    return clones(new CacheFolder(Home.of(environment())).unneeded(usedBefore));
  }

  private List<CacheFolder.Entry> deletable() throws IOException {
    return clones(new CacheFolder(Home.of(environment())).deletable());
  }

  private static List<CacheFolder.Entry> clones(List<CacheFolder.Entry> entries) {
    return entries.stream().filter(entry -> entry.kind() == CacheFolder.Kind.CLONE).toList();
  }

  @Test
  void thoseOfAnOrganizationGoWithTheirCollectionOnly() throws Exception {
    repository("one");
    repository("two");
    try (CollectionService collections = library()) {
      collections.create("docs");
      done(collections, collections.add("docs", "github-org:Acme"));

      assertThat(unneeded(Instant.MIN)).isEmpty();
      assertThat(unneeded(Instant.now().plusSeconds(60))).isEmpty();
      assertThat(deletable()).isEmpty();

      collections.delete("docs");
    }
    assertThat(unneeded(Instant.MIN))
        .extracting(CacheFolder.Entry::unneeded)
        .containsExactly("no index needs it", "no index needs it");
  }
}
