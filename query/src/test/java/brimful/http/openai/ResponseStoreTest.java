package brimful.http.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

final class ResponseStoreTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static void put(ResponseStore store, String id, int chars) {
    store.put("key", id, JSON.textNode("x".repeat(chars)), JSON.arrayNode().add(id));
  }

  @Test
  void forgetsTheOldestFirst() {
    var store = new ResponseStore(2, 1_000);
    put(store, "a", 1);
    put(store, "b", 1);
    put(store, "c", 1);

    assertThatThrownBy(() -> store.said("key", "a")).isInstanceOf(UserError.class);
    assertThat(store.said("key", "b").get(0).asText()).isEqualTo("b");
  }

  @Test
  void isBoundedByCharactersAndKeepsTheLatest() {
    var store = new ResponseStore(100, 50);
    put(store, "a", 30);
    put(store, "b", 30);

    assertThatThrownBy(() -> store.said("key", "a")).isInstanceOf(UserError.class);

    put(store, "c", 5_000);

    assertThat(store.said("key", "c").get(0).asText()).isEqualTo("c");
  }

  @Test
  void anotherAccountFindsNothing() {
    var store = new ResponseStore();
    put(store, "a", 1);

    assertThatThrownBy(() -> store.response("other", "a"))
        .isInstanceOfSatisfying(
            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.NOT_FOUND));
  }
}
