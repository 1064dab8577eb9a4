package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.extract.ocr.DrawnImage;
import brimful.source.Rule;
import brimful.source.Rules;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The protocol on the pipes between this process and a parser process.
///
/// The child greets with [#MAGIC]. Then, for each document, a [Request] and the document's bytes in
/// chunks go in; [Beat]s, at least one a second, [Text]s, [Image]s and [Member]s, and finally one
/// [Done] come out. Every chunk, text and list is preceded by its length. Both ends are always of
/// the same build; the magic detects anything else that answers.
final class ForkProtocol {
  /// Brimful's name, and the version of this protocol.
  static final long MAGIC = 0x4272_696d_6675_6c04L;

  private static final int PARSE = 1;
  private static final int BEAT = 2;
  private static final int DONE = 3;
  private static final int TEXT = 4;
  private static final int MEMBER = 5;
  private static final int IMAGE = 6;
  private static final int CHUNK_BYTES_MAX = 64 << 10;

  private ForkProtocol() {}

  /// Asks for a document to be parsed; its chunks follow.
  record Request(DocumentId id, ExtractLimits limits, Rules rules) {}

  /// A message of the child.
  sealed interface Frame {}

  /// The parse continues.
  ///
  /// @param progress see [ParseProgress#beat]
  record Beat(long progress) implements Frame {}

  /// Some text; see [TextSink#text].
  record Text(DocumentId id, List<Section> sections) implements Frame {}

  /// A picture of text; see [TextSink#image].
  record Image(DocumentId id, Locator locator, DrawnImage drawn) implements Frame {}

  /// A member has ended.
  record Member(Item.Member member) implements Frame {}

  /// The parse has ended.
  record Done(Ending ending) implements Frame {}

  static void write(DataOutputStream out, Request request) throws IOException {
    out.writeByte(PARSE);
    WireStrings.write(out, request.id().value());
    ExtractLimits limits = request.limits();
    out.writeLong(limits.textBytesMax());
    out.writeLong(limits.documentBytesMax());
    out.writeInt(limits.charactersMax());
    out.writeInt(limits.pagesMax());
    out.writeInt(limits.figuresMax());
    out.writeInt(limits.membersMax());
    out.writeInt(limits.depthMax());
    out.writeLong(limits.expandedBytesMax());
    out.writeLong(limits.duration().toNanos());
    out.writeInt(request.rules().on().size());
    for (Rule rule : request.rules().on()) {
      WireStrings.write(out, rule.name());
    }
  }

  /// Reads a request.
  ///
  /// @throws EOFException if there are no more
  static Request readRequest(DataInputStream in) throws IOException {
    require(in.readUnsignedByte() == PARSE);
    var id = new DocumentId(WireStrings.read(in, Integer.MAX_VALUE));
    var limits =
        new ExtractLimits(
            in.readLong(),
            in.readLong(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readLong(),
            Duration.ofNanos(in.readLong()));
    Set<Rule> on = EnumSet.noneOf(Rule.class);
    for (int left = in.readInt(); left > 0; left--) {
      on.add(Rule.valueOf(WireStrings.read(in, Integer.MAX_VALUE)));
    }
    return new Request(id, limits, new Rules(on));
  }

  static void write(DataOutputStream out, Frame frame) throws IOException {
    switch (frame) {
      case Beat(long progress) -> {
        out.writeByte(BEAT);
        out.writeLong(progress);
      }
      case Text(DocumentId id, List<Section> sections) -> {
        out.writeByte(TEXT);
        FrameCodec.write(out, id, sections);
      }
      case Image image -> {
        out.writeByte(IMAGE);
        FrameCodec.write(out, image);
      }
      case Member(Item.Member member) -> {
        out.writeByte(MEMBER);
        FrameCodec.write(out, member);
      }
      case Done(Ending ending) -> {
        out.writeByte(DONE);
        FrameCodec.write(out, ending);
      }
    }
    out.flush();
  }

  /// Reads a frame.
  ///
  /// @param charactersMax the limit for its length
  static Frame readFrame(DataInputStream in, long charactersMax) throws IOException {
    var codec = new FrameCodec(in, charactersMax);
    return switch (in.readUnsignedByte()) {
      case BEAT -> new Beat(in.readLong());
      case TEXT -> new Text(codec.id(), codec.sections());
      case IMAGE -> codec.image();
      case MEMBER -> new Member(codec.member());
      case DONE -> new Done(codec.ending());
      default -> throw new ProtocolException("no such frame");
    };
  }

  static void writeChunk(DataOutputStream out, byte[] bytes, int length) throws IOException {
    out.writeInt(length);
    out.write(bytes, 0, length);
  }

  static byte[] chunk() {
    return new byte[CHUNK_BYTES_MAX];
  }

  static void writeEnd(DataOutputStream out) throws IOException {
    out.writeInt(0);
    out.flush();
  }

  static void require(boolean fits) throws ProtocolException {
    if (!fits) {
      throw new ProtocolException("not what the other end should say");
    }
  }

  /// The chunks of one document as one stream.
  static final class Chunks extends InputStream {
    private final DataInputStream in;
    private int left;
    private boolean ended;

    Chunks(DataInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return more() ? oneLess(in.readUnsignedByte()) : -1;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      Objects.checkFromIndexSize(start, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      if (!more()) {
        return -1;
      }
      int read = in.read(bytes, start, Math.min(length, left));
      if (read < 0) {
        throw new EOFException();
      }
      left -= read;
      return read;
    }

    /// Skips what the parser left unread, so that the next request can be found.
    void drain() throws IOException {
      byte[] rest = chunk();
      while (read(rest, 0, rest.length) >= 0) {
        // Only to get past it.
      }
    }

    private int oneLess(int read) {
      left--;
      return read;
    }

    private boolean more() throws IOException {
      if (left == 0 && !ended) {
        left = in.readInt();
        require(left >= 0 && left <= CHUNK_BYTES_MAX);
        ended = left == 0;
      }
      return !ended;
    }
  }
}
