package brimful.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HomeFolderTest {
  @TempDir private Path folder;

  @Test
  void isTheOneThatIsNamedElseJavas() throws IOException {
    Path named = Files.createDirectory(folder.resolve("ünamed"));
    Path java = Files.createDirectory(folder.resolve("java"));

    assertThat(HomeFolder.of(Map.of("HOME", named.toString()), java.toString(), folder))
        .isEqualTo(new HomeFolder(named, false));
    assertThat(HomeFolder.of(Map.of(), java.toString(), folder))
        .isEqualTo(new HomeFolder(java, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", " ", "relative", "/no/such/folder", "\0"})
  void isAFolderForItsOwnerOnlyWhereNoneServes(String none) throws IOException {
    HomeFolder home = HomeFolder.of(Map.of("HOME", none), "?", folder);
    HomeFolder again = HomeFolder.of(Map.of("HOME", none), none, folder);

    assertThat(home.makeshift()).isTrue();
    assertThat(home.path()).isDirectory().hasParent(folder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.path())))
        .isEqualTo("rwx------");
    assertThat(again).isEqualTo(home);
  }

  @Test
  void isAnotherOneWhereSomethingElseHasItsName() throws IOException {
    Path usual = HomeFolder.of(Map.of(), "?", folder).path();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.delete(usual);
    Files.createSymbolicLink(usual, elsewhere);

    HomeFolder home = HomeFolder.of(Map.of(), "?", folder);

    assertThat(home.path()).isDirectory().isNotEqualTo(usual);
    assertThat(elsewhere).isEmptyDirectory();
  }
}
