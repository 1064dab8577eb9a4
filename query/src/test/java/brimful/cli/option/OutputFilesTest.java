package brimful.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.Shell;
import brimful.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class OutputFilesTest {
  private static final String ORIGINAL = "# Plan\n\nwe meet on Tuesday\n";

  @TempDir private Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Files.createDirectories(folder.resolve("docs/old"));
    for (String name : new String[] {"a.md", "b.md", "old/c.md", "w.1-of-2.md", "t.csv"}) {
      Files.writeString(doc(name), ORIGINAL);
    }
    Files.writeString(folder.resolve("q.csv"), "id,question\na,when?\n");
  }

  private Path doc(String name) {
    return folder.resolve("docs").resolve(name);
  }

  private Shell.Result pack(String... more) {
    return run("pack", more);
  }

  private Shell.Result run(String command, String... more) {
    var words = new ArrayList<String>();
    words.add(command);
    words.add(folder.resolve("docs").toString());
    words.addAll(List.of(more));
    return new Shell(folder.resolve("home")).run(words.toArray(String[]::new));
  }

  private void assertRefused(Shell.Result result, Path file, String option) throws IOException {
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo(
            "brimful: %s is no output of brimful, and %s would overwrite it: name another file, or move it away\n"
                .formatted(file, option));
    assertThat(Files.readString(file)).isEqualTo(ORIGINAL);
  }

  @Test
  void noOutputOverwritesADocumentOfTheFolder() throws IOException {
    String out = folder.resolve("w.xml").toString();

    assertRefused(pack("-o", doc("a.md").toString()), doc("a.md"), "-o");
    assertRefused(pack("-o", doc("old/c.md").toString()), doc("old/c.md"), "-o");
    assertRefused(pack("-o", out, "--receipt", doc("b.md").toString()), doc("b.md"), "--receipt");
    assertRefused(
        pack("--split", "2", "-o", doc("w.md").toString()), doc("w.1-of-2.md"), "--split");
    assertRefused(
        run(
            "batch",
            "--questions",
            folder.resolve("q.csv").toString(),
            "--dry-run",
            "-o",
            doc("t.csv").toString()),
        doc("t.csv"),
        "-o");
    assertThat(folder.resolve("w.xml")).doesNotExist();
    assertThat(doc("w.2-of-2.md")).doesNotExist();
  }

  @Test
  void aDocumentAmongListedFilesIsOneToo() throws IOException {
    Shell.Result result =
        new Shell(folder.resolve("home"))
            .run(
                "pack",
                doc("b.md").toString(),
                doc("old").toString(),
                "-o",
                doc("old/c.md").toString());

    assertRefused(result, doc("old/c.md"), "-o");
  }

  @Test
  void aReceiptDoesNotOverwriteWhatIsNamed() throws IOException {
    Path window = folder.resolve("w.xml");
    pack("-o", window.toString());
    String before = Files.readString(window);

    Shell.Result result =
        new Shell(folder.resolve("home"))
            .run("pack", window.toString(), "-o", "/dev/null", "--receipt", window.toString());

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo(
            "brimful: %s is read, and --receipt would overwrite it: name another file with --receipt\n"
                .formatted(window));
    assertThat(Files.readString(window)).isEqualTo(before);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege")
  void aLinkDoesNotHideTheDocument() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.md"), doc("a.md"));

    assertRefused(pack("-o", link.toString()), link, "-o");
  }

  @Test
  void whatBrimfulWroteIsWrittenAgain() throws IOException {
    for (int i = 0; i < 2; i++) {
      Shell.Result result =
          pack("-o", doc("w.xml").toString(), "--receipt", doc("r.json").toString());
      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      Shell.Result split = pack("--split", "2", "-o", doc("part.md").toString());
      assertThat(split.code()).as(split.err()).isEqualTo(ExitCode.OK);
    }
    // With another home, the beginning tells.
    Shell.Result other =
        new Shell(folder.resolve("elsewhere"))
            .run("pack", folder.resolve("docs").toString(), "-o", doc("w.xml").toString());

    assertThat(other.code()).as(other.err()).isEqualTo(ExitCode.OK);
  }

  @Test
  void emptyAndIgnoredFilesAreOverwritten() throws IOException {
    Path empty = Files.writeString(doc("empty.xml"), "");
    Files.writeString(doc(".brimfulignore"), "ignored.xml\n");
    Path ignored = Files.writeString(doc("ignored.xml"), "something");

    assertThat(pack("-o", empty.toString()).code()).isEqualTo(ExitCode.OK);
    assertThat(pack("-o", ignored.toString()).code()).isEqualTo(ExitCode.OK);

    assertThat(Files.readString(ignored)).startsWith("You answer");
  }

  @Test
  void aReceiptIsNoPartOfTheWindow() {
    String part = folder.resolve("out.1-of-2.md").toString();

    Shell.Result result =
        pack("--split", "2", "-o", folder.resolve("out.md").toString(), "--receipt", part);

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo(
            "brimful: --split writes a part of the window to %s, and --receipt would overwrite it: name another file for one of them\n"
                .formatted(part));
    assertThat(Path.of(part)).doesNotExist();
  }
}
