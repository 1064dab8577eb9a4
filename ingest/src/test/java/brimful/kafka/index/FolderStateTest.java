package brimful.kafka.index;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.kafka.record.CollectionKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderStateTest {
  private static final CollectionKey BOOKS = new CollectionKey("books", "estimate");
  private static final CollectionKey CODE = new CollectionKey("code", "estimate");

  @TempDir private Path folder;

  private static FolderState state(Set<Integer> held, FolderState.Behind... behind) {
    return new FolderState(
        "group",
        "cluster",
        "topic",
        3,
        new TreeSet<>(held),
        new TreeMap<>(Map.of(0, 7L)),
        List.of(behind));
  }

  @Test
  void isReadAsItWasWritten() {
    FolderState state =
        state(
            Set.of(0, 2),
            new FolderState.Behind(BOOKS, 1, 5, "t-1@6", "newer"),
            new FolderState.Behind(CODE, 2, 0, "", ""));
    assertThat(FolderState.read(folder)).isEmpty();

    state.write(folder);

    assertThat(FolderState.read(folder)).contains(state);
  }

  @Test
  void saysWhatAnswersLack() {
    assertThat(state(Set.of(0, 1, 2)).gaps(BOOKS)).isEmpty();
    assertThat(state(Set.of(0, 2)).gaps(BOOKS))
        .containsExactly(
            "this folder reads 2 of 3 partitions (0, 2): another index worker of group group has the others, so files are missing here; give each folder a --group of its own");
    assertThat(
            state(
                    Set.of(0, 1, 2),
                    new FolderState.Behind(BOOKS, 1, 5, "t-1@6", "its schema is newer"),
                    new FolderState.Behind(CODE, 2, 0, "", ""))
                .gaps(BOOKS))
        .containsExactly(
            "collection books@estimate waits at t-1@6, its schema is newer; or start it with --skip t-1@6, which leaves that record out");
  }
}
