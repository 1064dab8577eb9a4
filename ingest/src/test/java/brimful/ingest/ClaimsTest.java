package brimful.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.kafka.record.Claim;
import brimful.source.JoinedSource;
import brimful.source.NamedLocation;
import brimful.source.Rules;
import brimful.source.Source;
import brimful.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimsTest {
  @TempDir private Path folder;

  /// A worker opens one location of several, and knows nothing of the names that files have among
  /// them.
  @Test
  void aWorkerFindsEachFileOfSeveralLocations() throws IOException {
    Path code = Files.createDirectories(folder.resolve("src"));
    Path docs = Files.createDirectories(folder.resolve("docs/old"));
    Files.writeString(code.resolve("math.js"), "export const one = 1;\n");
    Files.writeString(docs.resolve("guide.md"), "# Guide\n");
    var sources = new Sources(Rules.standard(), folder.resolve("cache"), Clock.systemUTC());
    List<NamedLocation> named =
        NamedLocation.of(
            List.of(code.resolve("math.js").toString(), folder.resolve("docs").toString()));
    var parts = new ArrayList<JoinedSource.Part>();
    for (NamedLocation one : named) {
      parts.add(new JoinedSource.Part(one.isFile() ? "" : one.prefix(), sources.open(one, true)));
    }
    try (Source all = JoinedSource.once(parts, _ -> {})) {
      SequencedMap<DocumentId, Claim.Work> claims = Claims.of(all, Rules.standard());

      assertThat(claims.sequencedKeySet())
          .extracting(DocumentId::value)
          .containsExactlyInAnyOrder("src/math.js", "docs/old/guide.md");
      assertThat(Claims.sources(all))
          .containsExactlyInAnyOrder(
              code.resolve("math.js").toString(), folder.resolve("docs").toString());
      for (Claim.Work work : claims.values()) {
        var read = (Claim.Work.Read) work;
        try (Source one = sources.open(read.location())) {
          assertThat(one.file(read.path())).as(read.location()).isPresent();
        }
      }
    }
  }
}
