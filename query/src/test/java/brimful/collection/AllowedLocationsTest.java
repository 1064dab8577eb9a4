package brimful.collection;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.source.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
}
