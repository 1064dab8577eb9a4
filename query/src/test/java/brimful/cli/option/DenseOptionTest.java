package brimful.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.Shell;
import brimful.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slow: the model takes over a second to load.
@Tag("slow")
final class DenseOptionTest {
  @TempDir Path folder;

  @Test
  void packsByMeaningAndRemembersIt() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Files.writeString(corpus.resolve("a.md"), "# Trees\n\nWhere does the oak live? In the wood.\n");
    Files.writeString(corpus.resolve("b.md"), "# Anna\n\nAnna does have a flat in Paris now.\n");
    var shell = new Shell(folder.resolve("home"));
    String[] pack = {"pack", corpus.toString(), "-q", "Where does Anna live?", "--dense"};

    Shell.Result first = shell.run(pack);
    Shell.Result second = shell.run(pack);

    assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.OK);
    assertThat(second.out()).isEqualTo(first.out()).contains("Paris");
    assertThat(folder.resolve("home").resolve("dense").resolve("encodings.mv")).exists();
  }
}
