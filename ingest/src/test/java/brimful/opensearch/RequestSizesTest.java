package brimful.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.DocumentId;
import brimful.corpus.PictureSize;
import brimful.index.ChunkRef;
import brimful.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What one request of a reader may hold.
final class RequestSizesTest {
  private static final int LARGE = (int) OpenSearchSnapshot.PICTURE_BYTES_A_READ;

  private static ChunkRef chunk(int ordinal, int pictureBytes) {
    var picture = pictureBytes == 0 ? PictureSize.NONE : new PictureSize(100, 100, pictureBytes);
    return new ChunkRef(new DocumentId("scan.pdf"), ordinal, 0, 1, 1, 1, 0, 0, picture);
  }

  @Seeds
  void picturesComeInPartsThatFitIntoMemory(long seed) {
    var random = new Random(seed);
    List<ChunkRef> chunks = new ArrayList<>();
    for (int ordinal = 0; ordinal < 300; ordinal++) {
      chunks.add(chunk(ordinal, random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(LARGE * 6 / 5)));
    }

    List<List<ChunkRef>> parts = OpenSearchSnapshot.bySize(chunks);

    assertThat(parts.stream().flatMap(List::stream))
        .containsExactlyElementsOf(chunks.stream().filter(ref -> !ref.picture().isNone()).toList());
    assertThat(parts)
        .allSatisfy(part ->
            assertThat(
                    part.size() == 1
                        || part.stream().mapToLong(ref -> ref.picture().bytes()).sum() <= LARGE)
                .isTrue());
    assertThat(parts.size()).isLessThan(250);
  }

  @Test
  void aPictureWithoutBytesIsReadAsOthersAre() {
    var empty =
        new ChunkRef(new DocumentId("a.png"), 0, 0, 1, 1, 1, 0, 0, new PictureSize(100, 100, 0));

    assertThat(OpenSearchSnapshot.bySize(List.of(empty, chunk(1, 0), chunk(2, 9))))
        .containsExactly(List.of(empty, chunk(2, 9)));
  }

  @Test
  void pagesOfRecordsGrowWhereRecordsAreSmallAndShrinkWhereTheyAreLarge() {
    int most = CommitQueries.RECORDS_MAX;
    int least = CommitQueries.RECORDS_MIN;

    assertThat(CommitQueries.nextLimit(50, 50 * 200)).isEqualTo(100);
    assertThat(CommitQueries.nextLimit(3_000, 3_000 * 200)).isEqualTo(most);
    assertThat(CommitQueries.nextLimit(most, most * 2_000_000L)).isEqualTo(least);
    assertThat(CommitQueries.nextLimit(200, 200 * 80_000L)).isEqualTo(104);
    assertThat(CommitQueries.nextLimit(50, 0)).isEqualTo(100);
  }
}
