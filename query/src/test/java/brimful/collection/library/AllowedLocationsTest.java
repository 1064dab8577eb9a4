package brimful.collection.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.collection.SourceReader;
import brimful.source.Rules;
import brimful.source.forge.ForgeAddress;
import brimful.upload.Uploads;
import brimful.web.WebAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllowedLocationsTest {
  @TempDir Path home;

  @Test
  void admitsAPathInTheHomeFolder() throws IOException {
    Path documents = Files.createDirectories(home.resolve("documents"));
    SourceReader reader =
        SourceReader.of(Map.of("HOME", home.toString()), Rules.standard(), Set.of());

    assertThat(new AllowedLocations(reader, List.of(home)).admit("~/documents"))
        .isEqualTo(documents.toString());
  }

  private AllowedLocations locations(Map<String, String> environment, String... organizations) {
    var all = new HashMap<>(environment);
    all.put("HOME", home.toString());
    return new AllowedLocations(
        SourceReader.of(all, Rules.standard(), Set.of()),
        List.of(home),
        List.of(),
        Stream.of(organizations).map(ForgeAddress::of).toList(),
        Uploads.IN_FOLDER);
  }

  /// What the server's token shows is for nobody who may merely add sources.
  @Test
  void aTokenIsUsedOnlyForOrganisationsThatTheOperatorNames() {
    Map<String, String> token = Map.of("GITHUB_TOKEN", "t");

    assertThat(locations(token, "github-org:acme").admit("github-org:Acme?forks#x"))
        .isEqualTo("github-org:Acme?forks");
    assertThatThrownBy(() -> locations(token, "github-org:acme").admit("github-org:other"))
        .hasMessage(
            "github-org:other would be read with the server's own access: name it in its --roots");
    assertThatThrownBy(
            () -> locations(Map.of("GITHUB_API_URL", "http://10.0.0.1")).admit("github-org:acme"))
        .hasMessageContaining("--roots");
  }

  @Test
  void nobodyMakesAServerAskItsOwnNetwork() {
    for (String host : List.of("127.0.0.1:8080", "10.0.0.1", "169.254.169.254")) {
      assertThatThrownBy(() -> locations(Map.of()).admit("gitea-org:" + host + "/acme"))
          .hasMessageContaining("is not a public host");
    }
  }

  @Test
  void pagesArePublicOrOfASiteThatTheOperatorNames() {
    AllowedLocations locations = locations(Map.of());
    AllowedLocations intranet = locations.with(List.of(WebAddress.of("web:http://10.0.0.1/")));

    assertThat(locations.admit("web:https://8.8.8.8/a#b")).isEqualTo("web:https://8.8.8.8/a");
    for (String address :
        List.of(
            "127.0.0.1:8080", "10.0.0.1", "169.254.169.254", "[::ffff:10.0.0.1]", "2130706433")) {
      assertThatThrownBy(() -> locations.admit("web:http://" + address + "/a"))
          .hasMessageContaining("is not a public host");
    }
    assertThat(intranet.admit("web:http://10.0.0.1/a/")).isEqualTo("web:http://10.0.0.1/a/");
    assertThatThrownBy(() -> intranet.admit("web:http://10.0.0.1:8080/a/"))
        .hasMessageContaining("is not a public host");
    assertThatThrownBy(() -> locations.admit("web:https://user:secret@8.8.8.8/a"))
        .hasMessageNotContaining("secret");
  }

  @Test
  void aListIsBelowTheRootsAndNamesPublicAddresses() throws IOException {
    Path list = Files.writeString(home.resolve("list"), "file:///etc/secrets.git\n");
    Path outside = Files.createTempFile("list", "");
    AllowedLocations locations = locations(Map.of());

    assertThat(locations.admit("git-list:~/list")).isEqualTo("git-list:" + list);
    assertThatThrownBy(() -> locations.admit("git-list:" + outside))
        .hasMessageContaining("is nothing below the server's roots");
    var source =
        new CollectionSource(
            "l", "git-list:" + list, Instant.EPOCH, Instant.EPOCH, "", Duration.ZERO, "");
    assertThatThrownBy(() -> locations.open(source))
        .hasMessageContaining("only http and https git addresses are allowed here");
    Files.delete(outside);
  }
}
