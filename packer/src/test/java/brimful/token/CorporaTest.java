package brimful.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Compares ours with the reference on every file of the folders in `-Dcorpora=/one:/two`, read as
/// UTF-8 with replacements.
@EnabledIfSystemProperty(named = "corpora", matches = ".+")
final class CorporaTest {
  private static final DeepSeekTokenizer TOKENIZER = new DeepSeekTokenizer();

  /// The reference takes 50 bytes of memory and more for a byte of text, so larger files are cut.
  private static final int CHARS_MAX = 8_000_000;

  @Test
  void equalsTheReferenceOnEveryFile() throws IOException {
    List<Path> different = new ArrayList<>();
    long files = 0;
    long bytes = 0;

    for (Path file : files()) {
      String text = Files.isReadable(file) ? text(file) : "";
      files++;
      bytes += text.getBytes(StandardCharsets.UTF_8).length;
      if (!Arrays.equals(TOKENIZER.encode(text), ReferenceTokenizer.encode(text))
          || TOKENIZER.count(text) != TOKENIZER.encode(text).length) {
        different.add(file);
      }
    }

    System.out.printf(
        Locale.ROOT, "%,d files, %.1f MB, %d differences\n", files, bytes / 1e6, different.size());
    assertThat(different).isEmpty();
  }

  private static String text(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX);
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : System.getProperty("corpora", "").split(File.pathSeparator, -1)) {
      try (Stream<Path> found = Files.walk(Path.of(folder))) {
        found.filter(Files::isRegularFile).sorted().forEach(files::add);
      }
    }
    return files;
  }
}
