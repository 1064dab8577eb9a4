package brimful.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.DocumentId;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.extract.charset.ByteScan;
import brimful.extract.charset.Charsets;
import brimful.extract.charset.DeclaredCharset;
import brimful.extract.charset.MixedLines;
import brimful.extract.limit.Limit;
import brimful.extract.text.EmbeddedData;
import brimful.extract.text.ReadablePart;
import brimful.extract.text.ReadableText;
import brimful.source.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads text and code in blocks, so that a file of any size takes the memory of one. Nearly every
/// file is one block, and one section.
///
/// Notebooks, subtitles and the like become what a reader sees of them, see [ReadableText].
///
/// Blocks end at line ends where there are any. The rules judge the first block. The encoding is
/// that of the first block with anything but ASCII. For one file.
final class TextReader {
  private static final int BLOCK_BYTES = TextSink.CHARACTERS_MAX;

  private final DocumentId id;
  private final ExtractLimits limits;
  private final Rules rules;
  private final TextSink sink;
  private Optional<Charset> known = Optional.empty();
  private long taken;
  private int line = 1;
  private boolean given;
  private boolean declared;

  TextReader(DocumentId id, ExtractLimits limits, Rules rules, TextSink sink) {
    this.id = id;
    this.limits = limits;
    this.rules = rules;
    this.sink = sink;
  }

  /// Reads a file.
  ///
  /// @param size how many bytes it should have; 0 if unknown
  Ending read(InputStream in, long size) throws IOException {
    byte[] block = in.readNBytes(room());
    while (true) {
      int next = block.length < room() ? -1 : in.read();
      long seen = taken + block.length;
      Optional<Outcome> left = take(block, next >= 0);
      if (left.isPresent()) {
        return Ending.of(left.get());
      }
      if (next < 0) {
        return ended(new Outcome.Indexed());
      }
      if (seen == limits.textBytesMax()) {
        String met = Limit.TEXT.met(limits.textBytesMax());
        return ended(new Outcome.Truncated(taken, Math.max(size, seen + 1), "bytes", met));
      }
      block = following(block, (int) (seen - taken), next, in);
    }
  }

  /// Returns how large the next block may be.
  private int room() {
    // A notebook is only readable as a whole.
    int block = ReadableText.isFor(id.value()) ? ContentReader.WHOLE_BYTES_MAX : BLOCK_BYTES;
    return (int) Math.min(block, limits.textBytesMax() - taken);
  }

  private Ending ended(Outcome outcome) {
    return Ending.of(given ? outcome : new Outcome.Skipped("empty"));
  }

  /// Returns the block that begins with what the one before has left.
  private byte[] following(byte[] before, int rest, int next, InputStream in) throws IOException {
    byte[] fresh = in.readNBytes(room() - rest - 1);
    byte[] block =
        Arrays.copyOfRange(before, before.length - rest, before.length + 1 + fresh.length);
    block[rest] = (byte) next;
    System.arraycopy(fresh, 0, block, rest + 1, fresh.length);
    return block;
  }

  /// Gives the text of a block, up to where it is best cut if there is more.
  ///
  /// @return why a rule leaves the file out
  private Optional<Outcome> take(byte[] block, boolean more) throws IOException {
    boolean clean = false;
    Charset charset;
    ByteScan scan = ByteScan.of(block);
    if (known.isPresent()) {
      charset = known.get();
    } else {
      charset = charset(block, scan);
      boolean ascii = charset.equals(UTF_8) && scan.good() + scan.bad() == 0;
      known = ascii ? Optional.empty() : Optional.of(charset);
      // True for nearly every file, whose characters then need no second look.
      clean = charset.equals(UTF_8) && scan.controls() == 0;
    }
    int length = more ? PlainText.cut(block, charset) : block.length;
    Optional<String> mixed =
        declared ? Optional.empty() : MixedLines.decoded(block, length, scan, charset);
    String text =
        mixed.isPresent()
            ? PlainText.normal(mixed.get())
            : PlainText.decoded(block, length, charset, clean);
    List<ReadablePart> parts = taken == 0 && !more ? ReadableText.of(id.value(), text) : List.of();
    text = parts.isEmpty() ? EmbeddedData.shortened(text) : text;
    if (taken == 0) {
      Optional<Outcome> left = PlainText.left(text, id.value(), rules);
      if (left.isPresent()) {
        return left;
      }
    }
    taken += length;
    if (parts.isEmpty()) {
      give(text);
    } else {
      sink.runs(id, Section.of(parts));
      given = true;
    }
    return Optional.empty();
  }

  /// Returns the encoding of a block: what the text declares, where it is not Unicode.
  private Charset charset(byte[] block, ByteScan scan) {
    Charset detected = Charsets.of(block, scan);
    Optional<Charset> own =
        taken > 0 || detected.name().startsWith("UTF-")
            ? Optional.empty()
            : DeclaredCharset.of(block, detected);
    declared = own.isPresent();
    return own.orElse(detected);
  }

  private void give(String text) throws IOException {
    if (!text.isBlank()) {
      var lines = new Locator.Lines(line, line + PlainText.lines(text) - 1);
      sink.text(id, List.of(new Section(lines, text)));
      given = true;
    }
    line = Math.addExact(line, PlainText.breaks(text));
  }
}
