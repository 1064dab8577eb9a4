package brimful.pack;

import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.index.ChunkRef;
import brimful.index.Outline;
import brimful.pack.format.WindowFormat;
import brimful.rank.Ranking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long choosing takes in a program that has just started: one shot, no warm-up.
///
/// Choosing is all but reading the texts, writing them and the recount; the few texts that padding
/// reads are made up here.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(7)
public class PackerBenchmark {
  private static final int DOCUMENTS = 6_500;
  private static final int LINES = 25;

  @Param({"8000", "1000000"})
  int budget;

  @Param({"2000", "40000"})
  int ranked;

  private List<Outline> corpus = List.of();
  private Ranking ranking = new Ranking(List.of(), List.of());

  /// Makes about 70,000 chunks of about 200 tokens.
  @Setup
  public void makeCorpus() {
    var random = new Random(1);
    var outlines = new ArrayList<Outline>();
    var all = new ArrayList<ChunkRef>();
    for (int i = 0; i < DOCUMENTS; i++) {
      var id =
          new DocumentId(
              String.format(
                  Locale.ROOT, "src/main/java/org/example/folder%03d/File%05d.java", i / 50, i));
      var refs = new ArrayList<ChunkRef>();
      int size = 1 + random.nextInt(20);
      for (int ordinal = 0; ordinal < size; ordinal++) {
        int first = 1 + ordinal * LINES;
        int tokens = 20 + random.nextInt(380);
        refs.add(
            new ChunkRef(
                id,
                ordinal,
                0,
                tokens,
                first,
                first + LINES - 1,
                random.nextLong(),
                random.nextLong()));
      }
      all.addAll(refs);
      outlines.add(new Outline(id, refs));
    }
    corpus = outlines;
    ranking = rank(all, random);
  }

  private Ranking rank(List<ChunkRef> all, Random random) {
    var chunks = new ArrayList<Ranking.RankedChunk>();
    Map<DocumentId, Double> best = new HashMap<>();
    for (int i = 0; i < ranked; i++) {
      ChunkRef ref = all.get(random.nextInt(all.size()));
      double score = Math.pow(random.nextDouble(), 3);
      chunks.add(new Ranking.RankedChunk(ref, score));
      best.merge(ref.document(), score, Math::max);
    }
    chunks.sort(Comparator.comparingDouble(Ranking.RankedChunk::score).reversed());
    var documents = new ArrayList<Ranking.RankedDocument>();
    best.forEach((id, score) -> documents.add(TestCorpus.ranked(id, score)));
    return new Ranking(documents, chunks);
  }

  /// Chooses; returns what stays free.
  @Benchmark
  public long choose() {
    var table = new ChunkTable(corpus);
    var costs = new TokenCosts(table, WindowFormat.XML, new PieceCounter(true));
    var texts = new ChunkTexts(table, PackerBenchmark::read);
    var ranks = new Ranks(table, ranking);
    return new Selector(table, costs, texts, ranks, Wanted.NOTHING).select(budget).free();
  }

  private static List<Chunk> read(List<ChunkRef> refs) {
    return refs.stream().map(PackerBenchmark::chunk).toList();
  }

  private static Chunk chunk(ChunkRef ref) {
    String text = "int example = compute(of, that);\n".repeat(LINES).strip();
    var lines = new Locator.Lines(ref.firstLine(), ref.lastLine());
    return new Chunk(ref.document(), ref.ordinal(), lines, "A > b", List.of(), text, ref.tokens());
  }
}
