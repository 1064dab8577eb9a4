package brimful.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of a server, in a file that `brimful keys` changes while the server runs: a key that is
/// revoked opens nothing from its next request on. Safe for many threads.
public final class Keys {
  private static final String FILE = "keys.json";
  private static final String SPENT = "spent.json";
  private static final int RANDOM_BYTES = 32;

  private final Path file;
  private final Path spentFile;
  private final Clock clock;
  private FileTime read = FileTime.fromMillis(0);
  private Map<String, Key> byHash = Map.of();
  private final Map<String, Double> spent = new HashMap<>();

  /// @param folder of the configuration
  public Keys(Path folder, Clock clock) {
    file = folder.resolve(FILE);
    spentFile = folder.resolve(SPENT);
    this.clock = clock;
    node(spentFile)
        .ifPresent(
            node -> node.properties().forEach(e -> spent.put(e.getKey(), e.getValue().asDouble())));
  }

  /// Returns all keys.
  public synchronized List<Key> list() {
    refresh();
    return byHash.values().stream()
        .sorted(java.util.Comparator.comparing(Key::created).thenComparing(Key::name))
        .toList();
  }

  /// Makes a key.
  ///
  /// @return the key itself, which nobody can tell again
  /// @throws UserError if there is one of that name
  public synchronized String add(
      String name, List<String> collections, double spendUsdMax, int perMinute) {
    List<Key> keys = new ArrayList<>(list());
    if (keys.stream().anyMatch(key -> key.name().equals(name))) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "there is a key %s: revoke it first, or take another name".formatted(name));
    }
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String secret = "bf-" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    keys.add(new Key(name, sha256(secret), collections, spendUsdMax, perMinute, clock.instant()));
    write(keys);
    return secret;
  }

  /// Takes a key away.
  ///
  /// @return false if there was none
  public synchronized boolean revoke(String name) {
    List<Key> keys = new ArrayList<>(list());
    boolean was = keys.removeIf(key -> key.name().equals(name));
    if (was) {
      write(keys);
    }
    return was;
  }

  /// Returns the key that a secret is of.
  synchronized Optional<Key> find(String secret) {
    refresh();
    return Optional.ofNullable(byHash.get(sha256(secret)));
  }

  /// Returns what was spent with a key, in USD.
  public synchronized double spent(String name) {
    return spent.getOrDefault(name, 0.0);
  }

  /// Adds to what was spent with a key.
  synchronized void spend(String name, double usd) {
    if (usd > 0) {
      spent.merge(name, usd, Double::sum);
      ObjectNode node = Json.object();
      spent.forEach(node::put);
      write(spentFile, Json.bytes(node));
    }
  }

  private void refresh() {
    try {
      FileTime now = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
      if (now.equals(read)) {
        return;
      }
      var keys = new HashMap<String, Key>();
      node(file)
          .ifPresent(node -> {
            for (JsonNode one : node.path("keys")) {
              Key key = key(file, one);
              keys.put(key.sha256(), key);
            }
          });
      byHash = Map.copyOf(keys);
      read = now;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UserError damaged(Path file, RuntimeException cause) {
    return new UserError(
        UserError.Kind.CONFIG,
        "%s is damaged: put back a copy, or remove it and make new keys".formatted(file),
        cause);
  }

  private static Key key(Path file, JsonNode node) {
    try {
      return key(node);
    } catch (DateTimeException | UserError e) {
      throw damaged(file, e);
    }
  }

  private static Key key(JsonNode node) {
    var collections = new ArrayList<String>();
    node.path("collections").forEach(one -> collections.add(one.asText()));
    return new Key(
        node.path("name").asText(),
        node.path("sha256").asText(),
        collections,
        node.path("spend_usd_max").asDouble(),
        node.path("per_minute").asInt(),
        java.time.Instant.parse(node.path("created").asText()));
  }

  private void write(List<Key> keys) {
    ObjectNode root = Json.object();
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
      key.collections().forEach(collections::add);
    }
    write(file, Json.bytes(root));
    read = FileTime.fromMillis(0);
  }

  /// Writes a file in one step, for its owner's eyes only.
  private static void write(Path file, byte[] bytes) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path draft =
          Files.createTempFile(
              folder,
              "keys",
              ".json",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(draft, bytes);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write %s: make its folder writable".formatted(file), e);
    }
  }

  private static Optional<JsonNode> node(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(Json.read(Files.readString(file, UTF_8)))
          : Optional.empty();
    } catch (UncheckedIOException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(file), e);
    }
  }

  private static String sha256(String secret) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
