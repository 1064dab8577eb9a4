package brimful.extract;

import brimful.corpus.CellRange;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Minutes;
import brimful.corpus.Outcome;
import brimful.corpus.Picture;
import brimful.corpus.PictureHeader;
import brimful.extract.ocr.DrawnImage;
import brimful.extract.ocr.GrayImage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The wire format of texts, members and endings, without any loss.
///
/// The reader does not trust the writer, which has just parsed an untrusted document. For one
/// frame.
final class FrameCodec {
  private final DataInputStream in;
  private long charactersLeft;

  FrameCodec(DataInputStream in, long charactersMax) {
    this.in = in;
    this.charactersLeft = charactersMax;
  }

  static void write(DataOutputStream out, DocumentId id, List<Section> sections)
      throws IOException {
    WireStrings.write(out, id.value());
    out.writeInt(sections.size());
    for (Section section : sections) {
      write(out, section.locator());
      WireStrings.write(out, section.text());
      WireStrings.write(out, section.heading());
      out.writeInt(section.places().size());
      for (Locator place : section.places()) {
        write(out, place);
      }
    }
  }

  static void write(DataOutputStream out, ForkProtocol.Image frame) throws IOException {
    WireStrings.write(out, frame.id().value());
    write(out, frame.locator());
    DrawnImage drawn = frame.drawn();
    WireStrings.write(out, drawn.caption());
    WireStrings.write(out, drawn.layer());
    out.writeInt(drawn.picture().bytes().length);
    out.write(drawn.picture().bytes());
    out.writeBoolean(drawn.gray().isPresent());
    if (drawn.gray().isPresent()) {
      GrayImage image = drawn.gray().get();
      out.writeInt(image.width());
      out.writeInt(image.height());
      out.writeInt(image.dpi());
      out.write(image.pixels());
    }
  }

  static void write(DataOutputStream out, Item.Member member) throws IOException {
    WireStrings.write(out, member.id().value());
    write(out, member.outcome());
  }

  static void write(DataOutputStream out, Ending ending) throws IOException {
    write(out, ending.outcome());
    WireStrings.write(out, ending.breakdown().name());
  }

  private static void write(DataOutputStream out, Outcome outcome) throws IOException {
    switch (outcome) {
      case Outcome.Indexed(String detail) -> {
        out.writeByte('I');
        WireStrings.write(out, detail);
      }
      case Outcome.Encrypted() -> out.writeByte('E');
      case Outcome.Truncated(long kept, long of, String unit, String detail) -> {
        out.writeByte('T');
        out.writeLong(kept);
        out.writeLong(of);
        WireStrings.write(out, unit);
        WireStrings.write(out, detail);
      }
      case Outcome.Skipped(String rule) -> {
        out.writeByte('S');
        WireStrings.write(out, rule);
      }
      case Outcome.Failed(String cause) -> {
        out.writeByte('F');
        WireStrings.write(out, cause);
      }
    }
  }

  private static void write(DataOutputStream out, Locator locator) throws IOException {
    switch (locator) {
      case Locator.Lines(int first, int last) -> {
        out.writeByte('L');
        out.writeInt(first);
        out.writeInt(last);
      }
      case Locator.Page(int number) -> {
        out.writeByte('P');
        out.writeInt(number);
      }
      case Locator.Figure(int page, int number) -> {
        out.writeByte('G');
        out.writeInt(page);
        out.writeInt(number);
      }
      case Locator.Slide(int number) -> {
        out.writeByte('D');
        out.writeInt(number);
      }
      case Locator.Sheet(String name, Optional<CellRange> cells) -> {
        out.writeByte('S');
        WireStrings.write(out, name);
        WireStrings.write(out, cells.map(CellRange::display).orElse(""));
      }
      case Locator.Cell(int number) -> {
        out.writeByte('C');
        out.writeInt(number);
      }
      case Locator.Time(int first, int last) -> {
        out.writeByte('T');
        out.writeInt(first);
        out.writeInt(last);
      }
      case Locator.Turns(int first, int last, Optional<Minutes> time, List<String> speakers) -> {
        out.writeByte('U');
        out.writeInt(first);
        out.writeInt(last);
        WireStrings.write(out, time.map(Minutes::display).orElse(""));
        out.writeInt(speakers.size());
        for (String speaker : speakers) {
          WireStrings.write(out, speaker);
        }
      }
    }
  }

  Ending ending() throws IOException {
    return new Ending(outcome(), FailureKind.valueOf(text()));
  }

  Item.Member member() throws IOException {
    return new Item.Member(id(), outcome());
  }

  DocumentId id() throws IOException {
    return new DocumentId(text());
  }

  ForkProtocol.Image image() throws IOException {
    DocumentId id = id();
    Locator locator = locator();
    String caption = text();
    String layer = text();
    Picture picture = picture();
    Optional<GrayImage> gray = in.readBoolean() ? Optional.of(pixels()) : Optional.empty();
    return new ForkProtocol.Image(id, locator, new DrawnImage(gray, picture, caption, layer));
  }

  private Picture picture() throws IOException {
    int length = in.readInt();
    ForkProtocol.require(length >= 0 && length <= Picture.BYTES_MAX);
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    ForkProtocol.require(length == 0 || PictureHeader.of(bytes).isPresent());
    return new Picture(bytes);
  }

  private GrayImage pixels() throws IOException {
    int width = in.readInt();
    int height = in.readInt();
    int dpi = in.readInt();
    ForkProtocol.require(GrayImage.isPossible(width, height, dpi));
    byte[] pixels = new byte[width * height];
    in.readFully(pixels);
    return new GrayImage(width, height, dpi, pixels);
  }

  List<Section> sections() throws IOException {
    List<Section> sections = new ArrayList<>();
    for (int left = count(); left > 0; left--) {
      Locator locator = locator();
      String text = text();
      String heading = text();
      List<Locator> places = new ArrayList<>();
      for (int rows = count(); rows > 0; rows--) {
        places.add(locator());
      }
      sections.add(new Section(locator, text, heading, places));
    }
    return sections;
  }

  private Outcome outcome() throws IOException {
    return switch (in.readByte()) {
      case 'I' -> new Outcome.Indexed(text());
      case 'E' -> new Outcome.Encrypted();
      case 'T' -> new Outcome.Truncated(in.readLong(), in.readLong(), text(), text());
      case 'S' -> new Outcome.Skipped(text());
      case 'F' -> new Outcome.Failed(text());
      default -> throw new ProtocolException("no such outcome");
    };
  }

  private Locator locator() throws IOException {
    return switch (in.readByte()) {
      case 'L' -> new Locator.Lines(in.readInt(), in.readInt());
      case 'P' -> new Locator.Page(in.readInt());
      case 'G' -> new Locator.Figure(in.readInt(), in.readInt());
      case 'D' -> new Locator.Slide(in.readInt());
      case 'S' -> new Locator.Sheet(text(), CellRange.parse(text()));
      case 'C' -> new Locator.Cell(in.readInt());
      case 'T' -> new Locator.Time(in.readInt(), in.readInt());
      case 'U' -> new Locator.Turns(in.readInt(), in.readInt(), Minutes.parse(text()), speakers());
      default -> throw new ProtocolException("no such locator");
    };
  }

  private List<String> speakers() throws IOException {
    int count = count();
    ForkProtocol.require(count <= Locator.Turns.SPEAKERS_MAX);
    List<String> speakers = new ArrayList<>();
    for (int left = count; left > 0; left--) {
      speakers.add(text());
    }
    return speakers;
  }

  private int count() throws IOException {
    int count = in.readInt();
    ForkProtocol.require(count >= 0);
    return count;
  }

  private String text() throws IOException {
    String text = WireStrings.read(in, charactersLeft);
    charactersLeft -= text.length();
    return text;
  }
}
