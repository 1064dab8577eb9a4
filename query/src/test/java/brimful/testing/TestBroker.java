package brimful.testing;

import brimful.kafka.DevBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The broker that the tests of one JVM share; each keeps to topics of its own.
public final class TestBroker {
  private TestBroker() {}

  /// Returns its address; started by the first call, as it takes 4 s, and stopped with the JVM.
  public static String address() {
    return Running.BROKER.bootstrap();
  }

  private static final class Running {
    private static final DevBroker BROKER = start();

    private static DevBroker start() {
      try {
        DevBroker broker =
            DevBroker.start(Files.createTempDirectory(Path.of("target"), "broker"), 0);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(broker::close));
        return broker;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
