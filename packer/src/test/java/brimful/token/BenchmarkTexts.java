package brimful.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Texts to count the tokens of, each repeated or cut to [#CHARS].
///
/// Code and prose are the files of the folder in `-Dtexts=`, or else of this project. The mixed
/// text needs no files: it is what the JDK calls all languages and countries in ten languages.
final class BenchmarkTexts {
  static final int CHARS = 500_000;

  private static final String CODE = "java|kt|scala|py|js|ts|go|rs|c|h|cpp";
  private static final String PROSE = "md|txt|adoc|rst";
  private static final List<Locale> LANGUAGES =
      Stream.of("zh", "ja", "ko", "ru", "ar", "hi", "el", "de", "fr", "vi")
          .map(Locale::forLanguageTag)
          .toList();

  private BenchmarkTexts() {}

  static String named(String name) {
    String text =
        switch (name) {
          case "code" -> files(CODE);
          case "prose" -> files(PROSE);
          case "mixed" -> names();
          default -> throw new IllegalArgumentException("unknown text \"%s\"".formatted(name));
        };
    return text.repeat(Math.ceilDiv(CHARS, text.length())).substring(0, CHARS);
  }

  private static String names() {
    return Arrays.stream(Locale.getAvailableLocales())
        .sorted(Comparator.comparing(Locale::toLanguageTag))
        .map(named ->
            LANGUAGES.stream().map(named::getDisplayName).collect(Collectors.joining(", ")))
        .collect(Collectors.joining("\n"));
  }

  private static String files(String endings) {
    Path folder = Path.of(System.getProperty("texts", ".."));
    var text = new StringBuilder();
    try {
      for (Path file : found(folder, ".*\\.(" + endings + ")")) {
        text.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        if (text.length() >= CHARS) {
          break;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "no file in %s ends in %s: name another folder".formatted(folder, endings));
    }
    return text.toString();
  }

  private static List<Path> found(Path folder, String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> file.toString().matches(pattern))
          .sorted()
          .toList();
    }
  }
}
