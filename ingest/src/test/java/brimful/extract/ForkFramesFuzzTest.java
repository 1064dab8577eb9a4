package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.testing.FuzzContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// A process that parses a stranger's document may answer anything: it is read, or refused.
final class ForkFramesFuzzTest extends FuzzContract {
  private static final long CHARACTERS_MAX = 1 << 16;

  @Override
  protected List<byte[]> examples() {
    var id = new DocumentId("a.zip");
    DocumentId member = id.member("größe 🦊.txt");
    var sections =
        List.of(
            new Section(new Locator.Lines(1, 2), "one\ntwo"),
            new Section(new Locator.Page(3), "three"),
            new Section(new Locator.Sheet("Blatt 1"), "four"));
    return List.of(
        frame(new ForkProtocol.Beat(7)),
        frame(new ForkProtocol.Text(member, sections)),
        frame(
            new ForkProtocol.Member(new Item.Member(member, new Outcome.Truncated(1, 2, "pages")))),
        frame(new ForkProtocol.Done(Ending.of(new Outcome.Indexed()))),
        frame(new ForkProtocol.Done(Ending.failed(FailureKind.DOCUMENT, "broken"))));
  }

  private static byte[] frame(ForkProtocol.Frame frame) {
    var bytes = new ByteArrayOutputStream();
    try {
      ForkProtocol.write(new DataOutputStream(bytes), frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  protected void check(byte[] bytes) {
    try {
      ForkProtocol.Frame _ =
          ForkProtocol.readFrame(
              new DataInputStream(new ByteArrayInputStream(bytes)), CHARACTERS_MAX);
    } catch (IOException | IllegalArgumentException refused) {
      // The protocol, or what a record refuses to hold; either ends the process, not us.
    }
  }
}
