package brimful.extract;

import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Locator;
import brimful.corpus.Outcome;
import brimful.extract.ocr.DrawnImage;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

/// What has come of one document from its parser process, which may end at any time: what has come
/// until then is kept, and the outcome says so.
///
/// The process is not trusted: it has just parsed a stranger's document.
final class ReceivedDocument implements TextSink {
  private final ForkProtocol.Request request;
  private final TextSink sink;

  /// The document whose text came last, if it is not known how it ended.
  private Optional<DocumentId> open = Optional.empty();

  private long characters;
  private long openCharacters;
  private int members;

  ReceivedDocument(ForkProtocol.Request request, TextSink sink) {
    this.request = request;
    this.sink = sink;
  }

  @Override
  public void text(DocumentId id, List<Section> sections) throws IOException {
    requireOwn(id);
    long more = sections.stream().mapToLong(section -> section.text().length()).sum();
    characters += more;
    if (characters > request.limits().expandedBytesMax()) {
      throw Allowance.BombException.beyond(request.limits(), "gives more than %,d characters");
    }
    openCharacters = open.filter(id::equals).isPresent() ? openCharacters + more : more;
    open = Optional.of(id);
    sink.text(id, sections);
  }

  @Override
  public void image(DocumentId id, Locator locator, DrawnImage drawn) throws IOException {
    requireOwn(id);
    sink.image(id, locator, drawn);
  }

  @Override
  public void member(Item.Member member) throws IOException {
    requireOwn(member.id());
    members++;
    if (members > request.limits().membersMax()) {
      throw new ProtocolException("more members than were asked for");
    }
    open = open.filter(id -> !id.equals(member.id()));
    sink.member(member);
  }

  private void requireOwn(DocumentId id) throws ProtocolException {
    ForkProtocol.require(id.item().equals(request.id().item()));
  }

  /// Returns how the document ended, in view of what has come of it.
  ///
  /// @param ending how its process ended
  Ending ended(Ending ending) throws IOException {
    boolean cut =
        switch (ending.breakdown()) {
          case BOMB, TIMEOUT, STALLED, OUT_OF_MEMORY, CRASH -> characters > 0;
          case NONE, DOCUMENT, SOURCE, INTERRUPTED -> false;
        };
    if (!cut || !(ending.outcome() instanceof Outcome.Failed(String cause))) {
      return ending;
    }
    boolean own = open.filter(request.id()::equals).isPresent();
    if (open.isPresent() && !own) {
      member(new Item.Member(open.get(), cut(openCharacters, "characters", cause)));
    }
    return Ending.of(
        own ? cut(openCharacters, "characters", cause) : cut(members, "members", cause));
  }

  /// At least one more was there: the one that ended it.
  private static Outcome cut(long kept, String unit, String cause) {
    return Outcome.Truncated.brokenOff(kept, unit, cause);
  }
}
