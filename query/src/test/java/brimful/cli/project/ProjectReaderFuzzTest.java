package brimful.cli.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.UserError;
import brimful.testing.FuzzContract;
import java.nio.file.Path;
import java.util.List;

/// Any project's settings are read, or refused in one line that names the file.
final class ProjectReaderFuzzTest extends FuzzContract {
  private static final Path ROOT = Path.of("nowhere").toAbsolutePath();
  private static final Path FILE = ROOT.resolve(ProjectFile.NAME);

  @Override
  protected List<byte[]> examples() {
    return List.of(
        "include: [src/**, \"*.md\"]\nexclude: test\nmodel: deepseek-flash\n".getBytes(UTF_8),
        "budget: 128k\ninstructions: a.md\ncollections:\n- docs\n".getBytes(UTF_8),
        "a: &a [x, x]\nb: [*a, *a]\n? !!binary aGVsbG8=\n: |\n  text\n--- {}\n".getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) {
    try {
      ProjectSettings settings = new ProjectReader(FILE, ROOT).read(new String(bytes, UTF_8));
      assertThat(ProjectReader.NAMES).containsAll(settings.names());
    } catch (UserError refused) {
      assertThat(refused.line()).startsWith(FILE.toString()).doesNotContain("\n");
    }
  }
}
