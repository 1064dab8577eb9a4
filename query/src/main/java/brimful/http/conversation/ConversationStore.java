package brimful.http.conversation;

import brimful.corpus.Sha256;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.store.AtomicFile;
import brimful.store.Damage;
import brimful.store.Disk;
import brimful.store.Folders;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps conversations in files, a folder an owner: `ID/conversation.json`, and the evidence of
/// turn N as `ID/evidence-N.json.gz`, which is read only when it is shown. While turn N is
/// answered, `ID/answer-N.part` has what came, for the case that the server is killed.
///
/// A conversation belongs to the account that began it. To others it looks nonexistent, unless it
/// is shared. One server at a time writes the folder. Safe for many threads.
public final class ConversationStore {
  private static final Logger LOG = LoggerFactory.getLogger(ConversationStore.class);

  private static final String FILE = "conversation.json";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final int ID_BYTES = 16;
  private static final int CONVERSATIONS_MAX = 10_000;

  private final Path folder;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /// The last server may have ended while it answered: what began before this one runs no more.
  private final Instant started;

  public ConversationStore(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    started = clock.instant();
  }

  /// Begins a conversation.
  public synchronized SavedConversation create(String owner) {
    if (ids(owner).size() >= CONVERSATIONS_MAX) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "there are %s conversations: delete some first".formatted(CONVERSATIONS_MAX));
    }
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return write(SavedConversation.fresh(HexFormat.of().formatHex(bytes), owner, clock.instant()));
  }

  /// Returns an owner's conversations that have a text, the latest first.
  ///
  /// @param text empty for all
  public List<SavedConversation> list(String owner, String text) {
    return ids(owner).stream()
        .flatMap(id -> read(folder(owner), id).stream())
        .filter(one -> text.isBlank() || one.has(text.strip()))
        .sorted(
            Comparator.comparing(SavedConversation::updated)
                .reversed()
                .thenComparing(SavedConversation::id))
        .toList();
  }

  /// Returns the conversations of all owners.
  public List<SavedConversation> all() {
    var all = new ArrayList<SavedConversation>();
    for (Path owner : children(folder)) {
      for (Path one : children(owner)) {
        read(owner, String.valueOf(one.getFileName())).ifPresent(all::add);
      }
    }
    all.sort(Comparator.comparing(SavedConversation::created));
    return all;
  }

  /// Returns a conversation of an owner.
  public SavedConversation own(String owner, String id) {
    return find(owner, id).orElseThrow(() -> unknown(id));
  }

  /// Returns a conversation that its reader owns, or that is shared with it.
  ///
  /// @param opens whether the reader may use a collection
  public SavedConversation readable(String reader, String id, Predicate<String> opens) {
    return find(reader, id)
        .or(() ->
            children(folder).stream()
                .filter(_ -> ID.matcher(id).matches())
                .flatMap(owner -> read(owner, id).stream())
                .filter(one -> one.shared() && one.collections().stream().allMatch(opens))
                .findFirst())
        .orElseThrow(() -> unknown(id));
  }

  private Optional<SavedConversation> find(String owner, String id) {
    return ID.matcher(id).matches() ? read(folder(owner), id) : Optional.empty();
  }

  private static UserError unknown(String id) {
    return new UserError(
        UserError.Kind.NOT_FOUND,
        "no conversation is called %s: it was deleted, or is not shared with you".formatted(id));
  }

  /// Begins a turn of an owner's conversation.
  ///
  /// @param body the request
  /// @param replaced the turn that it replaces, with all that came after it; 0 for none
  /// @throws UserError if the conversation is being answered
  public synchronized SavedConversation ask(String owner, String id, JsonNode body, int replaced) {
    SavedConversation before = own(owner, id);
    if (before.isRunning()) {
      throw new UserError(
          UserError.Kind.CONFLICT,
          "conversation %s is being answered: wait, or stop that answer".formatted(id));
    }
    SavedConversation after = write(before.asked(body, replaced, clock.instant()));
    before.turns().stream()
        .filter(turn -> !after.turns().contains(turn))
        .forEach(turn -> drop(evidenceFile(folder(owner), id, turn.id())));
    if (!before.turns().isEmpty()) {
      // What a killed server left is now in the conversation itself.
      drop(partialFile(folder(owner), id, before.turns().getLast().id()));
    }
    return after;
  }

  private static void drop(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("a file of an ended answer stays file={} cause={}", file, e.toString());
    }
  }

  /// Keeps what a person thought of a turn.
  public void rate(String owner, String id, int turn, Feedback feedback) {
    change(owner, id, turn, rated -> rated.with(feedback));
  }

  /// Changes a turn of an owner's conversation. Does nothing if it is gone.
  private synchronized void change(
      String owner, String id, int turn, UnaryOperator<ConversationTurn> change) {
    find(owner, id).ifPresent(one -> write(one.changed(turn, change)));
  }

  /// Returns the file that an answer grows in.
  PartialAnswer partial(String owner, String id, int turn) {
    return new PartialAnswer(partialFile(folder(owner), id, turn));
  }

  private static Path partialFile(Path owner, String id, int turn) {
    return owner.resolve(id).resolve("answer-%s.part".formatted(turn));
  }

  /// Ends a turn. Does nothing if the conversation is gone.
  public void end(
      String owner, String id, int turn, ConversationTurn.State state, ObjectNode outcome) {
    change(owner, id, turn, running -> running.ended(state, outcome));
    drop(partialFile(folder(owner), id, turn));
  }

  public synchronized SavedConversation rename(String owner, String id, String title) {
    return write(own(owner, id).renamed(title, clock.instant()));
  }

  public synchronized SavedConversation share(String owner, String id, boolean shared) {
    return write(own(owner, id).shared(shared));
  }

  public synchronized void delete(String owner, String id) {
    own(owner, id);
    Path gone = folder(owner).resolve(id);
    try {
      Folders.delete(gone);
    } catch (IOException e) {
      throw Disk.failure(e, gone, "the conversation", "cannot delete %s".formatted(gone));
    }
  }

  /// Keeps the evidence of a turn. Does nothing if the conversation is gone.
  public synchronized void keepEvidence(String owner, String id, int turn, ObjectNode evidence) {
    if (find(owner, id).isEmpty()) {
      return;
    }
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(HttpJson.bytes(evidence));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(evidenceFile(folder(owner), id, turn), packed.toByteArray());
  }

  /// Returns the evidence of a turn; empty if it came to none.
  public Optional<JsonNode> evidence(SavedConversation conversation, int turn) {
    Path file = evidenceFile(folder(conversation.owner()), conversation.id(), turn);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      return Optional.of(HttpJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(file), e);
    }
  }

  private static Path evidenceFile(Path owner, String id, int turn) {
    return owner.resolve(id).resolve("evidence-%s.json.gz".formatted(turn));
  }

  private Path folder(String owner) {
    return folder.resolve(Sha256.hex(owner).substring(0, 2 * ID_BYTES));
  }

  private List<String> ids(String owner) {
    return children(folder(owner)).stream()
        .map(path -> String.valueOf(path.getFileName()))
        .filter(name -> ID.matcher(name).matches())
        .toList();
  }

  private static List<Path> children(Path of) {
    try (Stream<Path> paths = Files.list(of)) {
      return paths.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: make it readable".formatted(of), e);
    }
  }

  private Optional<SavedConversation> read(Path owner, String id) {
    Path file = owner.resolve(id).resolve(FILE);
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: make it readable".formatted(file), e);
    }
    try {
      return Optional.of(stopped(owner, SavedConversation.read(HttpJson.read(text))));
    } catch (RuntimeException e) {
      setAside(file, e);
      return Optional.empty();
    }
  }

  private static void setAside(Path file, RuntimeException why) {
    try {
      LOG.warn(
          "conversation is damaged, set aside file={} cause={}",
          Damage.setAside(file),
          why.toString());
    } catch (IOException e) {
      LOG.warn("conversation is damaged file={} cause={}", file, e.toString());
    }
  }

  private SavedConversation stopped(Path owner, SavedConversation read) {
    if (!read.isRunning() || !read.updated().isBefore(started)) {
      return read;
    }
    int last = read.turns().getLast().id();
    String answer = PartialAnswer.read(partialFile(owner, read.id(), last));
    return read.changed(last, turn -> turn.interrupted(answer));
  }

  private SavedConversation write(SavedConversation conversation) {
    Path file = folder(conversation.owner()).resolve(conversation.id()).resolve(FILE);
    write(file, HttpJson.bytes(conversation.json().put("owner", conversation.owner())));
    return conversation;
  }

  private static void write(Path file, byte[] bytes) {
    try {
      AtomicFile.write(file, bytes);
    } catch (IOException e) {
      throw Disk.failure(
          e, file, "the conversation", "cannot write %s: make its folder writable".formatted(file));
    }
  }
}
