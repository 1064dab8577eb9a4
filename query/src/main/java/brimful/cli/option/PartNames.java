package brimful.cli.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The names of the files that `--split` writes: `NAME.1-of-3.md` and so on, beside `-o NAME.md`.
///
/// @param output as `-o` names it
/// @param base its name without the ending
/// @param ending with a dot
/// @param parts how many
public record PartNames(Path output, String base, String ending, int parts) {

  /// Returns the names by `--split` and `--format`.
  public static PartNames of(Arguments arguments, Path output) {
    String name = String.valueOf(output.getFileName());
    int dot = name.lastIndexOf('.');
    String usual = arguments.value("format").orElse("xml").equals("xml") ? ".xml" : ".md";
    return new PartNames(
        output,
        dot > 0 ? name.substring(0, dot) : name,
        dot > 0 ? name.substring(dot) : usual,
        arguments.number("split").orElse(1));
  }

  /// Returns the file of a part.
  ///
  /// @param number from 1 on
  public Path file(int number) {
    return output.resolveSibling("%s.%s-of-%s%s".formatted(base, number, parts, ending));
  }

  /// Returns whether a file is that of a part.
  public boolean has(Path file) {
    String name = String.valueOf(file.getFileName());
    String start = base + ".";
    String end = "-of-" + parts + ending;
    return name.length() > start.length() + end.length()
        && name.startsWith(start)
        && name.endsWith(end)
        && isPart(name.substring(start.length(), name.length() - end.length()))
        && folder(file).equals(folder(output));
  }

  private boolean isPart(String number) {
    return number.matches("[1-9][0-9]{0,8}") && Integer.parseInt(number) <= parts;
  }

  /// Returns the parts that are there already.
  List<Path> present() {
    var present = new ArrayList<Path>();
    Path folder = output.resolveSibling("");
    if (!Files.isDirectory(folder(output))) {
      return List.of();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(output))) {
      for (Path file : files) {
        if (has(file)) {
          present.add(folder.resolve(String.valueOf(file.getFileName())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: make it readable".formatted(folder), e);
    }
    return present;
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().normalize().resolveSibling("");
  }
}
