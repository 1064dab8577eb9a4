package brimful.dense;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.rank.Encoder;
import brimful.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EncodingCacheTest extends EncoderContract {
  private static final int DIMENSIONS = 64;

  @TempDir Path folder;
  private final List<String> encoded = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private EncodingCache cache;

  /// Counts the words of each line, and remembers what it was asked for.
  private final class Words implements Encoder {
    private final String name;

    Words(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<List<float[]>> encode(List<String> texts) {
      encoded.addAll(texts);
      return texts.stream().map(text -> text.lines().map(Words::vector).toList()).toList();
    }

    private static float[] vector(String line) {
      var vector = new float[DIMENSIONS];
      for (String word : line.split("\\s+", -1)) {
        vector[Math.floorMod(word.hashCode(), DIMENSIONS)]++;
      }
      double squares = 0;
      for (float count : vector) {
        squares += count * count;
      }
      for (int i = 0; i < DIMENSIONS; i++) {
        vector[i] /= (float) Math.sqrt(squares);
      }
      return vector;
    }
  }

  @BeforeEach
  void open() {
    cache = EncodingCache.open(file(), new Words("words"), told::add);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private Path file() {
    return folder.resolve("encodings.mv");
  }

  @Override
  Encoder encoder() {
    return cache;
  }

  @Test
  void makesEachTextOnceAcrossStarts() {
    List<List<float[]>> first = cache.encode(List.of("a text", "another", "a text"));
    cache.close();
    cache = EncodingCache.open(file(), new Words("words"), told::add);

    List<List<float[]>> second = cache.encode(List.of("a text", "another", "a text"));

    assertThat(encoded).containsExactlyInAnyOrder("a text", "another");
    assertThat(second).usingRecursiveComparison().isEqualTo(first);
  }

  @Test
  void keepsEncodersApart() {
    cache.encode(List.of("a text"));
    cache.close();
    cache = EncodingCache.open(file(), new Words("other words"), told::add);

    cache.encode(List.of("a text"));

    assertThat(encoded).containsExactly("a text", "a text");
  }

  @Test
  void servesASecondProcessWithoutTheFile() {
    cache.encode(List.of("a text"));

    try (var second = EncodingCache.open(file(), new Words("words"), told::add)) {
      assertThat(second.encode(List.of("a text")))
          .usingRecursiveComparison()
          .isEqualTo(cache.encode(List.of("a text")));
    }
  }

  @Test
  void beginsAnewWhereTheFileIsDamaged() throws IOException {
    cache.close();
    Files.writeString(file(), "not a store ".repeat(1_000));

    cache = EncodingCache.open(file(), new Words("words"), told::add);

    assertThat(cache.encode(List.of("a text"))).hasSize(1);
    assertThat(told).singleElement().asString().contains("are damaged", ".damaged-");
  }

  @Seeds({1, 2, 3, 4, 5, 6, 7, 8})
  void givesBackWhatWasMadeWhateverHappensToTheFile(long seed) throws IOException {
    var random = new Random(seed);
    List<String> texts = IntStream.range(0, 50).mapToObj(i -> "text " + i).toList();
    List<List<float[]>> made = cache.encode(texts);
    cache.close();
    byte[] bytes = Files.readAllBytes(file());
    if (seed % 2 == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    } else {
      for (int i = 0; i < 200; i++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    Files.write(file(), bytes);

    cache = EncodingCache.open(file(), new Words("words"), told::add);

    assertThat(cache.encode(texts)).usingRecursiveComparison().isEqualTo(made);
  }

  @Test
  void beginsAnewWhereTheFileIsTooLarge() {
    cache.encode(List.of("a text"));
    cache.close();

    cache = EncodingCache.open(file(), new Words("words"), 100, told::add);

    cache.encode(List.of("a text"));
    assertThat(encoded).containsExactly("a text", "a text");
  }
}
