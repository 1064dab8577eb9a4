package brimful.kafka;

import brimful.corpus.UserError;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// How all our clients reach Kafka: the addresses of `--kafka`, and the file of `--kafka-config`
/// for what a cluster requires in addition, such as TLS or a password.
///
/// A client's settings are our defaults, then the file's lines, then the settings that the
/// pipeline's guarantees depend on, which the file must not contain. Values of the file are never
/// printed. Immutable.
public final class Connection {
  /// How long an admin client waits for a reply before the broker counts as unreachable.
  static final Duration REPLY_MAX = Duration.ofSeconds(10);

  private static final int LISTENING_MS_MAX = 1_000;

  /// How long a producer tries to deliver one record: longer than a broker takes to restart.
  private static final Duration DELIVERY_MAX = Duration.ofSeconds(60);

  /// How long a batch waits for records that nobody flushes: longer than most polls take.
  private static final Duration BATCH_LINGER = Duration.ofMillis(500);

  private static final int BATCH_BYTES = 256 << 10;
  private static final int REQUEST_BYTES_MAX = 1 << 20;

  /// Enough for all partitions at once, which are worked on in parallel.
  private static final int POLL_RECORDS_MAX = 500;

  /// What is read of a partition at once, compressed; together, the records of all partitions fit a
  /// small heap.
  private static final int PARTITION_FETCH_BYTES_MAX = 256 << 10;

  private static final Pattern ADDRESS =
      Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");

  /// The settings behind at-least-once and ordering, and those that a share consumer rejects.
  private static final List<String> OURS =
      List.of(
          "acks",
          "auto.offset.reset",
          "bootstrap.servers",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "group.instance.id",
          "group.protocol",
          "group.remote.assignor",
          "heartbeat.interval.ms",
          "interceptor.classes",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "max.poll.records",
          "partition.assignment.strategy",
          "session.timeout.ms",
          "share.acknowledgement.mode",
          "share.acquire.mode",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  private final String bootstrap;
  private final Map<String, String> file;

  private Connection(String bootstrap, Map<String, String> file) {
    this.bootstrap = bootstrap;
    this.file = Map.copyOf(file);
  }

  /// Returns the connection to a cluster; does not connect yet.
  ///
  /// @param bootstrap `HOST:PORT`, or several with commas between them
  /// @param file Kafka client properties in UTF-8
  /// @throws UserError if an address is malformed, or the file sets keys that are ours
  /// @throws UncheckedIOException if the file cannot be read
  public static Connection of(String bootstrap, Optional<Path> file) {
    for (String address : bootstrap.split(",", -1)) {
      var matcher = ADDRESS.matcher(address);
      int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
      if (port < 1 || port > 65_535) {
        throw new UserError(
            UserError.Kind.USAGE,
            "--kafka \"%s\" is not an address: write it like localhost:9092".formatted(bootstrap));
      }
    }
    return new Connection(bootstrap, file.map(Connection::read).orElse(Map.of()));
  }

  private static Map<String, String> read(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read --kafka-config " + file, e);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "--kafka-config %s has a broken \\u escape: write it with four hex digits"
              .formatted(file),
          e);
    }
    var wrong = new TreeSet<>(properties.stringPropertyNames());
    wrong.retainAll(OURS);
    if (!wrong.isEmpty()) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "--kafka-config %s sets %s, which Brimful sets itself: remove those lines"
              .formatted(file, String.join(", ", wrong)));
    }
    var values = new HashMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(key -> values.put(key, properties.getProperty(key, "")));
    return values;
  }

  /// Returns the addresses as they were given.
  public String bootstrap() {
    return bootstrap;
  }

  /// Opens an admin client and waits up to 10 s for a broker's answer; once more, if something
  /// listens at its address: a broker may be busy, such as with topics that were just deleted.
  ///
  /// @throws UserError if none answered, or the login was refused
  /// @throws UserError if Kafka's client cannot use the file's values
  public Admin openAdmin() {
    try {
      return contacted();
    } catch (UserError e) {
      if (KafkaUnreachable.isAbsence(e)
          && Arrays.stream(bootstrap.split(",", -1)).anyMatch(Connection::isListening)) {
        return contacted();
      }
      throw e;
    }
  }

  private static boolean isListening(String address) {
    int colon = address.lastIndexOf(':');
    try (var socket = new Socket()) {
      String host = address.substring(0, colon).strip().replaceAll("[\\[\\]]", "");
      int port = Integer.parseInt(address.substring(colon + 1).strip());
      socket.connect(new InetSocketAddress(host, port), LISTENING_MS_MAX);
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private Admin contacted() {
    Admin admin;
    try {
      admin = Admin.create(admin());
    } catch (KafkaException e) {
      throw refusal(e);
    }
    try {
      AdminReplies.await(admin.describeCluster().nodes(), bootstrap);
      return admin;
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /// Returns why no client could be created, without any part of a login line, which contains the
  /// password.
  private RuntimeException refusal(KafkaException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = String.valueOf(root.getMessage());
    if (root instanceof ConfigException && said.contains("bootstrap")) {
      return KafkaUnreachable.at(bootstrap, new KafkaException("the host is unknown"));
    }
    return new UserError(
        UserError.Kind.CONFIG,
        said.contains("JAAS")
            ? "sasl.jaas.config in the file of --kafka-config cannot be read: write it like "
                + "org.apache.kafka.common.security.plain.PlainLoginModule required "
                + "username=\"NAME\" password=\"PASSWORD\";"
            : "Kafka's client cannot use the file of --kafka-config, %s: correct it"
                .formatted(said));
  }

  /// Returns the settings of an admin client, whose calls end after 10 s.
  public Map<String, Object> admin() {
    String replyMax = String.valueOf(REPLY_MAX.toMillis());
    return settings(
        Map.of("default.api.timeout.ms", replyMax, "request.timeout.ms", replyMax), Map.of());
  }

  /// Returns the settings of a producer of bytes: each record once, in order, on all replicas.
  public Map<String, Object> producer() {
    return settings(
        Map.of(
            "compression.type",
            "zstd",
            // The lightest level: a stronger one takes longer than it saves on the way to a broker.
            "compression.zstd.level",
            "1",
            "linger.ms",
            "5",
            "batch.size",
            BATCH_BYTES,
            "max.request.size",
            REQUEST_BYTES_MAX,
            "delivery.timeout.ms",
            (int) DELIVERY_MAX.toMillis(),
            "max.block.ms",
            DELIVERY_MAX.toMillis()),
        Map.of(
            "acks",
            "all",
            "enable.idempotence",
            true,
            "key.serializer",
            ByteArraySerializer.class,
            "value.serializer",
            ByteArraySerializer.class));
  }

  /// Returns the settings of a producer that fills its batches, for those that flush it.
  public Map<String, Object> batchingProducer() {
    var settings = new HashMap<>(producer());
    settings.put("linger.ms", BATCH_LINGER.toMillis());
    return settings;
  }

  /// Returns the settings of a producer that waits for brokers as long as it takes.
  public Map<String, Object> patientProducer() {
    var settings = new HashMap<>(producer());
    settings.put("delivery.timeout.ms", Integer.MAX_VALUE);
    settings.put("max.block.ms", Long.MAX_VALUE);
    return settings;
  }

  /// Returns the settings of a consumer of bytes with assigned partitions, outside any group.
  public Map<String, Object> reader() {
    return settings(
        Map.of(),
        Map.of(
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed",
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class));
  }

  /// Returns the settings of a consumer of bytes in a group; it commits nothing by itself.
  public Map<String, Object> consumer(String group) {
    return settings(
        Map.of("max.partition.fetch.bytes", PARTITION_FETCH_BYTES_MAX),
        Map.of(
            "group.id",
            group,
            "group.protocol",
            "consumer",
            "enable.auto.commit",
            false,
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed",
            "max.poll.records",
            POLL_RECORDS_MAX,
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class));
  }

  /// Returns the settings of a share consumer of bytes with explicit acknowledgement of each
  /// record. [TopicAdmin#ensureShareGroup] prepares the group.
  ///
  /// @param recordsMax the most records taken at once, for example the free slots
  public Map<String, Object> shareConsumer(String group, int recordsMax) {
    if (recordsMax < 1) {
      throw new IllegalArgumentException("a poll of %s records: take 1".formatted(recordsMax));
    }
    return settings(
        Map.of(),
        Map.of(
            "group.id",
            group,
            "share.acknowledgement.mode",
            "explicit",
            "share.acquire.mode",
            "record_limit",
            "max.poll.records",
            recordsMax,
            "key.deserializer",
            ByteArrayDeserializer.class,
            "value.deserializer",
            ByteArrayDeserializer.class));
  }

  private Map<String, Object> settings(Map<String, Object> defaults, Map<String, Object> ours) {
    var settings = new HashMap<>(defaults);
    settings.putAll(file);
    settings.putAll(ours);
    settings.put("bootstrap.servers", Arrays.asList(bootstrap.split(",", -1)));
    return settings;
  }

  @Override
  public String toString() {
    return "Kafka at " + bootstrap;
  }
}
