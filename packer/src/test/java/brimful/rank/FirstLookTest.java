package brimful.rank;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.LuceneIndex;
import brimful.index.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstLookTest {
  @TempDir Path folder;

  private List<String> shown(Map<String, String> files, int limit) {
    try (LuceneIndex index = LuceneIndex.open(folder, "characters")) {
      files.forEach((name, text) -> index.put(LineChunks.item(new DocumentId(name), text, 1)));
      index.commit();
      try (Snapshot snapshot = index.snapshot()) {
        return FirstLook.chunks(snapshot, limit).stream()
            .map(chunk -> chunk.document().value() + " " + chunk.ordinal())
            .toList();
      }
    }
  }

  @Test
  void beginsWithReadmeAndManifest() {
    var files = Map.of("a.py", "a", "README.md", "r\ns", "pyproject.toml", "p", "b.py", "b");

    assertThat(shown(files, 3)).containsExactly("README.md 0", "pyproject.toml 0", "a.py 0");
    assertThat(shown(files, 8)).hasSize(5).startsWith("README.md 0", "README.md 1");
  }

  @Test
  void showsMoreOfASingleDocument() {
    assertThat(shown(Map.of("stdin.diff", "+a\n+b\n+c"), 2))
        .containsExactly("stdin.diff 0", "stdin.diff 1");
  }

  @Test
  void isEmptyForAnEmptyIndex() {
    assertThat(shown(Map.of(), 8)).isEmpty();
  }
}
