package brimful.index.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class KnownFormsTest {
  private final KnownForms knownForms = new KnownForms();
  private final AtomicInteger found = new AtomicInteger();

  private SortedSet<String> of(String term, NaturalLanguage language) throws IOException {
    return knownForms.of(
        term,
        language,
        () -> {
          found.incrementAndGet();
          return new TreeSet<>(List.of(term, term + language));
        });
  }

  @Test
  void findsTheFormsOfAWordOnceForEachLanguage() throws IOException {
    for (int time = 0; time < 3; time++) {
      assertThat(of("rat", NaturalLanguage.ENGLISH)).containsExactly("rat", "ratENGLISH");
      assertThat(of("rat", NaturalLanguage.GERMAN)).containsExactly("rat", "ratGERMAN");
    }

    assertThat(found).hasValue(2);
  }

  @Test
  void forgetsWordsWhenThereAreTooMany() throws IOException {
    for (int word = 0; word < 25_000; word++) {
      of("w" + word, NaturalLanguage.ENGLISH);
    }
    found.set(0);

    of("w24999", NaturalLanguage.ENGLISH);
    assertThat(found).hasValue(0);
    of("w0", NaturalLanguage.ENGLISH);
    assertThat(found).hasValue(1);
  }
}
