package brimful.http.conversation;

import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.service.AskRequest;
import brimful.service.AskResult;
import brimful.service.FollowUp;
import brimful.view.AnswerJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes down a question that is asked within a conversation, and what comes of it. Records
/// nothing for a request that names no conversation.
///
/// What is closed without an end was stopped by its reader: the answer stays as far as it came.
public final class TurnRecorder implements AutoCloseable {
  private static final String CONVERSATION = "conversation";
  private static final String REPLACES = "replaces";

  /// Where a turn is written.
  private record Place(
      ConversationStore store, String owner, SavedConversation conversation, int turn) {
    PartialAnswer partial() {
      return store.partial(owner, conversation.id(), turn);
    }

    void end(ConversationTurn.State state, ObjectNode outcome) {
      store.end(owner, conversation.id(), turn, state, outcome);
    }
  }

  private final Optional<Place> place;
  private final Optional<PartialAnswer> file;
  private final StringBuilder said = new StringBuilder();
  private boolean ended;

  private TurnRecorder(Optional<Place> place) {
    this.place = place;
    file = place.map(Place::partial);
  }

  /// Begins to record a request. Its field `conversation` names the conversation, `replaces` the
  /// turn that it replaces, if any, with all that came after it.
  ///
  /// @throws UserError if there is no such conversation or turn, or it is being answered
  public static TurnRecorder of(ConversationStore store, String owner, JsonNode body) {
    String id = HttpJson.text(body, CONVERSATION, "");
    if (id.isEmpty() && body.hasNonNull(REPLACES)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "\"replaces\" is a turn of no conversation: name one in \"conversation\"");
    }
    if (id.isEmpty()) {
      return new TurnRecorder(Optional.empty());
    }
    int replaced = HttpJson.number(body, REPLACES, 0, Integer.MAX_VALUE);
    SavedConversation asked = store.ask(owner, id, body, replaced);
    return new TurnRecorder(
        Optional.of(new Place(store, owner, asked, asked.turns().getLast().id())));
  }

  /// Returns a request with the conversation that came before it.
  public AskRequest request(AskRequest asked) {
    return place.map(at -> FollowUp.of(asked, at.conversation().before(at.turn()))).orElse(asked);
  }

  /// Adds where the turn is kept to a part of an answer.
  public ObjectNode named(ObjectNode part) {
    place.ifPresent(at -> part.put(CONVERSATION, at.conversation().id()).put("turn", at.turn()));
    return part;
  }

  /// Keeps the evidence.
  public void evidence(ObjectNode evidence) {
    place.ifPresent(
        at -> at.store().keepEvidence(at.owner(), at.conversation().id(), at.turn(), evidence));
  }

  /// Receives a part of the answer.
  public void text(String delta) {
    said.append(delta);
    file.ifPresent(it -> it.add(delta));
  }

  /// Records a result that has no error.
  public void end(AskResult result) {
    ObjectNode outcome = AnswerJson.answer(result);
    outcome.set("receipt", AnswerJson.receipt(result));
    end(
        result instanceof AskResult.Evidence
            ? ConversationTurn.State.EVIDENCE
            : ConversationTurn.State.ANSWERED,
        outcome);
  }

  /// Records a failure, unless the turn was stopped.
  ///
  /// @param line what the reader is told
  public void fail(Supplier<String> line) {
    if (place.isPresent() && !ended && !Thread.currentThread().isInterrupted()) {
      end(ConversationTurn.State.FAILED, partial().put("problem", line.get()));
    }
  }

  private void end(ConversationTurn.State state, ObjectNode outcome) {
    ended = true;
    file.ifPresent(PartialAnswer::close);
    // An interrupted thread cannot write files, and a reader who has left interrupts it.
    boolean interrupted = Thread.interrupted();
    try {
      place.ifPresent(at -> at.end(state, outcome));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private ObjectNode partial() {
    return ConversationTurn.partial(said.toString());
  }

  @Override
  public void close() {
    if (!ended) {
      end(ConversationTurn.State.STOPPED, partial());
    }
  }
}
