package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.kafka.record.CollectionKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReadPositionsTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final CollectionKey CODE = new CollectionKey("code", "estimate");

  private final ReadPositions positions = new ReadPositions(Map.of(0, 10L, 1, 20L), List.of());

  @Test
  void nothingIsTakenTwiceUnlessItsCollectionIsBehind() {
    positions.fallBack(BOOKS, 2);

    assertThat(positions.start(0)).isZero();
    assertThat(positions.wants(BOOKS, 0, 3)).isTrue();
    assertThat(positions.wants(CODE, 0, 3)).isFalse();
    assertThat(positions.wants(CODE, 0, 10)).isTrue();
  }

  @Test
  void aCollectionHasCaughtUpWhereTheOthersAre() {
    positions.fallBack(BOOKS, 2);

    positions.reached(0, 9);
    assertThat(positions.behind()).hasSize(2);
    positions.reached(0, 10);

    assertThat(positions.behind()).extracting(FolderState.Behind::partition).containsExactly(1);
    assertThat(positions.start(0)).isEqualTo(10);
    assertThat(positions.start(1)).isZero();
  }

  @Test
  void aParkedCollectionStaysWhileOthersGoOn() {
    positions.park(BOOKS, 0, 12, "t-0@13", "newer");

    positions.reached(0, 50);

    assertThat(positions.wants(BOOKS, 0, 60)).isFalse();
    assertThat(positions.wants(BOOKS, 1, 60)).isTrue();
    assertThat(positions.wants(CODE, 0, 60)).isTrue();
    assertThat(positions.start(0)).isEqualTo(50);
    assertThat(positions.offsets(Map.of())).containsEntry(0, 50L).containsEntry(1, 20L);
    assertThat(positions.behind())
        .containsExactly(new FolderState.Behind(BOOKS, 0, 12, "t-0@13", "newer"));
  }

  @Test
  void theNextProcessTriesAParkedCollectionAgain() {
    positions.park(BOOKS, 0, 12, "t-0@13", "newer");
    positions.reached(0, 50);

    var next = new ReadPositions(positions.offsets(Map.of()), positions.behind());

    assertThat(next.start(0)).isEqualTo(12);
    assertThat(next.wants(BOOKS, 0, 12)).isTrue();
    assertThat(next.wants(CODE, 0, 49)).isFalse();
    next.reached(0, 50);
    assertThat(next.behind()).isEmpty();
  }

  @Test
  void aPartitionThatIsGivenUpIsReadAgainFromItsIncompleteItem() {
    positions.reached(0, 50);

    positions.fallBack(0, 44);
    positions.fallBack(1, 99);

    assertThat(positions.start(0)).isEqualTo(44);
    assertThat(positions.wants(BOOKS, 0, 44)).isTrue();
    assertThat(positions.start(1)).isEqualTo(20);
  }

  @Test
  void theStateClaimsNothingOfAnItemThatIsNotComplete() {
    positions.reached(0, 50);

    assertThat(positions.offsets(Map.of(0, 44L))).containsEntry(0, 44L).containsEntry(1, 20L);
  }
}
