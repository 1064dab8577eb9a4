package brimful.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TokenTreeTest {
  private static Outline document(String path, int... tokens) {
    DocumentId id = DocumentId.of(path);
    var chunks = new java.util.ArrayList<ChunkRef>();
    for (int i = 0; i < tokens.length; i++) {
      chunks.add(new ChunkRef(id, i, i, tokens[i], 1, 1, i, i));
    }
    return new Outline(id, chunks);
  }

  private static final List<Outline> DOCUMENTS =
      List.of(
          document("README.md", 10),
          document("src/a/One.java", 20, 30),
          document("src/a/deep/Two.java", 40),
          document("src/b.txt", 100));

  @Test
  void foldersCountAllBelowThem() {
    assertThat(TokenTree.of(DOCUMENTS).text(2, 2))
        .isEqualTo(
            """
                     200  100.0 %  total, 4 files
                     190   95.0 %    src/
                      90   45.0 %      a/

            largest files
                     100   50.0 %  src/b.txt
                      50   25.0 %  src/a/One.java
            """);
  }

  @Test
  void theSameAsJson() {
    assertThat(TokenTree.of(DOCUMENTS).json(1, 1))
        .contains("\"total\"", "\"path\" : \"src/\"", "\"tokens\" : 190", "\"files\" : 3")
        .doesNotContain("deep");
  }

  @Test
  void nothingCostsNothing() {
    assertThat(TokenTree.of(List.of()).text(3, 10)).contains("0    0.0 %  total, 0 files");
  }
}
