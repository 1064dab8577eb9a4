package brimful.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InventoryTest {
  private static final String TOPIC = "topic";

  @Seeds
  void findsTheBucketOfEveryDifferenceInAnyOrder(long seed) {
    var random = new Random(seed);
    var names = new ArrayList<Integer>();
    for (int i = 0; i < 50; i++) {
      names.add(i);
    }
    var whole = new Inventory.Tally();
    names.forEach(i -> whole.add(new DocumentId("file" + i), i));
    Collections.shuffle(names, random);
    var other = new Inventory.Tally();
    names.forEach(i -> other.add(new DocumentId("file" + i), i));
    assertThat(other.inventory(TOPIC)).isEqualTo(whole.inventory(TOPIC));

    var lost = new DocumentId("file" + names.getFirst());
    other.remove(lost, names.getFirst());

    assertThat(whole.inventory(TOPIC).differences(other.inventory(TOPIC)))
        .containsExactly(Inventory.bucket(lost));
    other.add(lost, names.getFirst() + 1);
    assertThat(whole.inventory(TOPIC).differences(other.inventory(TOPIC)))
        .containsExactly(Inventory.bucket(lost));
    assertThat(other.inventory(TOPIC).items()).isEqualTo(whole.inventory(TOPIC).items());
  }

  @Test
  void isReadAsItWasWritten() {
    var tally = new Inventory.Tally();
    tally.add(new DocumentId("a.txt"), 7);
    Inventory inventory = tally.inventory(TOPIC);

    assertThat(Inventory.read(inventory.value())).isEqualTo(inventory);
  }
}
