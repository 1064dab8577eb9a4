package brimful.kafka;

import static java.util.Objects.requireNonNull;

import brimful.corpus.UserError;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TimeoutException;

/// Our topics on a Kafka cluster: what every part of the pipeline receives. Safe for many threads.
public final class Cluster implements AutoCloseable {
  private static final int ATTEMPTS_MAX = 4;

  private final Connection connection;
  private final Topics topics;
  private final Admin admin;

  private Cluster(Connection connection, Topics topics, Admin admin) {
    this.connection = connection;
    this.topics = topics;
    this.admin = admin;
  }

  /// Connects and makes sure that the topics exist with the required settings.
  ///
  /// @throws UserError if no broker answers within 10 s, or it refuses the login
  /// @throws IllegalArgumentException if existing topics are unusable
  public static Cluster open(Connection connection, Topics topics) {
    Admin admin = connection.openAdmin();
    try {
      topics.ensure(admin);
      return new Cluster(connection, topics, admin);
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  /// Connects to topics that exist; creates nothing.
  ///
  /// @throws UserError also if there are no such topics
  public static Cluster openExisting(Connection connection, Topics topics) {
    Admin admin = connection.openAdmin();
    try {
      boolean _ =
          patiently(() -> {
            topics.require(admin, connection.bootstrap());
            return true;
          });
      return new Cluster(connection, topics, admin);
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  /// Asks again where a broker that answered before did not answer in time: it is busy.
  private static boolean patiently(BooleanSupplier call) {
    int attempt = 1;
    while (true) {
      try {
        return call.getAsBoolean();
      } catch (UserError e) {
        if (attempt == ATTEMPTS_MAX || !(e.getCause() instanceof TimeoutException)) {
          throw e;
        }
        attempt++;
      }
    }
  }

  private boolean hasMembers(String group) {
    KafkaFuture<ShareGroupDescription> reply =
        requireNonNull(admin.describeShareGroups(List.of(group)).describedGroups().get(group));
    return !AdminReplies.failed(reply, GroupIdNotFoundException.class, address())
        && !AdminReplies.await(reply, address()).members().isEmpty();
  }

  public Connection connection() {
    return connection;
  }

  public Topics topics() {
    return topics;
  }

  /// Returns the addresses as they were given.
  public String address() {
    return connection.bootstrap();
  }

  /// Returns the share group of all workers.
  public String workers() {
    return topics.prefix() + "-workers";
  }

  /// Returns the consumer group of an index worker.
  ///
  /// @param replica its name, unique for each index folder
  public String indexers(String replica) {
    return topics.prefix() + "-" + replica;
  }

  /// Returns a consumer in a share group that takes up to this many records at once.
  public ShareConsumer<byte[], byte[]> shareConsumer(String group, int recordsMax) {
    return new KafkaShareConsumer<>(connection.shareConsumer(group, recordsMax));
  }

  /// Prepares the workers' share group; idempotent.
  public void ensureWorkers() {
    TopicAdmin.ensureShareGroup(admin, workers());
  }

  /// Creates a batch's topics and prepares its share group; idempotent.
  public void ensureBatch(String batch) {
    topics.ensureBatch(admin, batch);
    TopicAdmin.ensureShareGroup(admin, topics.units(batch));
  }

  /// Returns the id of the cluster.
  public String id() {
    return AdminReplies.await(admin.describeCluster().clusterId(), address());
  }

  /// Returns a line with the fix for each topic whose settings keep deleted text longer than they
  /// should.
  public List<String> advice() {
    return topics.advice(admin, address());
  }

  /// Deletes the topics and the share group of a batch.
  ///
  /// @return whether there was such a batch
  /// @throws UserError of kind CONFLICT if a worker of it runs
  public boolean dropBatch(String batch) {
    String group = topics.units(batch);
    if (patiently(() -> hasMembers(group))) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "batch %s has running workers: stop them first".formatted(batch));
    }
    boolean dropped = topics.dropBatch(admin, batch, address());
    boolean _ =
        patiently(() ->
            AdminReplies.failed(
                admin.deleteShareGroups(List.of(group)).all(),
                GroupIdNotFoundException.class,
                address()));
    return dropped;
  }

  /// Returns the id of a topic that exists.
  public String id(String topic) {
    return id(topic, Connection.REPLY_MAX)
        .orElseThrow(() ->
            new UserError(
                UserError.Kind.CONFLICT,
                "topic %s was deleted: start this command again to create it".formatted(topic)));
  }

  /// Returns whether a broker answers within 10 s.
  public boolean answers() {
    try {
      return !AdminReplies.await(admin.describeCluster().nodes(), address()).isEmpty();
    } catch (UserError e) {
      return false;
    }
  }

  /// Returns a topic's id, which changes if the topic is deleted and created again; empty if there
  /// is no such topic.
  ///
  /// @param most how long to wait for the reply
  /// @throws UserError of kind UNAVAILABLE if no broker answers in time
  public Optional<String> id(String topic, Duration most) {
    return TopicAdmin.id(admin, topic, most);
  }

  /// Returns what waits for workers, and for the index worker that is closest to the end.
  ///
  /// @param groups of index workers; without any, everything waits
  public Lag lag(Collection<String> groups) {
    return Lag.read(admin, this, groups);
  }

  /// Returns how many records a topic holds at most: some may be overtaken.
  public long records(String topic) {
    return Lag.records(admin, topic);
  }

  /// Returns how many members a consumer group has.
  public int members(String group) {
    KafkaFuture<ConsumerGroupDescription> reply =
        admin.describeConsumerGroups(List.of(group)).describedGroups().get(group);
    return reply == null || AdminReplies.failed(reply, GroupIdNotFoundException.class, address())
        ? 0
        : AdminReplies.await(reply, address()).members().size();
  }

  @Override
  public void close() {
    admin.close();
  }
}
