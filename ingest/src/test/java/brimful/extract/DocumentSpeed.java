package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.source.Listed;
import brimful.source.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.apache.tika.sax.BodyContentHandler;
import org.xml.sax.SAXException;

/// Extracts the PDFs of a folder in one of three ways, for `bench/documents`, and prints how many
/// characters they gave.
public final class DocumentSpeed {
  private final AtomicLong characters = new AtomicLong();

  private DocumentSpeed() {}

  /// @param words the way (`tika`: Tika's own parser alone; `here`: our parser in this process;
  ///   `forks`: in processes of its own), the number of threads, and the folder
  public static void main(String[] words) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var speed = new DocumentSpeed();
    try (Stream<Path> all = Files.list(Path.of(words[2]));
        var extractor = new Extractor(ExtractLimits.standard(), Rules.standard());
        ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(words[1]))) {
      List<Future<?>> running = new ArrayList<>();
      for (Path file : all.filter(path -> path.toString().endsWith(".pdf")).sorted().toList()) {
        Callable<?> work =
            switch (words[0]) {
              case "tika" -> () -> speed.tika(file);
              case "here" -> () -> speed.here(file);
              case "forks" -> () -> speed.forks(file, extractor);
              default -> throw new IllegalArgumentException(words[0] + ": say tika, here or forks");
            };
        running.add(pool.submit(work));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    System.out.println(speed.characters);
    System.exit(0);
  }

  private Metadata tika(Path file) throws IOException, TikaException, SAXException {
    var metadata = new Metadata();
    var text = new BodyContentHandler(-1);
    var context = new ParseContext();
    var config = new PDFParserConfig();
    config.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR); // as with ours: text, not pictures
    context.set(PDFParserConfig.class, config);
    try (TikaInputStream in = TikaInputStream.get(file)) {
      new PDFParser().parse(in, text, metadata, context);
    }
    characters.addAndGet(text.toString().length());
    return metadata;
  }

  private Ending here(Path file) throws IOException {
    var limits = ExtractLimits.standard();
    var parser = new TikaParser(limits, Rules.standard(), new Allowance(limits), 0);
    try (var in = Files.newInputStream(file)) {
      return parser.parse(new DocumentId(file.getFileName().toString()), in, new Counting());
    }
  }

  private Ending forks(Path file, Extractor extractor) throws IOException {
    var listed =
        new Listed.File(
            new DocumentId(file.getFileName().toString()),
            "stamp",
            Files.size(file),
            () -> Files.newInputStream(file));
    return extractor.extract(listed, new Counting(), ParseProgress.silent());
  }

  private final class Counting implements TextSink {
    @Override
    public void text(DocumentId id, List<Section> sections) {
      sections.forEach(section -> characters.addAndGet(section.text().length()));
    }

    @Override
    public void member(Item.Member member) {
      // Not counted.
    }
  }
}
