package brimful.ingest;

import brimful.chunk.Chunker;
import brimful.corpus.Document;
import brimful.corpus.DocumentId;
import brimful.corpus.Item;
import brimful.corpus.Outcome;
import brimful.corpus.Secrets;
import brimful.extract.Ending;
import brimful.extract.FailureKind;
import brimful.extract.Section;
import brimful.extract.TextSink;
import brimful.secret.SecretMask;
import brimful.source.Listed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Cuts the text of one file as it comes, and hands over what is cut of a large one, so that at
/// most [#PART_CHARACTERS] and the last text are held. For one thread.
final class ChunkedFile implements TextSink {
  /// A block of a large text is more than this, so each is a part.
  private static final int PART_CHARACTERS = TextSink.CHARACTERS_MAX / 2;

  private final Chunker chunker;
  private final Listed.File file;
  private final Consumer<List<Document>> early;
  private final Set<DocumentId> ids = new HashSet<>();
  private final List<Item.Member> members = new ArrayList<>();
  private final List<Document> documents = new ArrayList<>();
  private final Optional<SecretMask> mask;
  private Optional<Open> open = Optional.empty();
  private long characters;
  private boolean whole = true;
  private boolean cut;
  private @Nullable RuntimeException refusal;

  /// The document that the last text was of: more of it may come.
  private record Open(DocumentId id, String title, int next) {}

  /// @param mask takes the secrets out of the text, if they are to be
  ChunkedFile(
      Chunker chunker,
      Listed.File file,
      Consumer<List<Document>> early,
      Optional<SecretMask> mask) {
    this.chunker = chunker;
    this.file = file;
    this.early = early;
    this.mask = mask;
  }

  @Override
  public void text(DocumentId id, List<Section> extracted) {
    List<Section> sections = mask.map(it -> it.masked(id, extracted)).orElse(extracted);
    Optional<Open> before = open.filter(known -> known.id().equals(id));
    if (before.isEmpty() && !ids.add(id)) {
      throw new IllegalArgumentException(
          "item %s has two documents %s: give each an id of its own".formatted(file.id(), id));
    }
    Open known = before.orElse(new Open(id, "", 0));
    Optional<Document> more =
        known.next() == 0
            ? chunker.chunk(id, sections)
            : chunker.following(id, known.title(), known.next(), sections);
    open = Optional.of(more.map(it -> new Open(id, it.title(), it.next())).orElse(known));
    more.ifPresent(this::add);
    // A byte of a picture takes as much memory as a letter.
    characters +=
        sections.stream()
            .mapToLong(section -> section.text().length() + section.picture().bytes().length)
            .sum();
    if (characters >= PART_CHARACTERS) {
      handOver();
    }
  }

  private void add(Document more) {
    cut = true;
    if (!documents.isEmpty() && documents.getLast().id().equals(more.id())) {
      Document before = documents.removeLast();
      var chunks = new ArrayList<>(before.chunks());
      chunks.addAll(more.chunks());
      documents.add(new Document(more.id(), before.title(), chunks));
    } else {
      documents.add(more);
    }
  }

  private void handOver() {
    List<Document> part = List.copyOf(documents);
    documents.clear();
    characters = 0;
    whole = false;
    try {
      early.accept(part);
    } catch (RuntimeException e) {
      refusal = e;
      throw e;
    }
  }

  /// Returns whether an exception came from the one who takes the parts, and not from the file.
  boolean isRefusal(RuntimeException e) {
    return e == refusal;
  }

  @Override
  public void member(Item.Member member) {
    members.add(member);
  }

  /// Returns the item without what was handed over; nothing of a failed one is left.
  Item item(Ending ending) {
    // Bytes that did not come say nothing about the file: without a stamp, it is tried again.
    String stamp = ending.breakdown() == FailureKind.SOURCE ? "" : file.stamp();
    if (ending.outcome() instanceof Outcome.Failed) {
      return Item.without(file.id(), stamp, ending.outcome());
    }
    boolean blank = !cut && !ids.isEmpty();
    return new Item(
        file.id(),
        stamp,
        blank ? new Outcome.Skipped("empty") : ending.outcome(),
        whole ? parentsFirst(documents, Document::id) : documents,
        parentsFirst(members, Item.Member::id),
        mask.map(SecretMask::secrets).orElse(Secrets.NONE));
  }

  /// Puts a mail before its attachments: it is whole only after them.
  private static <T> List<T> parentsFirst(List<T> all, Function<T, DocumentId> idOf) {
    var ordered = new ArrayList<T>(all.size());
    for (T one : all) {
      int place = ordered.size();
      while (place > 0 && idOf.apply(ordered.get(place - 1)).isIn(idOf.apply(one))) {
        place--;
      }
      ordered.add(place, one);
    }
    return ordered;
  }
}
