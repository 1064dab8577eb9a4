package brimful.secret;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.corpus.CellRange;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Secrets;
import brimful.extract.Section;
import brimful.testing.Drawn;
import brimful.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SecretMaskTest {
  private static final DocumentId ID = new DocumentId("a.pdf");

  private final SecretMask mask = new SecretMask();

  @Seeds
  void aKeyThatGoesOnOnTheNextPageIsMaskedThereToo(long seed) {
    var random = new Random(seed);
    String key = SampleSecrets.privateKey(random, "RSA ", "\n").secret();
    int first = key.indexOf('\n', 100 + random.nextInt(200)) + 1;
    int second = key.indexOf('\n', first + 100) + 1;

    List<Section> one = mask.masked(ID, List.of(page(1, "text\n" + key.substring(0, first))));
    List<Section> rest =
        mask.masked(
            ID,
            List.of(
                page(2, key.substring(first, second)),
                page(3, key.substring(second) + "\nmore text"),
                page(4, "abcdefghijklmnopqrstuvwxyz\n")));

    assertThat(one.getFirst().text()).startsWith("text\n[secret: private-key]\n");
    assertThat(rest.get(0).text()).isBlank();
    assertThat(rest.get(1).text().strip()).isEqualTo("more text");
    assertThat(rest.get(2).text()).isEqualTo("abcdefghijklmnopqrstuvwxyz\n");
    assertThat(mask.secrets())
        .isEqualTo(new Secrets(1, List.of(new Secrets.Found(ID, "p. 1", "private-key"))));
  }

  @Test
  void anotherDocumentDoesNotGoOn() {
    String key = SampleSecrets.privateKey(new Random(1), "", "\n").secret();
    String half = key.substring(0, key.indexOf('\n', 300) + 1);
    var other = new Section(new Locator.Lines(1, 1), "abcdefghijklmnopqrstuvwxyz");

    List<Section> _ = mask.masked(ID, List.of(page(1, half)));

    assertThat(mask.masked(new DocumentId("b.txt"), List.of(other))).containsExactly(other);
  }

  @Test
  void rowsOfASheetKeepTheirPlaces() {
    String token = Drawn.text("ghp_[A-Za-z0-9]{36}", new Random(2));
    List<Locator> places = List.of(row("A1:B1"), row("A2:B2"));
    var sheet =
        new Section(new Locator.Sheet("S"), "a | b\nc | " + token, "name | " + token, places);

    Section masked = mask.masked(ID, List.of(sheet)).getFirst();

    assertThat(masked)
        .isEqualTo(
            new Section(
                new Locator.Sheet("S"),
                "a | b\nc | [secret: github-token]",
                "name | [secret: github-token]",
                places));
    assertThat(mask.secrets())
        .isEqualTo(new Secrets(1, List.of(new Secrets.Found(ID, "sheet S!A2:B2", "github-token"))));
  }

  private static Locator row(String cells) {
    return new Locator.Sheet("S", CellRange.parse(cells));
  }

  private static Section page(int number, String text) {
    return new Section(new Locator.Page(number), text);
  }
}
