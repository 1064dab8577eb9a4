package brimful.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Markup;
import brimful.corpus.Picture;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.pack.format.WindowFormat;
import brimful.rank.Ranking;
import brimful.testing.Pictures;
import brimful.testing.Seeds;
import brimful.token.ImageLimits;
import brimful.token.ImageTokens;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import brimful.token.Vision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PackerImagesTest {
  private static final TokenCounter COUNTER = Tokenizers.named("deepseek-v3");
  private static final Markup MARKUP = new Markup(COUNTER.specials());
  private static final ImageTokens FORMULA = new ImageTokens.DeepSeek();
  private static final ImageLimits MANY =
      new ImageLimits(600, 32 << 20, 48_000_000, 8_192, 14, 4_096);

  /// A corpus of scans and texts, in canonical order.
  private static final class Shelf {
    private final List<Outline> outlines = new ArrayList<>();
    private final Map<ChunkRef, Chunk> chunks = new HashMap<>();

    void add(String name, List<String> pages, List<Picture> pictures) {
      var id = new DocumentId(name);
      List<ChunkRef> refs = new ArrayList<>();
      for (int i = 0; i < pages.size(); i++) {
        var page = new Locator.Page(i + 1);
        int tokens = COUNTER.count(MARKUP.segment(page, "", pages.get(i)));
        Picture picture = pictures.get(i);
        var ref =
            new ChunkRef(id, i, chunks.size(), tokens, 0, 0, chunks.size() + 1L, 0, picture.size());
        chunks.put(ref, new Chunk(id, i, page, "", List.of(), pages.get(i), tokens).with(picture));
        refs.add(ref);
      }
      outlines.add(new Outline(id, refs));
    }

    Chunk chunk(ChunkRef ref) {
      return Objects.requireNonNull(chunks.get(ref));
    }

    Window pack(int budget, Ranking ranking, Optional<Vision> vision) {
      return new Packer(COUNTER)
          .pack(
              new PackRequest(
                  Prompt.of("What is on the plan?"), budget, outlines, ranking, WindowFormat.XML),
              refs -> refs.stream().map(this::chunk).toList(),
              new ImageInput(
                  vision, refs -> refs.stream().map(ref -> chunk(ref).picture()).toList()));
    }
  }

  private static Shelf album(int images) {
    var shelf = new Shelf();
    for (int i = 0; i < images; i++) {
      String name = String.format(Locale.ROOT, "photos/%04d.png", i);
      shelf.add(name, List.of("(picture)"), List.of(Pictures.of(i, 300 + i, 200)));
    }
    return shelf;
  }

  private static Ranking unranked() {
    return new Ranking(List.of(), List.of());
  }

  private static void requireSound(Window window, int budget, ImageLimits limits) {
    assertThat(window.tokens()).isLessThanOrEqualTo(budget);
    long images =
        window.images().images().stream()
            .mapToLong(image -> FORMULA.of(image.picture().size()))
            .sum();
    assertThat((long) window.tokens()).isEqualTo(COUNTER.count(window.prompt()) + images);
    assertThat(window.images().images().size()).isLessThanOrEqualTo(limits.count());
    assertThat(
            window.images().images().stream()
                .mapToLong(image -> image.picture().base64().length())
                .sum())
        .isLessThanOrEqualTo(limits.bytesAll());
    assertThat(Receipt.of(window).images()).hasSameSizeAs(window.images().images());
  }

  @Test
  void twoHundredImagesAreShownInTheirPlaces() {
    Window window = album(200).pack(900_000, unranked(), Optional.of(new Vision(FORMULA, MANY)));

    requireSound(window, 900_000, MANY);
    assertThat(window.images().images()).hasSize(200);
    assertThat(window.leftOut()).isEmpty();
    assertThat(window.instructions()).endsWith(Prompt.IMAGES);
    for (WindowImages.Image image : window.images().images()) {
      String before = window.documents().substring(0, image.at());
      assertThat(before.substring(before.lastIndexOf("<document path=")))
          .isEqualTo(MARKUP.open(image.document(), "") + "<chunk page=\"1\">\n(picture)\n");
    }
  }

  @Test
  void keepsTheBudgetAndTheProvidersLimits() {
    Shelf album = album(200);
    var few = new ImageLimits(150, 32 << 20, 48_000_000, 8_192, 14, 4_096);
    var small = new ImageLimits(600, 32 << 20, 20_000, 8_192, 14, 4_096);

    Window tight = album.pack(20_000, unranked(), Optional.of(new Vision(FORMULA, MANY)));
    Window counted = album.pack(900_000, unranked(), Optional.of(new Vision(FORMULA, few)));
    Window light = album.pack(900_000, unranked(), Optional.of(new Vision(FORMULA, small)));

    requireSound(tight, 20_000, MANY);
    assertThat(tight.images().images()).hasSizeBetween(30, 100);
    assertThat(tight.tokens()).isGreaterThan(18_000);
    requireSound(counted, 900_000, few);
    assertThat(counted.images().images()).hasSize(150);
    assertThat(counted.leftOut())
        .hasSize(50)
        .allMatch(
            left -> left.reason().equals("1 image not shown: the limit of 150 images a request"));
    assertThat(counted.placed()).hasSize(200);
    requireSound(light, 900_000, small);
    assertThat(light.leftOut())
        .isNotEmpty()
        .allMatch(left -> left.reason().endsWith("the limit of 20,000 bytes a request"));
  }

  @Test
  void showsTheBestRankedPicturesFirst() {
    Shelf album = album(200);
    ChunkRef best = album.outlines.get(123).chunks().getFirst();
    var ranking =
        new Ranking(
            List.of(TestCorpus.ranked(best.document(), 1)),
            List.of(new Ranking.RankedChunk(best, 1)));
    var one = new ImageLimits(1, 32 << 20, 48_000_000, 8_192, 14, 4_096);

    Window window = album.pack(900_000, ranking, Optional.of(new Vision(FORMULA, one)));

    assertThat(window.images().images())
        .singleElement()
        .matches(image -> image.document().equals(best.document()));
  }

  @Test
  void aModelThatDoesNotSeeGetsTheSameTextAsEver() {
    Shelf album = album(3);

    Window blind = album.pack(900_000, unranked(), Optional.empty());

    assertThat(blind.images()).isEqualTo(WindowImages.NONE);
    assertThat(blind.instructions()).isEqualTo(MARKUP.neutralBesideTags(Prompt.INSTRUCTIONS));
    assertThat(blind.tokens()).isEqualTo(COUNTER.count(blind.prompt()));
  }

  @Test
  void aCorpusWithoutPicturesHasTheSameWindowForEveryModel() {
    var shelf = new Shelf();
    shelf.add("a.pdf", List.of("one", "two"), List.of(Picture.NONE, Picture.NONE));

    assertThat(shelf.pack(1_000, unranked(), Optional.of(new Vision(FORMULA, MANY))))
        .isEqualTo(shelf.pack(1_000, unranked(), Optional.empty()));
  }

  @Test
  void documentsWithPicturesFollowTheCachedPrefix() {
    Shelf album = album(3);
    album.add("text.pdf", List.of("words ".repeat(50)), List.of(Picture.NONE));
    var request =
        new PackRequest(Prompt.of("What?"), 100_000, album.outlines, unranked(), WindowFormat.XML)
            .in(new Layout.Cacheable(5_000));

    Window window =
        new Packer(COUNTER)
            .pack(
                request,
                refs -> refs.stream().map(album::chunk).toList(),
                new ImageInput(
                    Optional.of(new Vision(FORMULA, MANY)),
                    refs -> refs.stream().map(ref -> album.chunk(ref).picture()).toList()));

    assertThat(window.prefix()).contains("text.pdf").doesNotContain("photos/");
    requireSound(window, 100_000, MANY);
    assertThat(window.images().images()).hasSize(3);
  }

  @Seeds
  void isAlwaysSound(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      var shelf = new Shelf();
      List<Ranking.RankedChunk> ranked = new ArrayList<>();
      for (int document = 0; document < 1 + random.nextInt(12); document++) {
        List<String> pages = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        for (int page = 0; page < 1 + random.nextInt(6); page++) {
          pages.add("words and words ".repeat(1 + random.nextInt(60)) + page);
          pictures.add(
              random.nextBoolean()
                  ? Picture.NONE
                  : Pictures.of(page, 1 + random.nextInt(400), 1 + random.nextInt(400)));
        }
        shelf.add(String.format(Locale.ROOT, "d%02d.pdf", document), pages, pictures);
        for (ChunkRef ref : shelf.outlines.getLast().chunks()) {
          if (random.nextInt(3) == 0) {
            ranked.add(new Ranking.RankedChunk(ref, random.nextInt(9)));
          }
        }
      }
      int budget = 800 + random.nextInt(12_000);
      var limits =
          new ImageLimits(random.nextInt(12), 32 << 20, random.nextInt(60_000), 8_192, 14, 4_096);
      var ranking = new Ranking(List.of(), ranked, random.nextBoolean());

      Window window = shelf.pack(budget, ranking, Optional.of(new Vision(FORMULA, limits)));

      requireSound(window, budget, limits);
      assertThat(shelf.pack(budget, ranking, Optional.of(new Vision(FORMULA, limits))))
          .isEqualTo(window);
    }
  }

  @Test
  void theWindowRefusesMoreThanTheProviderTakes() {
    var image =
        new WindowImages.Image(
            new DocumentId("a.png"), 0, new Locator.Lines(1, 1), Pictures.of(1, 50, 50), 184, 5);
    var none = new ImageLimits(0, 32 << 20, 48_000_000, 8_192, 14, 4_096);
    var narrow = new ImageLimits(5, 32 << 20, 48_000_000, 40, 14, 4_096);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WindowImages(List.of(image), Optional.of(new Vision(FORMULA, none))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new WindowImages(List.of(image), Optional.of(new Vision(FORMULA, narrow))));
  }
}
