package brimful.collection;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.source.OwnFiles;
import brimful.source.Rules;
import brimful.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllowedLocationsTest {
  @TempDir Path home;

  @Test
  void admitsAPathInTheHomeFolder() throws IOException {
    Path documents = Files.createDirectories(home.resolve("documents"));
    var sources =
        new Sources(
            Rules.standard(),
            home.resolve("cache"),
            Clock.systemUTC(),
            Map.of("HOME", home.toString()),
            OwnFiles.NONE);

    assertThat(new AllowedLocations(sources, List.of(home)).admit("~/documents"))
        .isEqualTo(documents.toString());
  }
}
