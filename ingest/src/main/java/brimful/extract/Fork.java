package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.extract.limit.Limit;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.process.ErrorOutput;
import brimful.extract.process.ScratchFolder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A process that parses documents, and that is killed when it exceeds its limits.
///
/// The calling thread watches the clock while another one talks to the process, because reads and
/// writes of pipes have no timeout. For one thread at a time.
final class Fork implements AutoCloseable {
  /// The JVM's exit code with `-XX:+ExitOnOutOfMemoryError`.
  private static final int OUT_OF_MEMORY = 3;

  /// A frame's text, and the names in it.
  private static final long FRAME_CHARACTERS_MAX = TextSink.CHARACTERS_MAX + (1L << 20);

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(10);

  private final ForkLimits limits;
  private final Path scratch;
  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final ErrorOutput errors;
  private volatile long progress;
  private int documents;
  private volatile boolean ended;

  private Fork(ForkLimits limits, Path scratch, Process process) {
    this.limits = limits;
    this.scratch = scratch;
    this.process = process;
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.errors = ErrorOutput.of(process.getErrorStream());
  }

  /// Starts a process and waits for its greeting.
  ///
  /// @throws NoParserProcess if none starts, which is not a document's fault
  static Fork start(ForkLimits limits) throws InterruptedException {
    Fork fork;
    try {
      Path scratch = ScratchFolder.make();
      fork = new Fork(limits, scratch, ForkCommand.start(limits, scratch));
    } catch (IOException e) {
      throw new NoParserProcess(e);
    }
    boolean greeted = false;
    try {
      fork.greet();
      greeted = true;
      return fork;
    } finally {
      if (!greeted) {
        fork.close();
      }
    }
  }

  private void greet() throws InterruptedException {
    FutureTask<Long> greeting = talk(in::readLong);
    try {
      if (greeting.get(limits.start().toMillis(), TimeUnit.MILLISECONDS) == ForkProtocol.MAGIC) {
        return;
      }
    } catch (ExecutionException | TimeoutException e) {
      // Reported below.
    }
    throw new NoParserProcess(
        new IOException(
            "no parser process within %s s (%s): check the memory, and the Java in %s"
                .formatted(
                    limits.start().toSeconds(),
                    errors.lastLine(),
                    System.getProperty("java.home"))));
  }

  /// What the process said, or why it says no more.
  private sealed interface Heard {
    record Said(ForkProtocol.Frame frame) implements Heard {}

    record Broken(Throwable cause) implements Heard {}
  }

  /// Parses a document, within its time, which begins anew with each part of it that comes; the
  /// time that the sink takes does not count.
  ///
  /// @throws IOException if its bytes cannot be read
  Ending parse(ForkProtocol.Request request, InputStream bytes, TextSink sink, ParseProgress pulse)
      throws IOException, InterruptedException {
    documents++;
    progress = 0;
    // No more than one frame waits for the sink: the process waits in its turn.
    var heard = new ArrayBlockingQueue<Heard>(1);
    FutureTask<Void> talk = talk(() -> listen(request, bytes, heard));
    boolean answered = false;
    try {
      var received = new ReceivedDocument(request, sink);
      Ending ending = watch(heard, request.limits().duration(), received, pulse);
      answered = !ended;
      return received.ended(ending);
    } finally {
      if (!answered) {
        talk.cancel(true);
        close();
      }
    }
  }

  /// Returns whether this process can take another document.
  boolean isFit() {
    return !ended && documents < limits.documentsMax() && process.isAlive();
  }

  private static <T> FutureTask<T> talk(Callable<T> words) {
    var talk = new FutureTask<>(words);
    Thread.ofPlatform().daemon().name("fork-talk").start(talk);
    return talk;
  }

  private @Nullable Void listen(
      ForkProtocol.Request request, InputStream bytes, BlockingQueue<Heard> heard)
      throws InterruptedException {
    try {
      converse(request, bytes, heard);
    } catch (IOException | RuntimeException | Error e) {
      heard.put(new Heard.Broken(e));
    }
    return null;
  }

  private void converse(ForkProtocol.Request request, InputStream bytes, BlockingQueue<Heard> heard)
      throws IOException, InterruptedException {
    ForkProtocol.write(out, request);
    feed(MeteredStream.bounded(bytes, request.limits().documentBytesMax()));
    ForkProtocol.Frame frame;
    do {
      frame = ForkProtocol.readFrame(in, FRAME_CHARACTERS_MAX);
      if (frame instanceof ForkProtocol.Beat(long beat)) {
        progress = Math.max(progress, beat);
      } else {
        heard.put(new Heard.Said(frame));
      }
    } while (!(frame instanceof ForkProtocol.Done));
  }

  private void feed(InputStream bytes) throws IOException {
    byte[] chunk = ForkProtocol.chunk();
    long fed = 0;
    for (int read = read(bytes, chunk); read >= 0; read = read(bytes, chunk)) {
      if (read > 0) {
        ForkProtocol.writeChunk(out, chunk, read);
        fed += read;
        progress = fed;
      }
    }
    ForkProtocol.writeEnd(out);
  }

  private static int read(InputStream bytes, byte[] chunk) throws SourceException {
    try {
      return bytes.read(chunk);
    } catch (IOException e) {
      throw new SourceException(e);
    }
  }

  private Ending watch(
      BlockingQueue<Heard> heard, Duration time, TextSink received, ParseProgress pulse)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long moved = start;
    long seen = 0;
    long whole = ExtractLimits.ARCHIVE_TIMES * time.toNanos();
    while (true) {
      long now = System.nanoTime();
      if (now - start >= whole) {
        return stopped(
            FailureKind.TIMEOUT,
            "no end after",
            time.multipliedBy(ExtractLimits.ARCHIVE_TIMES),
            Limit.TIME.met(time.toMillis()));
      }
      long left = time.toNanos() - (now - start);
      long patience = limits.stall().toNanos() - (now - moved);
      if (left <= 0) {
        return stopped(
            FailureKind.TIMEOUT, "no result after", time, Limit.TIME.met(time.toMillis()));
      }
      if (patience <= 0) {
        String met = Limit.STALL.met(limits.stall().toMillis());
        return stopped(FailureKind.STALLED, "no progress for", limits.stall(), met);
      }
      long look = Math.min(LOOK.toNanos(), Math.min(Math.min(left, whole), patience));
      switch (heard.poll(look, TimeUnit.NANOSECONDS)) {
        case Heard.Said(ForkProtocol.Done(Ending ending)) -> {
          return ending;
        }
        case Heard.Said(ForkProtocol.Frame frame) -> {
          long before = System.nanoTime();
          Optional<Ending> refused = give(frame, received);
          if (refused.isPresent()) {
            close();
            return refused.get();
          }
          moved = System.nanoTime();
          whole -= before - start;
          start = moved;
        }
        case Heard.Broken(Throwable cause) -> {
          return broken(cause);
        }
        case null -> {
          long reached = progress;
          if (reached > seen) {
            seen = reached;
            moved = System.nanoTime();
            pulse.beat(reached);
          }
        }
      }
    }
  }

  /// Hands on what has come.
  ///
  /// @return how the document ends if it gives what it must not
  private static Optional<Ending> give(ForkProtocol.Frame frame, TextSink received)
      throws IOException {
    try {
      switch (frame) {
        case ForkProtocol.Text(DocumentId id, List<Section> sections) ->
            received.text(id, sections);
        case ForkProtocol.Image(DocumentId id, Locator locator, DrawnImage drawn) ->
            received.image(id, locator, drawn);
        case ForkProtocol.Member(Item.Member member) -> received.member(member);
        case ForkProtocol.Beat _, ForkProtocol.Done _ -> {
          // Not for the sink.
        }
      }
      return Optional.empty();
    } catch (Allowance.BombException e) {
      return Optional.of(Failures.ofDocument(e));
    } catch (ProtocolException e) {
      return Optional.of(invalidReply());
    }
  }

  private Ending stopped(FailureKind failureKind, String what, Duration limit, String met) {
    close();
    double seconds = limit.toMillis() / 1000.0;
    String shown =
        seconds % 1 == 0
            ? String.format(Locale.ROOT, "%.0f", seconds)
            : String.format(Locale.ROOT, "%.2f", seconds);
    return Ending.failed(
        failureKind, "%s %s s: the parser was stopped (%s)".formatted(what, shown, met));
  }

  /// Explains why the exchange ended without a reply.
  private Ending broken(Throwable cause) throws IOException, InterruptedException {
    if (cause instanceof SourceException source) {
      throw source.thrown();
    }
    if (cause instanceof OutOfMemoryError ours) {
      throw ours;
    }
    boolean garbled = cause instanceof ProtocolException || !(cause instanceof IOException);
    boolean gone = !garbled && process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
    close();
    if (!gone) {
      return invalidReply();
    }
    int code = process.exitValue();
    return code == OUT_OF_MEMORY && errors.lastLine().contains("OutOfMemoryError")
        ? Ending.failed(
            FailureKind.OUT_OF_MEMORY,
            String.format(
                Locale.ROOT,
                "the parser exhausted its %,d MiB (%s)",
                limits.heapBytes() >> 20,
                Limit.MEMORY.met(limits.heapBytes())))
        : Ending.failed(FailureKind.CRASH, "the parser process ended with code %s".formatted(code));
  }

  private static Ending invalidReply() {
    return Ending.failed(FailureKind.CRASH, "the parser process sent an invalid reply");
  }

  /// Kills the process, and deletes what it left on disk.
  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    process.destroyForcibly();
    try {
      process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ScratchFolder.delete(scratch);
  }

  /// Marks that the document's bytes could not be read, as opposed to the process's.
  private static final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException thrown;

    SourceException(IOException thrown) {
      super(thrown);
      this.thrown = thrown;
    }

    IOException thrown() {
      return thrown;
    }
  }
}
