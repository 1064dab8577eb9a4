package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees and types is found, however a file writes it.
final class FoldedTextTest {
  @TempDir Path folder;

  private Shell.Result packed(String question) {
    // So small that only what ranks first has room.
    return new Shell(folder.resolve("home"))
        .run("pack", folder.resolve("docs").toString(), "-q", question, "--budget", "400");
  }

  @Test
  void findsWordsWithSoftHyphensAndLineEnds() throws IOException {
    Path docs = Files.createDirectories(folder.resolve("docs"));
    String soft = "The fer\u00ADmen\u00ADta\u00ADtion vessel holds ninety litres.\n";
    Files.writeString(docs.resolve("soft.txt"), soft);
    Files.writeString(
        docs.resolve("line.txt"), "A long paragraph on distil-\nlation of spirits.\n");
    Files.writeString(docs.resolve("nbsp.txt"), "price\u00A0list of\u202Fthe\u2007jabuticaba\n");
    for (int i = 0; i < 40; i++) {
      Files.writeString(
          docs.resolve("a" + i + ".txt"), "filler text number ".repeat(20) + i + "\n");
    }

    assertThat(packed("fermentation").out()).contains(soft);
    assertThat(packed("distillation").out()).contains("distil-\nlation");
    assertThat(packed("jabuticaba list").out()).contains("price\u00A0list of\u202Fthe");
  }

  @Test
  void findsDecomposedTextByComposedQuestions() throws IOException {
    Path docs = Files.createDirectories(folder.resolve("docs"));
    String korean = Normalizer.normalize("중요한 장비 목록", Normalizer.Form.NFD) + "\n";
    Files.writeString(docs.resolve("k.txt"), korean);
    for (int i = 0; i < 40; i++) {
      Files.writeString(
          docs.resolve("a" + i + ".txt"), "filler text number ".repeat(20) + i + "\n");
    }

    assertThat(packed("장비").out()).contains(korean);
  }
}
