package brimful.desk;

import brimful.answer.Answer;
import brimful.ask.Asker;
import brimful.ask.Cost;
import brimful.ask.ModelChoice;
import brimful.ask.Reply;
import brimful.collection.CollectionService;
import brimful.collection.OpenCollection;
import brimful.corpus.Chunk;
import brimful.corpus.DocumentId;
import brimful.corpus.Folding;
import brimful.corpus.UserError;
import brimful.index.Outline;
import brimful.index.Snapshot;
import brimful.pack.Format;
import brimful.pack.Layout;
import brimful.rank.Question;
import brimful.rank.Ranker;
import brimful.rank.Ranking;
import brimful.rank.Rescorer;
import brimful.token.TokenCounter;
import brimful.token.Tokenizers;
import brimful.window.Assembled;
import brimful.window.Budget;
import brimful.window.Filler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers inquiries about the collections of a library.
public final class Desk {
  private final CollectionService collections;
  private final Models models;
  private final TokenCounter counter;

  public Desk(CollectionService collections, Models models) {
    this.collections = collections;
    this.models = models;
    counter = Tokenizers.named(collections.tokenizer());
  }

  /// Hears an inquiry's way; called in the asking thread.
  public interface Listener extends Asker.Listener {
    /// Hears nothing: the whole answer is enough.
    Listener SILENT =
        new Listener() {
          @Override
          public void packed(Prepared prepared) {}

          @Override
          public void text(String delta) {}
        };

    /// The window is packed, and is sent next.
    void packed(Prepared prepared);
  }

  /// Returns the collections.
  public CollectionService collections() {
    return collections;
  }

  /// Returns the models.
  public Models models() {
    return models;
  }

  /// Returns the chunks that match best, best first.
  ///
  /// @param limit the most of them
  public List<Found> search(String collection, String question, int limit) {
    var asked = new Question(question);
    try (OpenCollection reading = collections.open(collection)) {
      Snapshot snapshot = reading.snapshot();
      int ranked = Math.max(limit, Ranker.chunkLimit(0));
      List<Ranking.RankedChunk> best =
          new Ranker().rank(asked, snapshot, ranked).chunks().stream().limit(limit).toList();
      List<Chunk> chunks = snapshot.read(best.stream().map(Ranking.RankedChunk::chunk).toList());
      var found = new ArrayList<Found>(chunks.size());
      for (int i = 0; i < chunks.size(); i++) {
        found.add(new Found(chunks.get(i), best.get(i).score()));
      }
      return found;
    }
  }

  /// Returns a document's chunks in order: all of its text.
  ///
  /// @throws UserError if the collection has no such document
  public List<Chunk> read(String collection, String document) {
    try (OpenCollection reading = collections.open(collection)) {
      Outline outline =
          find(reading.snapshot().outlines(), document)
              .orElseThrow(() ->
                  new UserError(
                      UserError.Kind.NOT_FOUND,
                      "collection %s has no document %s: search for it"
                          .formatted(collection, document)));
      return reading.snapshot().read(outline.chunks());
    }
  }

  /// Returns the document of a name, or else one whose name is the same when it is read: people
  /// compose letters that macOS decomposes.
  private static Optional<Outline> find(List<Outline> outlines, String document) {
    String folding = Folding.of(document);
    return outlines.stream()
        .filter(one -> one.document().value().equals(document))
        .findFirst()
        .or(() ->
            outlines.stream()
                .filter(one -> Folding.of(one.document().value()).equals(folding))
                .findFirst());
  }

  /// Returns the ids of a collection's documents, in order.
  public List<DocumentId> documents(String collection) {
    try (OpenCollection reading = collections.open(collection)) {
      return reading.snapshot().outlines().stream().map(Outline::document).toList();
    }
  }

  /// Chooses a model that can read what the collections here were counted for.
  ///
  /// @param model its name; empty for the server's own
  /// @throws UserError if there is none of that name, or it counts otherwise
  public ModelChoice choose(String model) {
    ModelChoice choice = models.choose(model);
    if (!choice.model().tokenizer().equals(collections.tokenizer())) {
      throw new UserError(
          UserError.Kind.USAGE,
          "model %s counts by %s, the collections here by %s: ask one of %s"
              .formatted(
                  choice.model().id(),
                  choice.model().tokenizer(),
                  collections.tokenizer(),
                  String.join(", ", models.ids(collections.tokenizer()))));
    }
    return choice;
  }

  /// Fills the window for an inquiry.
  ///
  /// @throws UserError if the collection holds no text, or the model or the budget will not do
  public Prepared pack(Inquiry inquiry, Format format) {
    ModelChoice choice = choose(inquiry.model());
    int usable = choice.promptTokens() - Images.tokens(inquiry.images().size());
    Inquiry whole = new Conversation(counter).fit(inquiry, usable);
    var task =
        new Filler.Task(
            whole.prompt(),
            whole.query(),
            Budget.parse(whole.budget(), usable),
            format,
            Layout.CANONICAL);
    try (OpenCollection reading = collections.open(inquiry.collection())) {
      if (reading.snapshot().outlines().isEmpty()) {
        throw new UserError(
            UserError.Kind.UNANSWERABLE,
            "collection %s holds no text yet: add a source, or wait for its job"
                .formatted(inquiry.collection()));
      }
      var arrival = new Filler.Arrival(reading.ingested(), Duration.ZERO);
      Assembled assembled =
          new Filler(counter, Rescorer.NONE).fill(task, reading.snapshot(), arrival, _ -> {});
      long tokens =
          (long) assembled.window().tokens()
              + choice.model().limits().templateTokens()
              + Images.tokens(inquiry.images().size());
      return new Prepared(
          assembled,
          choice,
          Cost.estimate(choice.model(), tokens, choice.replyTokens(), Instant.now()));
    }
  }

  /// Fills the window for an inquiry and checks that it may be sent.
  public Prepared prepare(Inquiry inquiry) {
    Prepared prepared = pack(inquiry, Format.XML);
    ModelChoice choice = prepared.choice();
    Images.check(inquiry.images(), choice.model());
    double most = models.settings().spendUsdMax().doubleValue();
    if (prepared.isConnected() && prepared.cost().mostUsd() > most) {
      throw new UserError(
          UserError.Kind.UNPAID,
          "to ask %s may cost %s, more than this server's limit of %s: lower the budget, or raise spend_usd_max there"
              .formatted(
                  choice.model().id(),
                  Cost.display(prepared.cost().mostUsd()),
                  Cost.display(most)));
    }
    return prepared;
  }

  /// Sends a window to its model, if there is one, and checks what it cites.
  public Asked send(Inquiry inquiry, Prepared prepared, Listener listener) {
    ModelChoice choice = prepared.choice();
    listener.packed(prepared);
    if (choice.key().isEmpty()) {
      return new Asked.Evidence(
          prepared,
          "no model is connected, so this is the best of the evidence: set %s where the server runs, or start a local runner there"
              .formatted(choice.model().endpoint().keyVariable()));
    }
    Instant sent = Instant.now();
    Reply reply =
        new Asker(choice.model(), choice.key().get(), models.settings())
            .ask(prepared.assembled().window(), inquiry.images(), listener);
    String text =
        switch (reply) {
          case Reply.Answered answered -> answered.text();
          case Reply.CutOff cut -> cut.text();
          case Reply.Refused _ -> "";
        };
    double usd =
        reply instanceof Reply.Answered answered
            ? Cost.of(choice.model(), answered.usage(), sent)
            : 0;
    return new Asked.Replied(prepared, reply, Answer.of(text, prepared.assembled().window()), usd);
  }

  /// Fills the window for an inquiry, and asks the model, if there is one.
  public Asked ask(Inquiry inquiry, Listener listener) {
    return send(inquiry, prepare(inquiry), listener);
  }
}
