package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.PathKind;
import brimful.corpus.UniqueIds;
import brimful.extract.charset.Charsets;
import brimful.extract.chat.Chat;
import brimful.extract.chat.ChatFile;
import brimful.extract.chat.ChatFormat;
import brimful.extract.chat.ChatResult;
import brimful.extract.chat.ChatSink;
import brimful.extract.chat.ChatText;
import brimful.extract.chat.RecordedStream;
import brimful.extract.chat.SlackWorkspace;
import brimful.extract.format.FileHeader;
import brimful.extract.format.FormatNames;
import brimful.extract.limit.Limit;
import brimful.extract.text.CellPicture;
import brimful.source.Rule;
import brimful.source.Rules;
import brimful.source.own.OwnMark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Reads the content of a file or member: text here, documents through a parser.
///
/// HTML is read in one of two ways. A whole page is a document: its extracted text, with line
/// locators that count the lines of that text. A template, a fragment, or a page that is mostly
/// script and has hardly any text is code: it is shown as it is, with the file's own lines. So no
/// page is lost, and prose does not pay for its markup.
///
/// Exports of conversations are read as their turns, see [ChatFormat].
///
/// @param slack gives the names by the ids of a Slack export, which are in other files
/// @param recordings reads sound and video, where the rule for them is lifted
/// @param sink takes the text
record ContentReader(
    ExtractLimits limits,
    Rules rules,
    DocumentParser parser,
    DocumentParser recordings,
    Supplier<SlackWorkspace> slack,
    TextSink sink) {
  /// What is read as a whole at most: a page, or the body of a mail.
  static final int WHOLE_BYTES_MAX = 32 << 20;

  private static final Pattern WHOLE_PAGE =
      Pattern.compile(
          "(?i)^\\s*+(?:<\\?xml[^>]*+>\\s*+|<!--(?:(?!-->).)*+-->\\s*+)*+<(?:!doctype\\s+html|html\\b)",
          Pattern.DOTALL);
  private static final Pattern TEMPLATE =
      Pattern.compile(
          "\\{\\{|\\{%|<%|<\\?php|<#[a-z]|\\bth:[a-z]+=|\\bng-[a-z]+=|\\bv-(?:if|for)=|\\$\\{");

  /// What stands in these was not written by a template, or is quoted from one.
  private static final Pattern NO_TEMPLATE =
      Pattern.compile(
          "(?is)<(script|style|pre|code|textarea)\\b(?:(?!</\\1).)*+(?:</\\1|\\z)|<!--(?:(?!-->).)*+");

  /// File formats begin with fewer NULs.
  private static final int GAP_BYTES_MIN = 16;

  /// A page with less text than this is shown as code.
  private static final int PAGE_CHARACTERS_MIN = 200;

  /// @param size how many bytes the content should have; 0 if unknown
  Ending read(DocumentId id, InputStream in, long size) throws IOException {
    byte[] head = in.readNBytes(Sniffer.HEAD_BYTES);
    if (rules.has(Rule.OWN) && OwnMark.isIn(head)) {
      return Ending.of(Rule.OWN.skipped());
    }
    return gap(head) < GAP_BYTES_MIN ? read(id, head, in, size) : behindGap(id, head, in, size);
  }

  /// Reads a file that begins with NULs, such as a log that was truncated while being written. No
  /// parsed format begins that way.
  private Ending behindGap(DocumentId id, byte[] start, InputStream in, long size)
      throws IOException {
    byte[] block = start;
    long passed = 0;
    int gap = gap(block);
    while (gap == block.length && block.length > 0 && passed < limits.textBytesMax()) {
      passed += gap;
      block = in.readNBytes(Sniffer.HEAD_BYTES);
      gap = gap(block);
    }
    var head = new ByteArrayOutputStream();
    head.write(block, gap, block.length - gap);
    head.write(in.readNBytes(Sniffer.HEAD_BYTES - head.size()));
    return Sniffer.kind(head.toByteArray(), id.value()) == Sniffer.Kind.TEXT
        ? text(id, whole(head.toByteArray(), in), Math.max(0, size - passed - gap))
        : Ending.of(Rule.BINARY.skipped());
  }

  private static int gap(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] == 0) {
      end++;
    }
    return end;
  }

  private Ending read(DocumentId id, byte[] head, InputStream in, long size) throws IOException {
    Sniffer.Kind kind = Sniffer.kind(head, id.value());
    boolean none = kind == Sniffer.Kind.BINARY || (kind == Sniffer.Kind.TEXT && !isUnicode(head));
    if (none && rules.isNamedAsPicture(id.value())) {
      return Ending.of(
          rules.readsPictures()
              ? new Outcome.Failed("damaged image: it begins like none")
              : Rule.MEDIA.skipped());
    }
    if (isRecording(kind, id, head)) {
      return size > limits.documentBytesMax()
          ? Ending.of(tooLarge(limits.documentBytesMax()))
          : recordings.parse(id, whole(head, in), sink);
    }
    return switch (kind) {
      case EMPTY -> Ending.of(new Outcome.Skipped("empty"));
      case MEDIA ->
          !rules.readsPictures() || !FileHeader.isImage(latin(head))
              ? Ending.of(Rule.MEDIA.skipped())
              : document(id, whole(head, in), size);
      case BINARY -> Ending.of(binary(id, head));
      case TEXT -> {
        InputStream whole = whole(head, in);
        Optional<ChatFormat> chat = chatFormat(id, head);
        if (chat.isPresent()) {
          yield chat(chat.get(), id, head, whole, size);
        }
        yield isPage(id, head) ? page(id, whole, size) : text(id, whole, size);
      }
      case DOCUMENT -> document(id, whole(head, in), size);
    };
  }

  /// Tells text from the start of an image that is short enough to look like text of old.
  private static boolean isUnicode(byte[] head) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    return Charsets.ofMarks(head).isPresent()
        || !decoder
            .decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length), false)
            .isError();
  }

  /// Tells sound and video from fonts and the like; formats without a header that proves them are
  /// known by their names.
  private boolean isRecording(Sniffer.Kind kind, DocumentId id, byte[] head) {
    boolean unread = kind == Sniffer.Kind.MEDIA || kind == Sniffer.Kind.BINARY;
    return unread
        && !rules.has(Rule.RECORDINGS)
        && (PathKind.isRecording(id.value()) || FileHeader.isRecording(latin(head)))
        && !FileHeader.isImage(latin(head))
        && !FileHeader.isProgram(latin(head));
  }

  private static Outcome binary(DocumentId id, byte[] head) {
    return FileHeader.isEncryptedMessage(latin(head))
        ? new Outcome.Encrypted()
        : FormatNames.unread(head, id.value());
  }

  private static String latin(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1);
  }

  private static Optional<ChatFormat> chatFormat(DocumentId id, byte[] head) {
    return ChatFormat.of(
        id.value(),
        () -> {
          var start = new String(head, Charsets.ofMarks(head).orElse(StandardCharsets.UTF_8));
          return start.startsWith("\ufeff") ? start.substring(1) : start;
        });
  }

  private Ending chat(ChatFormat format, DocumentId id, byte[] head, InputStream in, long size)
      throws IOException {
    var recorded = new RecordedStream(in);
    var members = new ChatMembers(id, limits, sink);
    ChatResult result = ChatFile.read(format, head, recorded, slack, members);
    return switch (result) {
      case ChatResult.NoChat() -> text(id, recorded.again(), size);
      case ChatResult.Read(long turns, long broken, String brokenOff) ->
          Ending.of(
              !brokenOff.isEmpty()
                  ? Outcome.Truncated.brokenOff(turns, "turns", brokenOff)
                  : members.leftOut > 0
                      ? new Outcome.Truncated(
                          members.taken,
                          members.taken + members.leftOut,
                          "members",
                          Limit.MEMBERS.met(limits.membersMax()))
                      : broken > 0
                          ? new Outcome.Truncated(turns, turns + broken, "turns", "")
                          : new Outcome.Indexed());
    };
  }

  /// Makes documents of the conversations of an export: one is the file itself, several are its
  /// members.
  private static final class ChatMembers implements ChatSink {
    private final DocumentId file;
    private final ExtractLimits limits;
    private final TextSink sink;
    private final UniqueIds ids = new UniqueIds();
    private int taken;
    private int leftOut;

    ChatMembers(DocumentId file, ExtractLimits limits, TextSink sink) {
      this.file = file;
      this.limits = limits;
      this.sink = sink;
    }

    @Override
    public void chat(Chat chat) throws IOException {
      var text = ChatText.of(chat);
      var section = new Section(text.locator(), text.text(), "", text.places());
      if (chat.name().isEmpty()) {
        sink.runs(file, List.of(section));
      } else if (taken == limits.membersMax() || !sink.takesMember()) {
        leftOut++;
      } else {
        taken++;
        DocumentId id = ids.of(file.member(chat.name()));
        sink.runs(id, List.of(section));
        sink.member(new Item.Member(id, new Outcome.Indexed()));
      }
    }
  }

  private Ending text(DocumentId id, InputStream in, long size) throws IOException {
    var reader = new TextReader(id, limits, rules, sink);
    if (!CellPicture.isFor(id.value()) || !rules.readsPictures()) {
      return reader.read(in, size);
    }
    byte[] start = in.readNBytes((int) Math.min(WHOLE_BYTES_MAX, limits.textBytesMax()));
    Ending ending = reader.read(new SequenceInputStream(new ByteArrayInputStream(start), in), size);
    return ending.outcome() instanceof Outcome.Indexed ? pictures(id, start, ending) : ending;
  }

  /// Reads the pictures of a notebook as its members.
  private Ending pictures(DocumentId id, byte[] notebook, Ending ending) throws IOException {
    var ids = new UniqueIds();
    int taken = 0;
    int leftOut = 0;
    for (CellPicture picture : CellPicture.of(notebook)) {
      if (taken == limits.membersMax() || !sink.takesMember()) {
        leftOut++;
        continue;
      }
      taken++;
      DocumentId member = ids.of(id.member(picture.name()));
      Outcome outcome =
          parser.parse(member, new ByteArrayInputStream(picture.bytes()), sink).outcome();
      // An icon or a line is no member of any document.
      if (!(outcome instanceof Outcome.Skipped)) {
        sink.member(new Item.Member(member, outcome));
      }
    }
    return leftOut == 0
        ? ending
        : Ending.of(
            new Outcome.Truncated(
                taken, taken + leftOut, "members", Limit.MEMBERS.met(limits.membersMax())));
  }

  private Ending page(DocumentId id, InputStream in, long size) throws IOException {
    int most = (int) Math.min(WHOLE_BYTES_MAX, limits.textBytesMax());
    byte[] bytes = in.readNBytes(most);
    int next = bytes.length < most ? -1 : in.read();
    if (next >= 0) {
      byte[] start = Arrays.copyOf(bytes, bytes.length + 1);
      start[bytes.length] = (byte) next;
      return text(id, new SequenceInputStream(new ByteArrayInputStream(start), in), size);
    }
    var held = new Held(new ArrayList<>(), new ArrayList<>());
    Ending parsed = parser.parse(id, new ByteArrayInputStream(bytes), held);
    if (held.characters() < PAGE_CHARACTERS_MIN && parsed.breakdown() != FailureKind.INTERRUPTED) {
      return text(id, new ByteArrayInputStream(bytes), size);
    }
    held.giveTo(sink);
    return parsed;
  }

  /// Keeps what a page gives until it is clear that the page is a document.
  private record Held(List<Text> texts, List<Item.Member> members) implements TextSink {
    private record Text(DocumentId id, List<Section> sections) {}

    @Override
    public void text(DocumentId id, List<Section> sections) {
      texts.add(new Text(id, sections));
    }

    @Override
    public void member(Item.Member member) {
      members.add(member);
    }

    private long characters() {
      return texts.stream()
          .flatMap(text -> text.sections().stream())
          .mapToLong(section -> section.text().length())
          .sum();
    }

    private void giveTo(TextSink sink) throws IOException {
      for (Text text : texts) {
        sink.text(text.id(), text.sections());
      }
      for (Item.Member member : members) {
        sink.member(member);
      }
    }
  }

  private Ending document(DocumentId id, InputStream in, long size) throws IOException {
    if (size > limits.documentBytesMax()) {
      return Ending.of(tooLarge(limits.documentBytesMax()));
    }
    return parser.parse(id, in, sink);
  }

  static Outcome tooLarge(long bytesMax) {
    return new Outcome.Skipped(
        String.format(
            Locale.ROOT, "larger than %,d bytes (%s)", bytesMax, Limit.DOCUMENT.met(bytesMax)));
  }

  private static boolean isPage(DocumentId id, byte[] head) {
    String start = latin(head);
    return PathKind.isPage(id.value())
        && WHOLE_PAGE.matcher(start).lookingAt()
        && !TEMPLATE.matcher(NO_TEMPLATE.matcher(start).replaceAll("")).find();
  }

  private static InputStream whole(byte[] head, InputStream rest) {
    return head.length < Sniffer.HEAD_BYTES
        ? new ByteArrayInputStream(Arrays.copyOf(head, head.length))
        : new SequenceInputStream(new ByteArrayInputStream(head), rest);
  }
}
