package brimful.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.bucket.FakeStore;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import brimful.source.own.OwnFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BucketSourceTest {
  private final FakeStore fake = new FakeStore();

  @AfterEach
  void close() {
    fake.close();
  }

  private Source open(String location) {
    return new Sources(
            Rules.standard(), Path.of("nowhere"), Listings.CLOCK, fake.environment(), OwnFiles.NONE)
        .open(location);
  }

  private static Map<String, String> texts(List<Listed> all) throws IOException {
    Map<String, String> texts = new HashMap<>();
    for (Listed listed : all) {
      switch (listed) {
        case Listed.File file -> {
          try (InputStream in = file.content().open()) {
            texts.put(file.id().value(), new String(in.readAllBytes(), UTF_8));
          }
        }
        case Listed.Left left -> texts.put(left.id().value(), left.outcome().display());
      }
    }
    return texts;
  }

  @Test
  void listsWhatLiesBelowThePrefixAndReadsIt() throws IOException {
    fake.put("team/a.md", "alpha").put("team/sub/b.md", "beta").put("teams/c.md", "gamma");

    try (Source source = open("s3://docs/team")) {
      assertThat(texts(source.list())).isEqualTo(Map.of("a.md", "alpha", "sub/b.md", "beta"));
      assertThat(source.location()).isEqualTo("s3://docs/team");
    }
  }

  @Test
  void everyKeyIsOneDocumentThatLeadsBackToIt() throws IOException {
    List<String> keys =
        List.of(
            "../up.md",
            "a//b.md",
            "/root.md",
            "./dot.md",
            "x/../y.md",
            "grüße 100%+1.md",
            "line\nbreak.md",
            "tail/",
            "a\\b.md",
            "q?x=1&y#z.md",
            " .md",
            "in!/side.md",
            "日本語.md");
    keys.forEach(key -> fake.put("p/" + key, "text of " + key));

    try (Source source = open("s3://docs/p")) {
      List<Listed> all = source.list();

      assertThat(texts(all).values())
          .containsExactlyInAnyOrderElementsOf(keys.stream().map(key -> "text of " + key).toList());
      for (Listed listed : all) {
        Listed.File again = source.file(listed.id()).orElseThrow();
        assertThat(texts(List.of(again))).isEqualTo(texts(List.of(listed)));
        assertThat(again.stamp()).isEqualTo(((Listed.File) listed).stamp());
        assertThat(listed.id().value()).doesNotStartWith("/").doesNotStartWith("../");
      }
    }
  }

  @Test
  void markersOfFoldersAreNothing() {
    fake.put("p/", "").put("p/sub/", "").put("p/sub/a.md", "alpha");

    try (Source source = open("s3://docs/p")) {
      assertThat(source.list()).extracting(Listed::id).containsExactly(DocumentId.of("sub/a.md"));
    }
  }

  @Test
  void rulesAndIgnoreFilesHoldAsInAFolder() throws IOException {
    fake.put("p/.brimfulignore", "secret*\nsub/\n")
        .put("p/secret.md", "no")
        .put("p/sub/a.md", "no")
        .put("p/in/.brimfulignore", "!secret.md\n")
        .put("p/in/secret.md", "yes")
        .put("p/node_modules/x/a.js", "no")
        .put("p/node_modules/x/b.js", "no")
        .put("p/photo.jpg", "\u0000\u0001\u0002\u0003no");

    try (Source source = open("s3://docs/p")) {
      Map<String, String> texts = texts(source.list());

      assertThat(texts).containsEntry("in/secret.md", "yes");
      assertThat(texts.get("secret.md")).contains("brimfulignore");
      assertThat(texts.get("sub")).contains("brimfulignore");
      assertThat(texts.get("node_modules")).startsWith("skipped");
      assertThat(texts).doesNotContainKeys("sub/a.md", "node_modules/x/a.js", "node_modules/x");
      assertThat(texts.get("photo.jpg")).startsWith("skipped");
    }
  }

  @Test
  void namesThatCouldBeTextAreDecidedByTheFirstBytes() throws IOException {
    fake.put("p/notes.pt", "Leia isto primeiro.\n").put("p/model.pt", "\u0000\u0001\u0002\u0003");

    try (Source source = open("s3://docs/p")) {
      assertThat(texts(source.list())).containsEntry("notes.pt", "Leia isto primeiro.\n");
      assertThat(texts(source.list()).get("model.pt")).startsWith("skipped");

      fake.afterNext("GET p/notes.pt", () -> fake.fail(99, 500, "InternalError", Map.of()));
      fake.afterNext("GET p/model.pt", () -> fake.fail(99, 500, "InternalError", Map.of()));
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(source::list)
          .matches(e -> e.kind() == UserError.Kind.UNAVAILABLE);
    }
  }

  @Test
  void aKeyIsADocument() throws IOException {
    fake.put("p/a.md", "alpha").put("p/a.md.old", "older");

    try (Source source = open("s3://docs/p/a.md")) {
      assertThat(texts(source.list())).isEqualTo(Map.of("a.md", "alpha"));
      assertThat(source.file(DocumentId.of("a.md"))).isPresent();
      assertThat(source.file(DocumentId.of("b.md"))).isEmpty();
    }
  }

  @Test
  void anEmptyPrefixIsProbablyMisspelt() {
    fake.put("p/a.md", "alpha");

    try (Source source = open("s3://docs/q")) {
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(source::list)
          .withMessage("no object below s3://docs/q: check bucket and prefix")
          .matches(e -> e.kind() == UserError.Kind.NOT_FOUND);
    }
  }

  @Test
  void stampsChangeWithTheContentOnly() {
    fake.put("a.md", "alpha").put("b.md", "beta");
    try (Source source = open("s3://docs")) {
      List<String> before = stamps(source);

      assertThat(stamps(source)).isEqualTo(before);
      fake.put("b.md", "Beta");
      assertThat(stamps(source)).first().isEqualTo(before.getFirst());
      assertThat(stamps(source)).last().isNotEqualTo(before.getLast());
    }
  }

  private static List<String> stamps(Source source) {
    return source.list().stream().map(one -> ((Listed.File) one).stamp()).toList();
  }
}
