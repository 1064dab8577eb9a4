package brimful.collection.scope;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.collection.MemoryCorpus;
import brimful.collection.OpenCorpus;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.index.ChunkRef;
import brimful.index.Hit;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.index.Terms;
import brimful.testing.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// Parts of parts find what the whole finds of them, and read what they find.
final class NestedPartsTest {
  private static final Terms TERMS =
      new Terms(List.of(new Terms.Passage("the otter of a river", 1)), Optional.empty(), false);

  private static OpenCorpus corpus(String name, Random random) {
    var texts = new ArrayList<MemoryCorpus.Text>();
    for (int i = 0; i < 8; i++) {
      var text = new StringBuilder();
      for (int line = random.nextInt(150); line >= 0; line--) {
        text.append("In line %s an ".formatted(line))
            .append("otter ".repeat(1 + random.nextInt(4)))
            .append("meets ".repeat(random.nextInt(20)))
            .append("a river.\n\n");
      }
      texts.add(new MemoryCorpus.Text(new DocumentId(name + i + ".txt"), text.toString()));
    }
    return new MemoryCorpus(name, texts).open("deepseek-v3");
  }

  private static List<Outline> some(Snapshot snapshot, Random random) {
    var some = new ArrayList<Outline>();
    for (Outline outline : snapshot.outlines()) {
      if (random.nextInt(10) < 8) {
        int all = outline.chunks().size();
        int from = random.nextBoolean() ? random.nextInt(all) : 0;
        var chunks = new ArrayList<>(outline.chunks().subList(from, all));
        if (chunks.size() > 2) {
          chunks.remove(1);
        }
        some.add(new Outline(outline.document(), outline.title(), chunks));
      }
    }
    return some;
  }

  private static String name(Snapshot snapshot, Hit hit) {
    return snapshot.outlines().get(hit.document()).document() + "#" + hit.ordinal();
  }

  private static Stream<String> found(Snapshot snapshot, int limit) {
    return snapshot.matches(TERMS).chunks(limit).stream().map(hit -> name(snapshot, hit));
  }

  private static ChunkRef ref(Snapshot snapshot, Hit hit) {
    return snapshot.outlines().get(hit.document()).chunks().stream()
        .filter(ref -> ref.ordinal() == hit.ordinal())
        .findFirst()
        .orElseThrow();
  }

  @Seeds
  void findsWhatTheWholeFindsOfIt(long seed) {
    var random = new Random(seed);
    try (OpenCorpus one = corpus("one", random);
        OpenCorpus two = corpus("two", random)) {
      Snapshot scoped = new ScopedSnapshot(two.snapshot(), some(two.snapshot(), random));
      Snapshot whole =
          new JoinedSnapshot(
              List.of(
                  new JoinedSnapshot.Part("a", one.snapshot()),
                  new JoinedSnapshot.Part("b", scoped)));
      Snapshot outer = new ScopedSnapshot(whole, some(whole, random));
      Snapshot inner = new ScopedSnapshot(outer, some(outer, random));

      for (Snapshot part : List.of(outer, inner)) {
        Set<String> own = new HashSet<>();
        for (Outline outline : part.outlines()) {
          outline.chunks().forEach(ref -> own.add(outline.document() + "#" + ref.ordinal()));
        }
        for (int limit : new int[] {1, 3, 1000}) {
          assertThat(found(part, limit))
              .containsExactlyElementsOf(
                  found(whole, Integer.MAX_VALUE).filter(own::contains).limit(limit).toList());
        }
      }
      readsWhatItFinds(whole);
      readsWhatItFinds(inner);
      readsWhatItFinds(new PartSnapshot(outer, some(outer, random)));
    }
  }

  private static void readsWhatItFinds(Snapshot snapshot) {
    for (Hit hit : snapshot.matches(TERMS).chunks(1000)) {
      Chunk read = snapshot.read(List.of(ref(snapshot, hit))).getFirst();

      assertThat(read.ordinal()).isEqualTo(hit.ordinal());
      assertThat(read.text()).contains("otter");
    }
  }
}
