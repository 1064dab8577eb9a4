package brimful.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.Counted;
import brimful.corpus.DocumentId;
import brimful.corpus.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What standard input is: a list of files, as `git ls-files`, `find` and `fd` print it, or a
/// document.
///
/// It is a list if its first line names a file that is here, or looks like a name, and half of its
/// lines at least name files. Files of the index that were deleted are in git's list, too.
///
/// @param ids of the listed files, below this folder; empty for a document
/// @param input all of the input, if it is a document
/// @param note a line for the person about a document that may be meant as a list; usually empty
public record FileList(Optional<Set<String>> ids, InputStream input, String note) {
  private static final int FIRST_LINE_BYTES_MAX = 8 << 10;
  private static final int LIST_BYTES_MAX = 64 << 20;

  /// What is read of a document whose first line looks like the name of a file that is not here.
  private static final int DOUBTFUL_BYTES_MAX = 64 << 10;

  /// One line that looks like a name may be a text of one word, such as an address.
  private static final int LIST_LINES_MIN = 2;

  /// A name with a folder or an ending, and nothing that a sentence has.
  private static final Pattern NAME =
      Pattern.compile("[^\\s:;,<>(){}\"]*[/.][^\\s:;,<>(){}\"]*[^\\s.:;,<>(){}\"]");

  /// Looks at standard input; of a document, no more than its start is read.
  public static FileList read(InputStream input) {
    try {
      byte[] head = firstLine(input);
      String first = name(new String(head, UTF_8).split("[\n\0]", 2)[0]);
      boolean there = isFile(first);
      if (!there && !isFolder(first) && !NAME.matcher(first).matches()) {
        return document(head, input, "");
      }
      int most = there ? LIST_BYTES_MAX : DOUBTFUL_BYTES_MAX;
      byte[] rest = input.readNBytes(most);
      var all = new ByteArrayOutputStream();
      all.write(head);
      all.write(rest);
      if (rest.length == most) {
        return document(all.toByteArray(), input, "");
      }
      List<String> names = names(all.toString(UTF_8));
      long files = names.stream().filter(FileList::isFile).count();
      if (files == 0 || files * 2 < names.size()) {
        return document(all.toByteArray(), input, doubt(names, files));
      }
      var ids = new LinkedHashSet<String>();
      names.forEach(name -> ids.add(id(name)));
      return new FileList(Optional.of(ids), InputStream.nullInputStream(), "");
    } catch (IOException e) {
      throw new UserError(UserError.Kind.IO, "cannot read standard input: " + e.getMessage(), e);
    }
  }

  private static FileList document(byte[] head, InputStream rest, String note) {
    return new FileList(
        Optional.empty(), new SequenceInputStream(new ByteArrayInputStream(head), rest), note);
  }

  /// Says it if most lines look like names; where none is a file here, all of them.
  private static String doubt(List<String> names, long files) {
    long folders = names.stream().filter(FileList::isFolder).count();
    long alike = names.stream().filter(FileList::isNamed).count();
    boolean listed =
        files == 0
            ? alike == names.size() && (folders > 0 || alike >= LIST_LINES_MIN)
            : alike * 2 >= names.size();
    if (!listed) {
      return "";
    }
    String start =
        "standard input is read as text: of its " + Counted.of(names.size(), "line") + ", ";
    if (files == 0) {
      return start
          + (folders > 0
              ? "none names a file here, and %s a folder: name folders as PATHs".formatted(folders)
              : "none names a file here; if it is a list of files, run this in their folder");
    }
    return start
        + "only %s name a file here, and the first other is %s; if it is a list of files, run this in their folder"
            .formatted(files, names.stream().filter(name -> !isFile(name)).findFirst().orElse(""));
  }

  private static boolean isNamed(String name) {
    return isFile(name) || isFolder(name) || NAME.matcher(name).matches();
  }

  private static boolean isFolder(String name) {
    try {
      return !name.isBlank() && Files.isDirectory(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static byte[] firstLine(InputStream input) throws IOException {
    var line = new ByteArrayOutputStream();
    int next = input.read();
    while (next >= 0) {
      line.write(next);
      if (next == '\n' || next == 0 || line.size() == FIRST_LINE_BYTES_MAX) {
        break;
      }
      next = input.read();
    }
    return line.toByteArray();
  }

  /// With NUL between names, as by `git ls-files -z`, each is as it stands.
  private static List<String> names(String text) {
    boolean exact = text.indexOf(0) >= 0;
    return Arrays.stream(text.split(exact ? "\0" : "\r?\n"))
        .filter(line -> !line.isBlank())
        .map(line -> exact ? line : name(line))
        .toList();
  }

  /// Returns the name on a line; git puts unusual ones in quotes, with octal escapes for bytes.
  private static String name(String line) {
    String name = line.replaceAll("\r$", "");
    if (name.length() < 2 || !name.startsWith("\"") || !name.endsWith("\"")) {
      return name;
    }
    var bytes = new ByteArrayOutputStream();
    String quoted = name.substring(1, name.length() - 1);
    int at = 0;
    while (at < quoted.length()) {
      if (quoted.charAt(at) != '\\' || at + 1 == quoted.length()) {
        int end = quoted.offsetByCodePoints(at, 1);
        bytes.writeBytes(quoted.substring(at, end).getBytes(UTF_8));
        at = end;
      } else if (quoted.substring(at + 1).matches("(?s)[0-3][0-7]{2}.*")) {
        bytes.write(Integer.parseInt(quoted.substring(at + 1, at + 4), 8));
        at += 4;
      } else {
        char escaped = quoted.charAt(at + 1);
        int control = "abtnvfr".indexOf(escaped);
        bytes.write(control < 0 ? escaped : 7 + control);
        at += 2;
      }
    }
    return bytes.toString(UTF_8);
  }

  private static boolean isFile(String name) {
    try {
      return !name.isBlank() && Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /// Returns the id of a file in the corpus of this folder; of a file elsewhere, what no document
  /// is called.
  private static String id(String name) {
    try {
      Path path = Path.of(name);
      Path below =
          path.isAbsolute() ? Path.of("").toAbsolutePath().relativize(path) : path.normalize();
      String id = below.toString();
      return id.isEmpty() || below.startsWith("..") ? name : DocumentId.of(id).value();
    } catch (InvalidPathException e) {
      return name;
    }
  }
}
