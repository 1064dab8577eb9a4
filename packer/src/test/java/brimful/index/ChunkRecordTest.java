package brimful.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brimful.corpus.CellRange;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.testing.Seeds;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.compress.LZ4;
import org.junit.jupiter.api.Test;

final class ChunkRecordTest {
  private static final String[] PIECES = {"a", "\n", "the same again ", "é", "中", "\uD83D\uDE00"};

  private final LZ4.FastCompressionHashTable table = new LZ4.FastCompressionHashTable();

  @Seeds
  void readsWhatWasWritten(long seed) throws IOException {
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      ChunkRecord record = record(random);

      ChunkRecord read = ChunkRecord.of(record.sealed(table));

      assertThat(read).isEqualTo(record);
    }
  }

  @Seeds
  void noticesWhatWasNotWritten(long seed) throws IOException {
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      BytesRef sealed = record(random).sealed(table);
      byte[] packed = new byte[sealed.length];
      System.arraycopy(sealed.bytes, sealed.offset, packed, 0, sealed.length);
      int length = packed.length - ChecksummedRecord.SUM_BYTES;
      // With the right checksum, as whoever forges a record would write it.
      packed[random.nextInt(length)] ^= (byte) (1 << random.nextInt(7));
      BytesRef forged = ChecksummedRecord.seal(packed, length);

      try {
        assertThat(ChunkRecord.of(forged)).isNotNull();
      } catch (CorruptIndexException _) {
        // Or it is noticed; nothing else may be thrown.
      }
    }
  }

  @Test
  void noticesARecordThatIsCutShort() throws IOException {
    BytesRef sealed =
        new ChunkRecord(new Locator.Page(1), "", List.of(), "text ".repeat(20)).sealed(table);
    byte[] half = new byte[sealed.length];
    System.arraycopy(sealed.bytes, sealed.offset, half, 0, sealed.length);

    BytesRef cut = ChecksummedRecord.seal(half, 6);

    assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(() -> ChunkRecord.of(cut));
  }

  @Test
  void takesLittleRoomForCode() throws IOException {
    String code = "    public static final int VALUE = 1;\n".repeat(40);

    BytesRef sealed =
        new ChunkRecord(new Locator.Lines(1, 40), "Values", List.of("VALUE"), code).sealed(table);

    assertThat(sealed.length).isLessThan(code.length() / 8);
  }

  private static ChunkRecord record(Random random) {
    Locator locator =
        switch (random.nextInt(9)) {
          case 0 -> new Locator.Lines(1 + random.nextInt(9), 10 + random.nextInt(100_000));
          case 1 -> new Locator.Page(1 + random.nextInt(1_000));
          case 2 ->
              random.nextBoolean()
                  ? new Locator.Slide(1 + random.nextInt(9))
                  : new Locator.Figure(1 + random.nextInt(9), 1 + random.nextInt(9));
          case 3 -> new Locator.Cell(1 + random.nextInt(1_000));
          case 4 -> new Locator.Time(random.nextInt(9), 10 + random.nextInt(100_000));
          case 5 -> new Locator.Sheet("s", CellRange.parse("B7:XFD1048576"));
          case 6 -> new Locator.Turns(1, 2 + random.nextInt(9), Optional.empty(), List.of());
          case 7 ->
              new Locator.Turns(
                  2, 2, Minutes.parse("2024-05-01 10:32-2024-05-02 09:00"), List.of("Mia", "Bob"));
          default -> new Locator.Sheet("s" + text(random, random.nextInt(5)));
        };
    List<String> definitions =
        IntStream.range(0, random.nextInt(5)).mapToObj(_ -> text(random, 4)).toList();
    return new ChunkRecord(
        locator, text(random, random.nextInt(6)), definitions, text(random, random.nextInt(400)));
  }

  private static String text(Random random, int pieces) {
    var text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
