package brimful.kafka;

import brimful.corpus.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// A Kafka broker in this process, for development and tests: one node, without replication.
///
/// It is the real broker and controller (KRaft), so what works with it works with a cluster. It
/// listens on the loopback interface only, without a password. All its data is below its folder:
/// after a kill at any moment, a restart there has every acknowledged record, unless the machine
/// itself went down. Starting takes 3 to 4 s on two cores.
///
/// Thread-safe. When its disk fails, Kafka wants to exit the process; instead, the last broker that
/// was started ends.
public final class DevBroker implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int NODE_ID = 1;

  /// How long a clean stop may take; whatever is still open then is left to the end of the process.
  private static final Duration CLOSE_MAX = Duration.ofSeconds(20);

  /// One node needs one copy of everything, few partitions and small buffers. Data stays until
  /// somebody deletes the folder.
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", "" + NODE_ID),
          Map.entry("controller.listener.names", "CONTROLLER"),
          Map.entry("inter.broker.listener.name", "BROKER"),
          Map.entry("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("log.retention.ms", "-1"),
          Map.entry("offsets.retention.minutes", "525600"),
          Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"),
          // A killed member is noticed after 6 s; until then its partitions wait.
          Map.entry("group.share.min.session.timeout.ms", "6000"),
          Map.entry("group.share.session.timeout.ms", "6000"),
          Map.entry("group.share.min.heartbeat.interval.ms", "500"),
          Map.entry("group.share.heartbeat.interval.ms", "1000"),
          Map.entry("group.consumer.min.session.timeout.ms", "6000"),
          Map.entry("group.consumer.session.timeout.ms", "6000"),
          Map.entry("group.consumer.min.heartbeat.interval.ms", "500"),
          Map.entry("group.consumer.heartbeat.interval.ms", "1000"),
          // After a kill, the node can return only when its old session has ended.
          Map.entry("broker.heartbeat.interval.ms", "1000"),
          Map.entry("broker.session.timeout.ms", "4000"));

  private final KafkaRaftServer server;
  private final String bootstrap;

  /// Done when the broker was closed; failed when it ended by itself.
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private DevBroker(KafkaRaftServer server, String bootstrap) {
    this.server = server;
    this.bootstrap = bootstrap;
  }

  /// Starts a broker with its data in a folder, which is created if it does not exist.
  ///
  /// @param port where it listens on 127.0.0.1; 0 for any free port
  public static DevBroker start(Path folder, int port) {
    return start(folder, port, Map.of());
  }

  /// Starts a broker with additional settings that override ours.
  ///
  /// @throws UncheckedIOException if the port is taken or the folder cannot be written
  /// @throws IllegalStateException if Kafka does not start, for example in another broker's folder
  public static DevBroker start(Path folder, int port, Map<String, String> extra) {
    Ports ports = Ports.free(port);
    var settings = new HashMap<>(SETTINGS);
    settings.put("log.dirs", folder.toAbsolutePath().toString());
    settings.put(
        "listeners",
        "BROKER://%s:%s,CONTROLLER://%s:%s"
            .formatted(LOOPBACK, ports.broker(), LOOPBACK, ports.controller()));
    settings.put(
        "controller.quorum.voters", "%s@%s:%s".formatted(NODE_ID, LOOPBACK, ports.controller()));
    settings.putAll(extra);
    format(folder);
    return started(settings, LOOPBACK + ":" + ports.broker());
  }

  private static DevBroker started(Map<String, String> settings, String bootstrap) {
    var properties = new Properties();
    properties.putAll(settings);
    KafkaConfig config = KafkaConfig.fromProps(properties, false);
    DevBroker broker;
    try {
      broker = new DevBroker(new KafkaRaftServer(config, Time.SYSTEM), bootstrap);
    } catch (RuntimeException e) {
      throw startFailure(e);
    }
    Exit.setExitProcedure(broker::giveUp);
    Exit.setHaltProcedure(broker::giveUp);
    try {
      broker.server.startup();
    } catch (RuntimeException e) {
      broker.close();
      throw startFailure(e);
    }
    return broker;
  }

  private static UserError startFailure(RuntimeException e) {
    return new UserError(
        UserError.Kind.IO,
        "the broker cannot start, %s: check its folder and its disk".formatted(e.getMessage()),
        e);
  }

  /// Returns the address for clients, such as `127.0.0.1:9092`.
  public String bootstrap() {
    return bootstrap;
  }

  /// Waits until the broker is closed.
  ///
  /// @throws UserError if it ended by itself and cannot serve any longer
  public void awaitEnd() throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      throw new UserError(
          UserError.Kind.IO, "the broker failed: check whether its disk is full", e);
    }
  }

  /// Stops the broker: usually 1 to 2 s, never over 20 s.
  @Override
  public void close() {
    Thread stop = Thread.ofPlatform().daemon().name("dev-broker-stop").start(server::shutdown);
    try {
      stop.join(CLOSE_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    ended.complete(null);
  }

  private void giveUp(int status, String message) {
    var wish = new IllegalStateException("Kafka would end the process with status " + status);
    ended.completeExceptionally(wish);
    throw wish;
  }

  /// Writes the folder's identity, if it has none: a cluster of this one node.
  private static void format(Path folder) {
    try {
      Files.createDirectories(folder);
      if (Files.exists(folder.resolve("meta.properties"))) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the broker cannot write to " + folder, e);
    }
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .addDirectory(folder.toAbsolutePath().toString())
          .setMetadataLogDirectory(folder.toAbsolutePath().toString())
          .run();
    } catch (Exception e) { // The signature of run: its own errors and those of the disk.
      throw new UserError(
          UserError.Kind.CANNOT_WRITE,
          "the broker cannot format %s, %s: name another --folder"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /// The broker's ports. They were free a moment ago; Kafka cannot take over open sockets.
  private record Ports(int broker, int controller) {

    static Ports free(int wanted) {
      try (var broker = new ServerSocket();
          var controller = new ServerSocket()) {
        broker.setReuseAddress(true);
        broker.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), wanted));
        controller.bind(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), 0));
        return new Ports(broker.getLocalPort(), controller.getLocalPort());
      } catch (IOException e) {
        throw new UserError(
            UserError.Kind.BUSY,
            "port %s of %s is taken: stop what listens there, or give another --port"
                .formatted(wanted, LOOPBACK),
            e);
      }
    }
  }
}
