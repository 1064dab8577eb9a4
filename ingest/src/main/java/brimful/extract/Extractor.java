package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.extract.chat.SlackNames;
import brimful.extract.limit.Limit;
import brimful.extract.limit.Limits;
import brimful.extract.media.Media;
import brimful.extract.media.Recordings;
import brimful.extract.ocr.Ocr;
import brimful.source.Listed;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Reads a file part by part: text and code in the calling thread, documents through Tika in
/// processes of their own.
///
/// A parser that takes too long, exhausts its memory or crashes ends its process and nothing else:
/// the file fails with a [FailureKind], and the next document gets a new process. No process
/// outlives the extractor or the process that created it.
///
/// The same bytes give the same text, except for limits of time and memory. Safe for many threads.
/// The first document starts the first process, which takes one to two seconds.
public final class Extractor implements AutoCloseable {
  private final ExtractLimits limits;
  private final Rules rules;
  private final Ocr ocr;
  private final Recordings recordings;
  private final ForkPool forkPool;
  private final SlackNames slack = new SlackNames();

  /// Creates an extractor without OCR.
  public Extractor(ExtractLimits limits, Rules rules) {
    this(limits, rules, Media.off(), ForkPool.ofMachine(ForkLimits.standard()));
  }

  /// Returns an extractor whose processes fit into this machine's memory.
  ///
  /// @param media reads pictures, sound and video, and decides whether there are any
  public static Extractor of(Limits limits, Rules rules, Media media) {
    return new Extractor(
        ExtractLimits.of(limits), rules, media, ForkPool.ofMachine(ForkLimits.of(limits)));
  }

  /// Returns whether a file would now be read further than its outcome says: it met a limit that is
  /// higher now.
  ///
  /// @param said the outcome's text
  public static boolean readsMore(Limits limits, String said) {
    return Limits.met(said)
        .filter(met -> {
          long now = limits.of(met.limit());
          // A limit beyond the machine's memory changes nothing.
          boolean memory = met.limit() == Limit.MEMORY;
          return (memory ? MemoryPlan.ofThisProcess(now).forkHeapBytes() : now) > met.value();
        })
        .isPresent();
  }

  public Extractor(ExtractLimits limits, Rules rules, ForkLimits forks) {
    this(limits, rules, Media.off(), new ForkPool(forks));
  }

  Extractor(ExtractLimits limits, Rules rules, Media media, ForkPool forkPool) {
    this.limits = limits;
    this.rules = media.rules(rules);
    this.ocr = media.ocr();
    this.recordings = media.recordings();
    this.forkPool = forkPool;
  }

  /// Returns the parser's name and version: another one may succeed with the same bytes.
  public static String parserVersion() {
    return TikaParsers.version();
  }

  /// Reads a file, hands on its text as it comes, and reports progress if that takes longer. Any
  /// problem with the file is its outcome. A document whose parser stalls before it gave anything
  /// is read once more.
  ///
  /// @param sink called in this thread; what it throws, but for an `IOException`, ends the reading
  ///   and comes out here
  /// @throws NoParserProcess if none can be started
  public Ending extract(Listed.File file, TextSink sink, ParseProgress pulse) {
    Rules held = file.content().isTakenBack() ? rules.without(Rule.OWN.title()) : rules;
    var beating = new Beating(sink, pulse);
    Ending ending = attempt(file, held, beating);
    // A machine under load stalls good documents, too. What gave text before cannot be taken back.
    boolean again = ending.breakdown() == FailureKind.STALLED && !beating.taken;
    return again ? attempt(file, held, beating) : ending;
  }

  private Ending attempt(Listed.File file, Rules held, Beating beating) {
    var pictures = new PictureSink(beating, ocr);
    var reader =
        new ContentReader(
            limits,
            held,
            forkPool.parser(limits, held, beating::beat),
            recordings(held, beating),
            () -> slack.of(file.content(), file.id().value()),
            pictures);
    try (InputStream in = file.content().open()) {
      return pictures.ended(file.id(), reader.read(file.id(), in, file.bytes()));
    } catch (IOException e) {
      return Failures.ofSource(e);
    }
  }

  /// Returns what transcribing the sound among some files will take, in a line, before anything is
  /// sent; empty if there is nothing to send.
  public Optional<String> forecast(List<Listed.File> files) {
    return new RecordingReader(recordings, limits, rules, () -> {}).forecast(files);
  }

  private RecordingReader recordings(Rules held, Beating beating) {
    return new RecordingReader(recordings, limits, held, () -> beating.beat(0));
  }

  /// Reports progress also when a part of the text was taken, whoever read it.
  private static final class Beating implements TextSink {
    private final TextSink sink;
    private final ParseProgress pulse;
    private long reported;
    private boolean taken;

    Beating(TextSink sink, ParseProgress pulse) {
      this.sink = sink;
      this.pulse = pulse;
    }

    void beat(long progress) {
      reported = Math.max(reported + 1, progress);
      pulse.beat(reported);
    }

    @Override
    public void text(DocumentId id, List<Section> sections) throws IOException {
      taken = true;
      sink.text(id, sections);
      beat(0);
    }

    @Override
    public void member(Item.Member member) throws IOException {
      taken = true;
      sink.member(member);
    }
  }

  /// Ends the processes.
  @Override
  public void close() {
    forkPool.close();
  }
}
