package brimful.cli;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.cli.command.ExitCode;
import brimful.token.Tokenizers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Where a window goes: the clipboard, and several files.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "programs of paper are shell scripts")
final class WindowOutputTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeCorpus() throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < 12; i++) {
      Files.writeString(
          folder.resolve("corpus").resolve(String.format(Locale.ROOT, "note%02d.md", i)),
          "# Grüße %s\n\n## Part\n\n```\n## no heading of ours\n```\n%s\n"
              .formatted(i, "words ".repeat(40 + i)));
    }
  }

  private Shell shell() {
    return new Shell(folder.resolve("home")).with("PATH", folder.resolve("bin").toString());
  }

  private String corpus() {
    return folder.resolve("corpus").toString();
  }

  /// Makes a program that keeps its arguments and input, and ends with a code.
  private void program(String name, int code) throws IOException {
    Path copied = folder.resolve("copied-by-" + name);
    Path file = folder.resolve("bin").resolve(name);
    Files.writeString(
        file,
        "#!/bin/sh\necho \"$@\" >'%s.args'\n/bin/cat >'%s'\necho noise\nexit %s\n"
            .formatted(copied, copied, code));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String copied(String name) throws IOException {
    return Files.readString(folder.resolve("copied-by-" + name));
  }

  private static int tokens(String text) {
    return Tokenizers.named("deepseek-v3").count(text);
  }

  @Test
  void copiesTheWindowByTheFirstProgramThatWorks() throws IOException {
    String window = shell().run("pack", corpus()).out();
    program("wl-copy", 1);
    program("xclip", 0);
    program("xsel", 0);

    Shell.Result result =
        shell()
            .with("WAYLAND_DISPLAY", "wayland-0")
            .with("DISPLAY", ":0")
            .run("pack", corpus(), "--copy");

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).isEmpty();
    assertThat(copied("xclip")).isEqualTo(window);
    assertThat(copied("xclip.args")).isEqualTo("-selection clipboard\n");
    assertThat(folder.resolve("copied-by-xsel")).doesNotExist();
    assertThat(result.err().lines())
        .contains(
            String.format(
                Locale.ROOT, "copied %,d tokens to the clipboard by xclip", tokens(window)));
  }

  @Test
  void programsWithoutAScreenAreNotTried() throws IOException {
    program("xclip", 0);
    program("clip.exe", 0);

    Shell.Result result =
        shell().run("pack", corpus(), "--copy", "-o", folder.resolve("w").toString());

    assertThat(result.err()).contains("to the clipboard by clip.exe");
    assertThat(Files.readString(folder.resolve("copied-by-clip.exe"), StandardCharsets.UTF_16LE))
        .isEqualTo("\uFEFF" + Files.readString(folder.resolve("w")));
    assertThat(folder.resolve("copied-by-xclip")).doesNotExist();
  }

  @Test
  void aProgramWithoutAScreenIsNamed() throws IOException {
    program("xsel", 0);

    Shell.Result result = shell().run("pack", corpus(), "--copy");

    assertThat(result.code()).isEqualTo(ExitCode.CANNOT_CREATE);
    assertThat(result.err())
        .isEqualTo(
            "brimful: no clipboard here, for xsel has no screen: set DISPLAY, or write the window with -o FILE\n");
  }

  @Test
  void aTerminalCopiesByItselfWhatItCanTake() {
    String window = shell().run("pack", corpus()).out();

    Shell.Result result = shell().with("BRIMFUL_TTY", "1").run("pack", corpus(), "--copy");

    String encoded = Base64.getEncoder().encodeToString(window.getBytes(StandardCharsets.UTF_8));
    assertThat(result.err())
        .contains("\u001b]52;c;" + encoded + "\u0007")
        .contains("tokens to the clipboard by the terminal (OSC 52)");
  }

  @Test
  void whereThereIsNoClipboardOneLineSaysSo() throws IOException {
    Shell.Result none = shell().run("pack", corpus(), "--copy");
    Files.writeString(folder.resolve("corpus/large.txt"), "many words\n".repeat(20_000));
    Shell.Result large = shell().with("BRIMFUL_TTY", "1").run("pack", corpus(), "--copy");

    assertThat(none.code()).isEqualTo(ExitCode.CANNOT_CREATE);
    assertThat(none.err())
        .isEqualTo(
            "brimful: no clipboard here: install pbcopy, wl-copy, xclip or xsel, or write the window with -o FILE\n");
    assertThat(large.err()).contains("more than a terminal copies by itself");
  }

  @Test
  void splitFilesAreWholeDocumentsAndJoinedTheWindow() throws IOException {
    for (String format : List.of("xml", "markdown")) {
      for (int parts : new int[] {1, 2, 5, 12}) {
        String window =
            shell().run("pack", corpus(), "-q", "which note?", "--format", format).out();

        Shell.Result result =
            shell()
                .run(
                    "pack",
                    corpus(),
                    "-q",
                    "which note?",
                    "--format",
                    format,
                    "--split",
                    Integer.toString(parts),
                    "-o",
                    folder.resolve("out.md").toString());

        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        var joined = new StringBuilder();
        var sizes = new ArrayList<Integer>();
        for (int i = 1; i <= parts; i++) {
          Path file = folder.resolve("out.%s-of-%s.md".formatted(i, parts));
          String part = Files.readString(file);
          joined.append(part);
          sizes.add(part.length());
          assertThat(part).contains("note");
          assertThat(result.err().lines())
              .contains(String.format(Locale.ROOT, "%s  %,d tokens", file, tokens(part)));
          if (format.equals("xml")) {
            assertThat(part.split("<document path", -1))
                .hasSameSizeAs(part.split("</document>", -1));
          } else if (i > 1) {
            assertThat(part).startsWith("## note");
          }
        }
        assertThat(joined).hasToString(window);
        assertThat(sizes.stream().mapToInt(it -> it).max().orElse(0))
            .isLessThan(2 * window.length() / parts + 2_000);
      }
    }
  }

  @Test
  void badUseOfSplitGetsOneLine() {
    String out = folder.resolve("w.md").toString();

    assertThat(shell().run("pack", corpus(), "--split", "2").err())
        .isEqualTo("brimful: --split 2 writes files: name them with -o, as in -o window.md\n");
    assertThat(shell().run("pack", corpus(), "--split", "0", "-o", out).err())
        .contains("--split 0 is too small");
    assertThat(shell().run("pack", corpus(), "--split", "40", "-o", out).err())
        .contains("--split 40: the window has only 12 documents, and none is cut: give 12 at most");
    assertThat(shell().run("pack", corpus(), "--split", "2", "-o", out, "--format", "json").err())
        .contains("--split with --format json");
    assertThat(shell().run("pack", corpus(), "--split", "2", "-o", out, "--copy").err())
        .contains("--copy takes one text: use one of them");
    for (String place : List.of("/dev/null", folder.toString())) {
      assertThat(shell().run("pack", corpus(), "--split", "2", "-o", place).err())
          .isEqualTo(
              "brimful: --split 2 writes files beside -o, and %s is none: name one, as in -o window.md\n"
                  .formatted(place));
    }
  }
}
