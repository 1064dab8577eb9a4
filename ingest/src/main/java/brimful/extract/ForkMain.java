package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.extract.format.BundledFonts;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.process.ScratchFolder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicReference;

/// The parser process: parses one document after the other, as [ForkProtocol] defines, until its
/// standard input ends. It also ends when its parent is gone, even while a parser hangs.
public final class ForkMain {
  private static final Duration BEAT = Duration.ofMillis(500);

  private final DataInputStream in;
  private final DataOutputStream out;
  private final long parent;

  /// The document in progress; an idle process has a placeholder.
  private final AtomicReference<Allowance> work;

  private final Allowance idle = new Allowance(ExtractLimits.standard());

  private ForkMain(DataInputStream in, DataOutputStream out, long parent) {
    this.in = in;
    this.out = out;
    this.parent = parent;
    this.work = new AtomicReference<>(idle);
  }

  /// Serves the process that started this one.
  ///
  /// @param words that process's id
  public static void main(String[] words) throws IOException {
    // A document's text must not depend on the machine: parsers format numbers and dates.
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    var in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    var out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    // From here on, a parser that reads or prints cannot touch the protocol.
    System.setIn(InputStream.nullInputStream());
    System.setOut(System.err);
    var fork = new ForkMain(in, out, Long.parseLong(words[0]));
    Thread.ofPlatform().daemon().name("fork-beat").start(fork::beat);
    fork.serve();
    ScratchFolder.delete(scratch());
    // Not just a return: a parser may have left threads behind.
    System.exit(0);
  }

  private static Path scratch() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private void serve() throws IOException {
    // Before the greeting, so that it does not count against a document's time.
    BundledFonts.use();
    TikaParsers.shared();
    synchronized (out) {
      out.writeLong(ForkProtocol.MAGIC);
      out.flush();
    }
    while (true) {
      ForkProtocol.Request request;
      try {
        request = ForkProtocol.readRequest(in);
      } catch (EOFException e) {
        return;
      }
      var chunks = new ForkProtocol.Chunks(in);
      Ending ending = parse(request, chunks);
      chunks.drain();
      synchronized (out) {
        work.set(idle);
        ForkProtocol.write(out, new ForkProtocol.Done(ending));
      }
    }
  }

  /// Sends what is read. The parent takes each part before it reads the next, so that the pipe
  /// holds this process back.
  private final class Sending implements TextSink {
    @Override
    public void text(DocumentId id, List<Section> sections) {
      send(new ForkProtocol.Text(id, sections));
    }

    @Override
    public void image(DocumentId id, Locator locator, DrawnImage drawn) {
      send(new ForkProtocol.Image(id, locator, drawn));
    }

    @Override
    public void member(Item.Member member) {
      send(new ForkProtocol.Member(member));
    }

    private void send(ForkProtocol.Frame frame) {
      boolean sent = false;
      try {
        synchronized (out) {
          ForkProtocol.write(out, frame);
        }
        sent = true;
      } catch (IOException e) {
        // The parent no longer reads.
      } finally {
        if (!sent) {
          // Behind half a frame, nothing can be said: a parser's stack may have been full, too.
          end();
        }
      }
    }
  }

  /// Parses, and catches everything: whatever a document causes ends here.
  private Ending parse(ForkProtocol.Request request, InputStream document) {
    var allowance = new Allowance(request.limits());
    work.set(allowance);
    var counted = new MeteredStream(document, bytes -> allowance.advance(bytes));
    try {
      return new TikaParser(request.limits(), request.rules(), allowance, 0)
          .parse(request.id(), counted, new Sending());
    } catch (IOException | RuntimeException | Error e) {
      return Failures.ofDocument(e);
    }
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(BEAT);
        if (ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L) != parent) {
          break;
        }
        synchronized (out) {
          Allowance now = work.get();
          if (now != idle) {
            ForkProtocol.write(out, new ForkProtocol.Beat(now.progress()));
          }
        }
      }
    } catch (IOException e) {
      // The parent no longer reads.
    } catch (InterruptedException e) {
      // Cannot happen here.
      Thread.currentThread().interrupt();
    }
    end();
  }

  private static void end() {
    ScratchFolder.delete(scratch());
    Runtime.getRuntime().halt(1);
  }
}
