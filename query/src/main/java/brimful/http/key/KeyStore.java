package brimful.http.key;

import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.service.SpendLedger;
import brimful.store.LockWait;
import brimful.store.ProcessLock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of a server, in a file that `brimful keys` changes while the server runs: a revoked key
/// opens nothing from its next request on.
///
/// Several processes may change the keys: each rereads them under a lock before it writes. A
/// damaged file is set aside, and then no key opens anything. Safe for many threads.
public final class KeyStore {
  private static final String FILE = "keys.json";
  private static final String SPENT = "spent.json";
  private static final String LOCK = "keys.lock";
  private static final int RANDOM_BYTES = 32;

  /// A change takes milliseconds.
  private static final LockWait PATIENCE = LockWait.quiet(Duration.ofSeconds(10));

  private final StateFile file;
  private final Path before;
  private final Path lock;
  private final Clock clock;
  private Map<String, Key> byHash = Map.of();

  /// @param folder the configuration folder
  public KeyStore(Path folder, Clock clock) {
    file = new StateFile(folder.resolve(FILE));
    before = folder.resolve(SPENT);
    lock = folder.resolve(LOCK);
    this.clock = clock;
  }

  /// Returns all keys.
  public synchronized List<Key> list() {
    refresh();
    return byHash.values().stream()
        .sorted(Comparator.comparing(Key::created).thenComparing(Key::name))
        .toList();
  }

  /// Returns where the damaged key file was moved at the last read; empty if it was not damaged.
  public synchronized Optional<Path> damaged() {
    refresh();
    return file.aside();
  }

  /// Creates a key.
  ///
  /// @return the key itself, which cannot be shown again
  /// @throws UserError if a key has that name
  public synchronized String add(String name, Grant grant, double spendUsdMax, int perMinute) {
    try (ProcessLock _ = locked()) {
      List<Key> keys = new ArrayList<>(list());
      if (keys.stream().anyMatch(key -> key.name().equals(name))) {
        throw new UserError(
            UserError.Kind.CONFLICT,
            "there is a key %s: revoke it first, or take another name".formatted(name));
      }
      byte[] random = new byte[RANDOM_BYTES];
      new SecureRandom().nextBytes(random);
      String secret = "bf-" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      keys.add(new Key(name, Sha256.hex(secret), grant, spendUsdMax, perMinute, clock.instant()));
      write(keys);
      return secret;
    }
  }

  /// Revokes a key.
  ///
  /// @return false if there is none
  public synchronized boolean revoke(String name) {
    try (ProcessLock _ = locked()) {
      List<Key> keys = new ArrayList<>(list());
      boolean was = keys.removeIf(key -> key.name().equals(name));
      if (was) {
        write(keys);
      }
      return was;
    }
  }

  private ProcessLock locked() {
    return ProcessLock.take(lock, PATIENCE, "is changing the keys");
  }

  /// Returns the key of a secret.
  public synchronized Optional<Key> find(String secret) {
    refresh();
    return Optional.ofNullable(byHash.get(Sha256.hex(secret)));
  }

  /// Books, once, what was spent before the ledger existed.
  ///
  /// @throws UserError if the old file is damaged: a limit must not start anew because of that
  public synchronized void carry(SpendLedger ledger) {
    if (!Files.exists(before)) {
      return;
    }
    try (ProcessLock _ = locked()) {
      JsonNode sums = HttpJson.read(Files.readString(before));
      for (Key key : list()) {
        double usd = sums.path(key.name()).asDouble();
        if (usd > 0) {
          ledger.carry(key.account().id(), usd);
        }
      }
      Files.move(before, before.resolveSibling(SPENT + ".carried"));
    } catch (IOException | UncheckedIOException e) {
      throw new UserError(
          UserError.Kind.CONFIG,
          "%s cannot be read, and holds what was spent with keys: restore it, or delete it to count from $0"
              .formatted(before),
          e);
    }
  }

  private void refresh() {
    Optional<Map<String, Key>> read =
        file.read(node -> {
          var keys = new HashMap<String, Key>();
          if (!node.path("keys").isArray()) {
            throw new IllegalArgumentException("it has no list of keys");
          }
          for (JsonNode one : node.path("keys")) {
            Key key = key(one);
            keys.put(key.sha256(), key);
          }
          return keys;
        });
    byHash = file.isUnchanged() ? byHash : read.map(Map::copyOf).orElse(Map.of());
  }

  private static Key key(JsonNode node) {
    var collections = new ArrayList<String>();
    node.path("collections").forEach(one -> collections.add(one.asText()));
    // Files of older versions have neither field, and rights of newer versions are unknown.
    var rights = EnumSet.noneOf(Right.class);
    node.path("rights").forEach(one -> Right.named(one.asText()).ifPresent(rights::add));
    var roots = new ArrayList<Path>();
    node.path("roots").forEach(one -> roots.add(Path.of(one.asText())));
    return new Key(
        node.path("name").asText(),
        node.path("sha256").asText(),
        new Grant(collections, rights, roots),
        spendUsdMax(node.path("spend_usd_max")),
        node.path("per_minute").asInt(),
        Instant.parse(node.path("created").asText()));
  }

  /// Whatever is no amount would be no limit.
  private static double spendUsdMax(JsonNode amount) {
    if (!amount.isNumber() || amount.doubleValue() < 0 || Double.isInfinite(amount.doubleValue())) {
      throw new IllegalArgumentException("spend_usd_max is no amount");
    }
    return amount.doubleValue();
  }

  private void write(List<Key> keys) {
    ObjectNode root = HttpJson.object();
    ArrayNode all = root.putArray("keys");
    for (Key key : keys) {
      ObjectNode node =
          all.addObject()
              .put("name", key.name())
              .put("sha256", key.sha256())
              .put("spend_usd_max", key.spendUsdMax())
              .put("per_minute", key.perMinute())
              .put("created", key.created().toString());
      ArrayNode collections = node.putArray("collections");
      key.grant().collections().forEach(collections::add);
      ArrayNode rights = node.putArray("rights");
      key.grant().rights().stream().sorted().forEach(one -> rights.add(one.display()));
      ArrayNode roots = node.putArray("roots");
      key.grant().roots().forEach(one -> roots.add(one.toString()));
    }
    file.write(HttpJson.bytes(root));
  }
}
