package brimful.source;

import brimful.source.own.OwnFiles;
import brimful.testing.FakeSite;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A web site of paper, and what opens it.
abstract class SiteSources {
  @TempDir Path cache;

  final FakeSite site = new FakeSite();
  Sources sources;

  @BeforeEach
  void start() {
    sources = new Sources(Rules.standard(), cache, Clock.systemUTC(), Map.of(), OwnFiles.NONE);
  }

  @AfterEach
  void close() {
    site.close();
  }

  final Source open(String path) {
    return sources.open(site.location(path));
  }

  final List<Listed> list(String path) {
    try (Source source = open(path)) {
      return source.list();
    }
  }
}
