package brimful.http;

import brimful.corpus.UserError;
import brimful.http.conversation.ConversationExport;
import brimful.http.conversation.ConversationStore;
import brimful.http.conversation.Feedback;
import brimful.http.conversation.SavedConversation;
import brimful.http.edge.HttpJson;
import brimful.http.key.Right;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;

/// Serves `/v1/conversations`, and what people thought of the answers. Questions are asked at
/// `/v1/ask`, which takes the id of a conversation.
///
/// A conversation is its caller's own; others read it if it is shared and they may use all its
/// collections.
final class ConversationsApi {
  private static final String CONVERSATIONS = "/v1/conversations";
  private static final String ONE = CONVERSATIONS + "/{conversation}";
  private static final String TURN = ONE + "/turns/{turn}";
  private static final List<String> CHANGES = List.of("title", "shared");

  private final ConversationStore store;

  ConversationsApi(ConversationStore store) {
    this.store = store;
  }

  List<Route> routes() {
    return List.of(
        Route.get(CONVERSATIONS, this::list),
        Route.post(CONVERSATIONS, this::create),
        Route.get(ONE, this::get),
        Route.patch(ONE, this::change),
        Route.delete(ONE, this::delete),
        Route.get(ONE + "/export.md", this::markdown),
        Route.get(ONE + "/export.json", this::json),
        Route.get(TURN + "/evidence", this::evidence),
        Route.put(TURN + "/feedback", this::feedback),
        Route.get("/v1/feedback.jsonl", context -> feedback(context, false)),
        Route.get("/v1/feedback/questions.jsonl", context -> feedback(context, true)));
  }

  private static String owner(Context context) {
    return Caller.of(context).account().id();
  }

  private static String id(Context context) {
    return context.pathParam("conversation");
  }

  private static int turn(Context context) {
    String turn = context.pathParam("turn");
    if (!turn.matches("[1-9]\\d{0,8}")) {
      throw new UserError(
          UserError.Kind.USAGE, "turn \"%s\": give the number of one".formatted(turn));
    }
    return Integer.parseInt(turn);
  }

  private SavedConversation readable(Context context) {
    Caller caller = Caller.of(context);
    return store.readable(caller.account().id(), id(context), caller);
  }

  private void list(Context context) {
    String text = Optional.ofNullable(context.queryParam("query")).orElse("");
    HttpJson.send(
        context,
        HttpStatus.OK,
        Pagination.of(
            context,
            store.list(owner(context), text),
            SavedConversation::id,
            SavedConversation::head));
  }

  private void create(Context context) {
    JsonNode body = HttpJson.bodyIfAny(context);
    HttpJson.requireOnly(body, List.of("title"));
    SavedConversation created = store.create(owner(context));
    if (body.has("title")) {
      created = store.rename(owner(context), created.id(), HttpJson.text(body, "title"));
    }
    HttpJson.send(context, HttpStatus.CREATED, created.head());
  }

  private void get(Context context) {
    SavedConversation conversation = readable(context);
    HttpJson.send(
        context,
        HttpStatus.OK,
        conversation.json().put("own", conversation.owner().equals(owner(context))));
  }

  private void change(Context context) {
    JsonNode body = HttpJson.body(context);
    HttpJson.requireOnly(body, CHANGES);
    SavedConversation conversation = store.own(owner(context), id(context));
    if (body.has("title")) {
      conversation = store.rename(owner(context), id(context), HttpJson.text(body, "title"));
    }
    if (body.has("shared")) {
      conversation = store.share(owner(context), id(context), HttpJson.flag(body, "shared", false));
    }
    HttpJson.send(context, HttpStatus.OK, conversation.head());
  }

  private void delete(Context context) {
    store.delete(owner(context), id(context));
    context.status(HttpStatus.NO_CONTENT);
  }

  private void markdown(Context context) {
    context
        .status(HttpStatus.OK)
        .contentType("text/markdown; charset=utf-8")
        .header("Content-Disposition", "attachment; filename=\"conversation.md\"")
        .result(ConversationExport.markdown(readable(context)));
  }

  private void json(Context context) {
    context.header("Content-Disposition", "attachment; filename=\"conversation.json\"");
    HttpJson.send(context, HttpStatus.OK, readable(context).json());
  }

  private void evidence(Context context) {
    SavedConversation conversation = readable(context);
    int turn = conversation.turn(turn(context)).id();
    JsonNode evidence =
        store
            .evidence(conversation, turn)
            .orElseThrow(() ->
                new UserError(
                    UserError.Kind.NOT_FOUND,
                    "turn %s has no evidence: it ended before its window was packed"
                        .formatted(turn)));
    HttpJson.send(context, HttpStatus.OK, evidence);
  }

  private void feedback(Context context) {
    Feedback feedback = Feedback.of(HttpJson.body(context));
    int turn = store.own(owner(context), id(context)).turn(turn(context)).id();
    store.rate(owner(context), id(context), turn, feedback);
    ObjectNode node = HttpJson.object().put("turn", turn);
    node.put("thumb", feedback.thumb()).put("note", feedback.note());
    HttpJson.send(context, HttpStatus.OK, node);
  }

  /// Sends the caller's own feedback; with `all=true`, everybody's, to whoever operates the server.
  ///
  /// @param asQuestions in the form that `brimful eval` reads
  private void feedback(Context context, boolean asQuestions) {
    boolean all = "true".equals(context.queryParam("all"));
    if (all) {
      Caller.of(context).require(Right.OPERATE);
    }
    List<SavedConversation> conversations = all ? store.all() : store.list(owner(context), "");
    context
        .status(HttpStatus.OK)
        .contentType("application/x-ndjson")
        .result(
            asQuestions
                ? ConversationExport.questions(conversations)
                : ConversationExport.feedback(conversations, store));
  }
}
