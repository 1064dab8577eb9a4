package brimful.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brimful.corpus.UserError;
import brimful.index.LuceneIndex;
import brimful.index.Terms;
import brimful.source.Rules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PathCorpusTest {
  private static final String TOKENIZER = "deepseek-v3";

  /// A file that was changed just now is read again the next time.
  private static final FileTime SETTLED = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir private Path folder;
  private Path notes;

  @BeforeEach
  void write() throws IOException {
    notes = Files.createDirectories(folder.resolve("notes"));
    write("a.md", "# One\n\nThe broker rebalances.\n");
    write("b.md", "# Two\n\nThe worker rests.\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(notes.resolve(name), text);
    Files.setLastModifiedTime(notes.resolve(name), SETTLED);
  }

  private PathCorpus corpus(Path path) {
    return corpus(path.toString(), InputStream.nullInputStream());
  }

  @Test
  void itsKeyIsWhereItIsAndNotWhatWasTyped() {
    String typed = notes.resolve("..").resolve("notes") + "/";

    assertThat(corpus(Path.of(typed)).key()).isEqualTo(corpus(notes).key());
    assertThat(corpus(Path.of(".")).key())
        .isEqualTo(corpus(Path.of("").toAbsolutePath()).key())
        .isNotEqualTo(".");
  }

  private PathCorpus corpus(String location, InputStream in) {
    var environment = Map.of("BRIMFUL_HOME", folder.resolve("home").toString());
    return new PathCorpus(
        new Locations(List.of(location)),
        SourceReader.of(environment, Rules.standard(), Set.of()),
        in,
        CorpusListener.SILENT);
  }

  private static int read(PathCorpus corpus) {
    try (OpenCorpus open = corpus.open(TOKENIZER)) {
      return open.ingested().read();
    }
  }

  @Test
  void readsOnlyWhatHasChanged() throws IOException {
    assertThat(read(corpus(notes))).isEqualTo(2);
    assertThat(read(corpus(notes))).isZero();

    write("b.md", "# Two\n\nThe worker works again.\n");

    assertThat(read(corpus(notes))).isEqualTo(1);
  }

  @Test
  void staysOpenAsItWasWhileOthersBringItUpToDate() throws IOException {
    try (OpenCorpus before = corpus(notes).open(TOKENIZER)) {
      write("c.md", "# Three\n");
      try (OpenCorpus after = corpus(notes).open(TOKENIZER)) {
        assertThat(before.snapshot().outlines()).hasSize(2);
        assertThat(before.snapshot().read(before.snapshot().outlines().getFirst().chunks()))
            .isNotEmpty();
        assertThat(after.snapshot().outlines()).hasSize(3);
      }
    }
  }

  @Test
  void makesAnIndexOfTextsSearchableForTheFirstQuestion() {
    PathCorpus corpus = corpus(notes);
    var broker = new Terms(List.of(new Terms.Passage("broker", 1)), Optional.empty(), false);
    int texts = corpus.useTexts(TOKENIZER, open -> open.snapshot().outlines().size());
    boolean lacking = lacksTerms(corpus);

    try (OpenCorpus asked = corpus.open(TOKENIZER)) {
      assertThat(asked.ingested().read()).isZero();
      assertThat(asked.snapshot().matches(broker).chunks(5)).hasSize(1);
    }
    assertThat(texts).isEqualTo(2);
    assertThat(lacking).isTrue();
    assertThat(lacksTerms(corpus)).isFalse();
    int readAgain = corpus.useTexts(TOKENIZER, open -> open.ingested().read());
    assertThat(readAgain).isZero();
    assertThat(lacksTerms(corpus)).isFalse();
  }

  private static boolean lacksTerms(PathCorpus corpus) {
    try (LuceneIndex index = LuceneIndex.open(corpus.index(TOKENIZER), TOKENIZER)) {
      return index.lacksTerms();
    }
  }

  @Test
  void repeatsAUseThatFoundTheIndexDamaged() {
    PathCorpus corpus = corpus(notes);
    List<Integer> read = new ArrayList<>();

    String result =
        corpus.use(
            TOKENIZER,
            open -> {
              read.add(open.ingested().read());
              if (read.size() == 1) {
                damage(corpus);
              }
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(read).containsExactly(2, 2);
  }

  private static void damage(PathCorpus corpus) {
    try {
      Files.writeString(corpus.index(TOKENIZER).resolve("brimful.damaged"), "in a test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new UserError(UserError.Kind.BUSY, "the index is damaged: ask again");
  }

  @Test
  void passesOnWhatElseGoesWrong() {
    assertThatThrownBy(() ->
            corpus(notes)
                .use(
                    TOKENIZER,
                    _ -> {
                      throw new UserError(UserError.Kind.USAGE, "no such budget: name another");
                    }))
        .hasMessageContaining("no such budget");
  }

  @Test
  void readsStandardInputOnceForBothAttempts() {
    var in = new ByteArrayInputStream("The broker".getBytes(StandardCharsets.UTF_8));
    PathCorpus corpus = corpus("-", in);
    List<Integer> documents = new ArrayList<>();

    String _ =
        corpus.use(
            TOKENIZER,
            open -> {
              documents.add(open.snapshot().outlines().size());
              if (documents.size() == 1) {
                damage(corpus);
              }
              return "";
            });

    assertThat(documents).containsExactly(1, 1);
  }
}
