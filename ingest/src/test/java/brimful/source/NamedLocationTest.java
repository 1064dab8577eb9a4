package brimful.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamedLocationTest {
  private static final String SOURCES = "src/main/java/brimful/source/Sources.java";

  @TempDir private Path folder;

  private static List<String> names(String... given) {
    return NamedLocation.of(List.of(given)).stream().map(NamedLocation::name).toList();
  }

  private String file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "text").toString();
  }

  @Test
  void filesHereHaveTheirPathsFromHere() {
    String absolute = Path.of("pom.xml").toAbsolutePath().toString();

    assertThat(names(SOURCES)).containsExactly(SOURCES);
    assertThat(names("./src/../" + SOURCES, absolute)).containsExactly(SOURCES, "pom.xml");
    assertThat(names("src", "pom.xml")).containsExactly("src", "pom.xml");
    assertThat(names("src/main", "pom.xml")).containsExactly("src/main", "pom.xml");
    assertThat(names(".", "pom.xml")).containsExactly("", "pom.xml");
  }

  @Test
  void filesElsewhereHaveTheirPathsFromTheFolderTheyShare() throws IOException {
    String one = file("s1/a/index.js");
    String other = file("s1/b/index.js");
    String folderOfOne = folder.resolve("s1/a").toString();

    assertThat(names(one)).containsExactly("index.js");
    assertThat(names(one, other)).containsExactly("a/index.js", "b/index.js");
    assertThat(names(folderOfOne, other)).containsExactly("a", "b/index.js");
    assertThat(names(SOURCES, other)).containsExactly(SOURCES, "index.js");
  }

  @Test
  void noNameMeansTwoFiles() throws IOException {
    String other = file("x/pom.xml");

    assertThat(names("pom.xml", other))
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).endsWith("/pom.xml"));
    assertThat(names(".", other)).allSatisfy(name -> assertThat(name).isNotEmpty());
    assertThat(names("src", "pom.xml", "https://example.com/src"))
        .containsExactly("src", "pom.xml", "src-2");
  }

  @Test
  void twoDotsBehindALinkLeadWhereTheSystemGoes(@TempDir Path top) throws IOException {
    Path real = top.toRealPath();
    Files.createDirectories(real.resolve("data/inner"));
    Files.createDirectories(real.resolve("here"));
    Files.writeString(real.resolve("data/x.txt"), "x");
    Files.writeString(real.resolve("data/y.txt"), "y");
    Files.createSymbolicLink(real.resolve("here/link"), real.resolve("data/inner"));

    assertThat(
            NamedLocation.of(
                List.of(
                    real.resolve("here/link") + "/../x.txt",
                    real.resolve("data/y.txt").toString())))
        .extracting(NamedLocation::name)
        .containsExactly("x.txt", "y.txt");
  }

  @Test
  void foldersAloneHaveTheirTitles() throws IOException {
    file("a/src/x.js");
    file("b/src/x.js");

    assertThat(names(folder.toString())).containsExactly("");
    assertThat(names(folder.resolve("a/src").toString(), folder.resolve("b/src").toString()))
        .containsExactly("src", "src-2");
    assertThat(names("https://github.com/acme/rig.git@v1", folder.resolve("a").toString()))
        .containsExactly("rig", "a");
  }

  @Test
  void anAtSignInTheNameOfAFileIsNoCommit() throws IOException {
    String file = file("a@b.txt");
    file("lib@2/x.js");

    assertThat(names(file, folder.resolve("lib@2").toString())).containsExactly("a@b.txt", "lib@2");
    assertThat(names(folder.resolve("lib@2").toString(), "src")).containsExactly("lib@2", "src");
  }

  @Test
  void theFolderOfAFileIsInFrontOfWhatItsRepositoryCallsIt() {
    assertThat(NamedLocation.of(List.of(SOURCES)).getFirst().prefix())
        .isEqualTo("src/main/java/brimful/source/");
    assertThat(NamedLocation.of(List.of("pom.xml")).getFirst().prefix()).isEmpty();
    assertThat(NamedLocation.of(List.of("src", "pom.xml")).getFirst().prefix()).isEqualTo("src/");
  }
}
