package brimful.collection.library;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.SourceReader;
import brimful.index.Snapshot;
import brimful.source.Rule;
import brimful.source.Rules;
import brimful.testing.Drawn;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server's collection is read again when secrets are allowed, and when they no longer are.
final class CollectionSecretsTest {
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final String TOKENIZER = "deepseek-v3";
  private static final String TOKEN = Drawn.text("ghp_[A-Za-z0-9]{36}", new Random(12));

  @TempDir Path folder;

  private CollectionService open(Rules rules) {
    SourceReader reader =
        SourceReader.of(Map.of("BRIMFUL_HOME", folder.resolve("home").toString()), rules, Set.of());
    return CollectionService.local(
        folder.resolve("library"),
        new AllowedLocations(reader, List.of(folder)),
        Tokenizers.named(TOKENIZER));
  }

  private static String text(CollectionService collections) {
    try (OpenCollection open = collections.open("notes")) {
      Snapshot snapshot = open.snapshot();
      return snapshot.outlines().stream()
          .flatMap(outline -> snapshot.read(outline.chunks()).stream())
          .map(chunk -> chunk.text())
          .toList()
          .toString();
    }
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void eachSettingHasAnIndexOfItsOwn() throws IOException {
    Files.createDirectories(folder.resolve("notes"));
    Files.writeString(folder.resolve("notes").resolve("a.txt"), "token " + TOKEN);
    try (CollectionService collections = open(Rules.standard())) {
      collections.create("notes");
      Job job = collections.add("notes", folder.resolve("notes").toString());
      until(() -> collections.job(job.id()).state().isEnd());

      assertThat(text(collections)).isEqualTo("[token [secret: github-token]]");
    }
    try (CollectionService collections = open(Rules.standard().without(Rule.SECRETS.title()))) {
      until(() -> text(collections).contains(TOKEN));
    }
    try (CollectionService collections = open(Rules.standard())) {
      assertThat(text(collections)).isEqualTo("[token [secret: github-token]]");
    }
  }
}
