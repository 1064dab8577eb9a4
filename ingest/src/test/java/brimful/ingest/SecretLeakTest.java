package brimful.ingest;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import brimful.chunk.ChunkLimits;
import brimful.chunk.Chunker;
import brimful.corpus.Chunk;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Secrets;
import brimful.extract.ExtractLimits;
import brimful.extract.Extractor;
import brimful.extract.ParseProgress;
import brimful.secret.SampleSecrets;
import brimful.source.Listed;
import brimful.source.Rules;
import brimful.testing.Drawn;
import brimful.testing.Seeds;
import brimful.token.Tokenizers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// No secret gets past the stages, wherever it stands in whatever file.
final class SecretLeakTest {
  private static final Extractor EXTRACTOR =
      new Extractor(ExtractLimits.standard(), Rules.standard());
  private static final Chunker CHUNKER =
      new Chunker(Tokenizers.named("deepseek-v3"), ChunkLimits.DEFAULT);

  @AfterAll
  static void endTheParsers() {
    EXTRACTOR.close();
  }

  private static Item item(String name, byte[] bytes, boolean masking) {
    var file =
        new Listed.File(
            new DocumentId(name), "stamp", bytes.length, () -> new ByteArrayInputStream(bytes));
    List<Document> early = new ArrayList<>();
    Item last =
        new Stages(EXTRACTOR, CHUNKER, masking)
            .process(file, ParseProgress.silent(), early::addAll)
            .item();
    early.addAll(last.documents());
    return new Item(last.id(), last.stamp(), last.outcome(), early, last.members(), last.secrets());
  }

  private static List<Chunk> chunks(Item item) {
    return item.documents().stream().flatMap(document -> document.chunks().stream()).toList();
  }

  /// Everything of an item that an index keeps.
  private static String kept(Item item) {
    var kept = new StringBuilder(item.secrets().toString());
    item.documents().forEach(document -> kept.append(document.title()).append('\n'));
    for (Chunk chunk : chunks(item)) {
      kept.append(chunk.heading()).append(chunk.definitions()).append(chunk.text()).append('\n');
    }
    return kept.toString();
  }

  /// A line of a text or of code.
  private static String line(Random random) {
    var words = new StringBuilder(" ".repeat(random.nextInt(5)));
    for (int i = random.nextInt(12); i > 0; i--) {
      words.append(Drawn.text("[a-zäöü]{" + (1 + random.nextInt(9)) + "}", random));
      words.append(random.nextInt(9) == 0 ? "(x);" : " ");
    }
    return words.toString();
  }

  private record Text(String text, List<SampleSecrets.Sample> secrets, int marked) {}

  /// Secrets within lines, and a marked line after them.
  private static Text text(Random random) {
    var text = new StringBuilder();
    var secrets = new ArrayList<SampleSecrets.Sample>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      for (int before = random.nextInt(30); before > 0; before--) {
        text.append(line(random)).append('\n');
      }
      SampleSecrets.Sample secret = SampleSecrets.any(random);
      secrets.add(secret);
      text.append(line(random)).append(' ').append(secret.text()).append(" end\n");
    }
    int marked = (int) text.chars().filter(c -> c == '\n').count() + 1;
    return new Text(text + "the marked line\n", secrets, marked);
  }

  private static void assertMasked(Item item, Text text) {
    String kept = kept(item);
    for (SampleSecrets.Sample secret : text.secrets()) {
      assertThat(kept).as(text.text()).contains("[secret: ");
      for (String part : secret.secret().lines().toList()) {
        assertThat(kept).as(secret.rule()).doesNotContain(part);
      }
    }
    assertThat(item.secrets().count()).isGreaterThanOrEqualTo(text.secrets().size());
  }

  @Seeds({1, 2, 3, 4, 5, 6, 7, 8, 42})
  void noSecretOfATextIsKeptAndEveryLineStaysInItsPlace(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      Text text = text(random);
      String name = List.of("a.txt", "A.java", "b.md", "c.py", "d").get(random.nextInt(5));
      byte[] bytes = text.text().getBytes(random.nextBoolean() ? UTF_8 : UTF_16LE);

      Item item = item(name, bytes, true);

      assertMasked(item, text);
      Chunk last = chunks(item).getLast();
      int offset =
          last.text().substring(0, last.text().indexOf("the marked line")).split("\n", -1).length;
      assertThat(last.locator()).isInstanceOf(Locator.Lines.class);
      assertThat(((Locator.Lines) last.locator()).first() + offset - 1).isEqualTo(text.marked());
    }
  }

  @Seeds({1, 2})
  void noSecretOfAMemberIsKept(long seed) throws IOException {
    var random = new Random(seed);
    Text text = text(random);

    assertMasked(item("a.zip", zip("in/a.txt", text.text()), true), text);
    assertMasked(item("a.eml", mail(text.text()), true), text);
  }

  @Test
  void whatWasMaskedIsListedByRuleAndPlace() {
    var random = new Random(5);
    String key = SampleSecrets.privateKey(random, "", "\n").secret();
    String token = Drawn.text("ghp_[A-Za-z0-9]{36}", random);

    Item item = item("a.txt", ("one\n" + key + "\n\ntoken " + token + "\n").getBytes(UTF_8), true);

    var id = new DocumentId("a.txt");
    assertThat(item.secrets())
        .isEqualTo(
            new Secrets(
                2,
                List.of(
                    new Secrets.Found(id, "2-2", "private-key"),
                    new Secrets.Found(id, "18-18", "github-token"))));
    assertThat(kept(item)).contains("token [secret: github-token]");
  }

  @Test
  void aLongListIsCountedExactly() {
    var random = new Random(6);
    var text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append(Drawn.text("ghp_[A-Za-z0-9]{36}\n", random));
    }

    Secrets secrets = item("a.txt", text.toString().getBytes(UTF_8), true).secrets();

    assertThat(secrets.count()).isEqualTo(300);
    assertThat(secrets.found()).hasSize(Secrets.FOUND_MAX);
  }

  @Test
  void secretsAreKeptIfTheyAreAllowed() {
    String token = Drawn.text("ghp_[A-Za-z0-9]{36}", new Random(7));

    Item item = item("a.txt", token.getBytes(UTF_8), false);

    assertThat(kept(item)).contains(token);
    assertThat(item.secrets()).isEqualTo(Secrets.NONE);
  }

  private static byte[] zip(String name, String text) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] mail(String text) {
    return ("From: a@example.org\nSubject: keys\nMIME-Version: 1.0\n"
            + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
            + java.util.Base64.getMimeEncoder().encodeToString(text.getBytes(UTF_8))
            + "\n")
        .getBytes(UTF_8);
  }
}
