package brimful.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The brokers that the tests of one JVM share. Each test keeps to topics and groups of its own.
final class Brokers {
  private Brokers() {}

  /// Returns the broker in this JVM; started by the first call, stopped at the end of the JVM.
  static DevBroker dev() {
    return Dev.BROKER;
  }

  /// Held here, so that only tests that ask for it pay for its start.
  private static final class Dev {
    private static final DevBroker BROKER = start();

    private static DevBroker start() {
      try {
        Path folder = Files.createTempDirectory("brimful-broker");
        DevBroker broker = DevBroker.start(folder, 0);
        Runtime.getRuntime()
            .addShutdownHook(
                Thread.ofPlatform()
                    .unstarted(() -> {
                      broker.close();
                      delete(folder);
                    }));
        return broker;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
