package brimful.collection.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.SourceReader;
import brimful.index.Snapshot;
import brimful.source.Rules;
import brimful.source.forge.ForgeAddress;
import brimful.testing.FakeForge;
import brimful.token.Tokenizers;
import brimful.upload.Uploads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An organisation of 300 repositories, of which one changes, one is deleted and one archived.
@Tag("slow")
final class OrganizationSyncTest {
  private static final int REPOSITORIES = 300;
  private static final PersonIdent WHO = new PersonIdent("A", "a@example.org");

  private final FakeForge forge = new FakeForge(100);

  @TempDir Path folder;

  @AfterEach
  void stop() {
    forge.close();
  }

  private static String name(int number) {
    return "repo-" + number;
  }

  private void commit(String name, String text) throws Exception {
    try (Git git =
            Git.init()
                .setBare(true)
                .setDirectory(folder.resolve(name + ".git").toFile())
                .setInitialBranch("main")
                .call();
        ObjectInserter inserter = git.getRepository().newObjectInserter()) {
      var tree = new TreeFormatter();
      tree.append(
          "a.md", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8)));
      tree.append(
          "same.md",
          FileMode.REGULAR_FILE,
          inserter.insert(Constants.OBJ_BLOB, ("The same of " + name).getBytes(UTF_8)));
      var commit = new CommitBuilder();
      commit.setTreeId(inserter.insert(tree));
      ObjectId parent = git.getRepository().resolve("HEAD");
      if (parent != null) {
        commit.setParentId(parent);
      }
      commit.setAuthor(WHO);
      commit.setCommitter(WHO);
      commit.setMessage(text);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      RefUpdate update = git.getRepository().updateRef("refs/heads/main");
      update.setNewObjectId(id);
      update.update();
    }
  }

  private void show(String name, String pushed, boolean archived) {
    forge.put(
        name,
        Map.of(
            "name", name,
            "clone_url", "file://" + folder.resolve(name + ".git"),
            "pushed_at", pushed,
            "default_branch", "main",
            "archived", archived));
  }

  private CollectionService open() {
    return CollectionService.local(
        folder.resolve("library"),
        new AllowedLocations(
            SourceReader.of(
                Map.of(
                    "BRIMFUL_HOME", folder.resolve("home").toString(),
                    "GITHUB_API_URL", forge.api()),
                Rules.standard(),
                Set.of()),
            List.of(folder),
            List.of(),
            List.of(ForgeAddress.of("github-org:acme")),
            Uploads.IN_FOLDER),
        Tokenizers.named("deepseek-v3"));
  }

  private static Job done(CollectionService collections, Job job) {
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!collections.job(job.id()).state().isEnd()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
    assertThat(collections.job(job.id()).error()).isEmpty();
    return collections.job(job.id());
  }

  private static long documents(CollectionService collections) {
    try (OpenCollection reading = collections.open("docs")) {
      Snapshot snapshot = reading.snapshot();
      return snapshot.items().size();
    }
  }

  /// Returns when each copy was last written to by a fetch.
  private Map<Path, FileTime> fetched() throws Exception {
    Map<Path, FileTime> times = new HashMap<>();
    try (Stream<Path> copies = Files.list(folder.resolve("home"))) {
      for (Path home : copies.toList()) {
        try (Stream<Path> files = Files.walk(home)) {
          for (Path file : files.filter(path -> path.endsWith("FETCH_HEAD")).toList()) {
            times.put(file, Files.getLastModifiedTime(file));
          }
        }
      }
    }
    return times;
  }

  private static long differing(Map<Path, FileTime> before, Map<Path, FileTime> after) {
    return after.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
        .count();
  }

  @Test
  void onlyWhatHasChangedIsFetchedAndRead() throws Exception {
    String before = "2025-01-01T00:00:00Z";
    for (int i = 0; i < REPOSITORIES; i++) {
      commit(name(i), "First of " + name(i));
      show(name(i), before, false);
    }
    try (CollectionService collections = open()) {
      collections.create("docs");
      Job first = done(collections, collections.add("docs", "github-org:acme"));
      assertThat(first.counts().read()).isEqualTo(2L * REPOSITORIES);
      assertThat(documents(collections)).isEqualTo(2L * REPOSITORIES);
      assertThat(forge.requests).hasSize(3);
      Map<Path, FileTime> copies = fetched();
      assertThat(copies).hasSize(REPOSITORIES);

      commit(name(7), "Second of " + name(7));
      show(name(7), "2025-02-02T00:00:00Z", false);
      forge.remove(name(8));
      show(name(9), Instant.now().toString(), true);
      Job second = done(collections, collections.sync("docs", "github-org-acme", false));
      assertThat(second.counts().read()).isEqualTo(1);
      assertThat(second.counts().removed()).isEqualTo(4);
      assertThat(documents(collections)).isEqualTo(2L * (REPOSITORIES - 2));
      assertThat(differing(copies, fetched())).isEqualTo(1);

      copies = fetched();
      commit(name(11), "Second of " + name(11));
      Job part = done(collections, collections.syncPart("docs", "github-org-acme", name(11)));
      assertThat(part.counts().read()).isEqualTo(1);
      assertThat(part.counts().removed()).isZero();
      assertThat(documents(collections)).isEqualTo(2L * (REPOSITORIES - 2));
      assertThat(differing(copies, fetched())).isEqualTo(1);
    }
  }
}
