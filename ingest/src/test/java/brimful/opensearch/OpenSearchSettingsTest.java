package brimful.opensearch;

import static brimful.index.ChunkIndexContract.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import brimful.corpus.UserError;
import brimful.index.Snapshot;
import brimful.testing.OpenSearchContainer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What administrators may do to the indexes of a prefix, and what Brimful says then; nothing may
/// be taken that is lost.
final class OpenSearchSettingsTest {
  private OpenSearchAddress address;

  @BeforeEach
  void write() {
    address = OpenSearchAddress.of(OpenSearchContainer.option(), Map.of());
    put("first");
  }

  private OpenSearchCluster cluster() {
    return OpenSearchCluster.open(address, Duration.ofMillis(1));
  }

  private void put(String name) {
    try (var cluster = cluster();
        var index = cluster.index("docs", "estimate")) {
      cluster.create();
      index.put(item(name, "a broker"));
      index.commit();
    }
  }

  private UserError errorOfWriting() {
    return catchThrowableOfType(UserError.class, () -> put("second"));
  }

  private int items() {
    try (var cluster = cluster();
        var index = cluster.index("docs", "estimate");
        Snapshot snapshot = index.snapshot()) {
      return snapshot.items().size();
    }
  }

  /// Sends what an administrator does.
  private void send(String method, String path, String body) throws IOException {
    try (var client = new OpenSearchClient(address, Duration.ofSeconds(30))) {
      var _ = client.send(method, path, new ObjectMapper().readTree(body));
    }
  }

  private String index(String kind) {
    return "/%s-%s-v3".formatted(address.prefix(), kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          write                  | UNAVAILABLE | index write (api)];): take back the block
          read_only              | UNAVAILABLE | index read-only (api)];): take back the block
          read_only_allow_delete | DISK_FULL   | free space on its disks
          """)
  void saysWhichBlockForbidsWriting(String block, UserError.Kind kind, String line)
      throws IOException {
    String all = "/" + address.prefix() + "-*/_settings";
    send("PUT", all, "{\"index.blocks.%s\":true}".formatted(block));

    UserError error = errorOfWriting();
    int readable = items();

    send("PUT", all, "{\"index.blocks.%s\":null}".formatted(block));
    assertThat(error.kind()).isEqualTo(kind);
    assertThat(error.line()).contains(line).doesNotContain("that user");
    assertThat(readable).isEqualTo(1);
  }

  @Test
  void saysThatAnIndexIsClosed() throws IOException {
    send("POST", index("documents") + "/_close", "{}");

    assertThat(errorOfWriting().line())
        .contains("(index_closed_exception: closed, index " + index("documents").substring(1))
        .contains("or open them");
  }

  /// The engine would make it anew at the next write, with fields of its own.
  @ParameterizedTest
  @ValueSource(strings = {"chunks", "documents", "items"})
  void takesNoIndexForAnotherThatIsLost(String kind) throws IOException {
    send("DELETE", index(kind), "{}");

    String missing =
        "(index %s is missing): delete the indexes".formatted(index(kind).substring(1));
    assertThat(errorOfWriting().kind()).isEqualTo(UserError.Kind.CONFLICT);
    assertThat(errorOfWriting().line()).contains(missing);
    assertThat(catchThrowableOfType(UserError.class, this::items).line()).contains(missing);
  }

  /// New records would have the ids of old ones, and not be taken.
  @Test
  void writesNothingBesideRecordsWhoseCommitsAreLost() throws IOException {
    send("DELETE", index("commits"), "{}");

    assertThat(errorOfWriting().line()).contains("is missing, and its records are not");

    send("DELETE", "/" + address.prefix() + "-*", "{}");
    put("second");
    assertThat(items()).isEqualTo(1);
  }

  @Test
  void saysWhichFieldIsOfAnotherType() throws IOException {
    send("DELETE", "/" + address.prefix() + "-*", "{}");
    send("PUT", index("items"), "{\"mappings\":{\"properties\":{\"block\":{\"type\":\"text\"}}}}");

    UserError error = errorOfWriting();

    assertThat(error.kind()).isEqualTo(UserError.Kind.CONFLICT);
    assertThat(error.line()).contains("of index " + index("items").substring(1) + " has type ");
  }

  /// As after a restore under other names.
  @Test
  void writesToAliases() throws IOException {
    for (String kind : List.of("chunks", "documents", "items", "commits")) {
      String other = "/other" + index(kind).substring(1);
      send("PUT", index(kind) + "/_settings", "{\"index.blocks.write\":true}");
      send("POST", index(kind) + "/_clone" + other, "{\"settings\":{\"index.blocks.write\":null}}");
      send("DELETE", index(kind), "{}");
      send("PUT", other + "/_alias" + index(kind), "{}");
    }

    put("second");

    assertThat(items()).isEqualTo(2);
  }
}
