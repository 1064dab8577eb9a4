package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its programs are shell scripts")
final class SetupCommandsTest {
  private static final String SECRET = "sk-0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  private Path home() {
    return folder.resolve("home");
  }

  private Shell shell() {
    return new Shell(home()).with("PATH", folder.resolve("bin").toString());
  }

  private void program(String name, String text) throws IOException {
    Path file = folder.resolve("bin").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void doctorSaysWhatIsFoundAndWhatIsMissingForWhatAndNoKey() throws IOException {
    program("tesseract", "echo 'tesseract 5.3.0'");

    Shell.Result result = shell().with("OPENAI_API_KEY", SECRET).run("doctor");

    assertThat(result.code()).as(result.out()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .containsPattern("found    Tesseract  tesseract 5.3.0, in .*/bin/tesseract\n")
        .containsPattern("missing  ffmpeg     .*install ffmpeg\n")
        .contains("found    key        openai, in the variable OPENAI_API_KEY\n")
        .containsPattern("found    home       .*/home, not made yet\n")
        .containsPattern("found    Java       \\d+")
        .doesNotContain(SECRET);
  }

  @Test
  void doctorSaysWhatCannotBeUsed() throws IOException {
    program("tesseract", "echo 'libtesseract.so.5 is missing' >&2; exit 127");
    write("home/config.properties", "nonsense=1\n");

    Shell.Result result = shell().run("doctor");

    assertThat(result.code()).isEqualTo(ExitCode.CONFIG);
    assertThat(result.out())
        .containsPattern("wrong    Tesseract  .*does not start: libtesseract.so.5 is missing\n")
        .containsPattern("wrong    settings   setting \"nonsense\" is not known");
  }

  @Test
  void doctorWritesJson() {
    assertThat(shell().run("doctor", "--json").out())
        .contains("\"findings\"", "\"state\"", "\"what\"");
  }

  @Test
  void showsTheSizesOfWhatItKeeps() throws IOException {
    write("home/ocr/a", "x".repeat(5_000));

    Shell.Result result = shell().run("self", "cache");

    assertThat(result.out()).containsPattern("5\\.0 kB  .*/home/ocr  \\(what OCR has read\\)");
    assertThat(result.err()).contains("5.0 kB in all");
  }

  @Test
  void uninstallsWhatItMadeAndNothingElse() throws IOException {
    write("corpus/note.md", "# Note\n");
    shell().run("pack", folder.resolve("corpus").toString());
    shell().run("config", "set", "model", "deepseek-flash");
    write("home/models.json", "{\"models\": []}");
    write("home/mine.txt", "mine");
    write("home/index.damaged-2026", "old");
    write("home/token-factors.json", "{}");

    Shell.Result result = shell().fed("y\n", "self", "uninstall");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.err()).contains("delete all of this? [y/N]", "the checkout stays");
    try (var left = Files.list(home())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("models.json", "mine.txt");
    }
    assertThat(folder.resolve("corpus/note.md")).exists();
  }

  @Test
  void asksBeforeItUninstalls() throws IOException {
    write("home/ocr/a", "x");

    Shell.Result refused = shell().fed("n\n", "self", "uninstall");
    Shell.Result silent = shell().run("self", "uninstall");
    Shell.Result dry = shell().run("self", "uninstall", "--dry-run");

    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(silent.err()).contains("nothing is deleted: answer y, or add --yes");
    assertThat(dry.code()).isEqualTo(ExitCode.OK);
    assertThat(home().resolve("ocr/a")).exists();
  }

  @Test
  void leavesALibraryThatAServerUses() throws IOException {
    write("home/library/a", "x");
    write("home/ocr/a", "x");
    try (ProcessLock _ =
        ProcessLock.take(
            home().resolve("library.lock"), LockWait.quiet(Duration.ofSeconds(1)), "serves")) {
      Shell.Result result = shell().run("self", "uninstall", "--yes");

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.TRY_LATER);
    }
    assertThat(home().resolve("library/a")).exists();
    assertThat(home().resolve("ocr/a")).exists();
  }

  @Test
  void uninstallsAnArchiveButNoFolderThatIsNone() throws IOException {
    for (String file : new String[] {"bin/brimful", "lib/brimful.jar", "runtime/bin/java"}) {
      write("opt/brimful/" + file, "x");
    }
    write("opt/brimful/notes.txt", "mine");
    write("opt/other/lib/a", "x");

    Shell.Result other =
        shell().with("BRIMFUL_INSTALLED", folder + "/opt/other").run("self", "uninstall", "-y");
    Shell.Result archive =
        shell().with("BRIMFUL_INSTALLED", folder + "/opt/brimful").run("self", "uninstall", "-y");

    assertThat(other.err()).contains("nothing to delete");
    assertThat(folder.resolve("opt/other/lib/a")).exists();
    assertThat(archive.err()).contains("Brimful is uninstalled");
    try (var left = Files.list(folder.resolve("opt/brimful"))) {
      assertThat(left).containsExactly(folder.resolve("opt/brimful/notes.txt"));
    }
  }
}
