package brimful.http;

import brimful.collection.library.Collection;
import brimful.corpus.UserError;
import brimful.http.edge.HttpJson;
import brimful.http.openai.ModelName;
import brimful.service.Backend;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;

/// The models of OpenAI's protocol, and clear refusals of its parts that no collection can serve.
final class ModelsApi {
  private static final String MODELS = "/v1/models";

  private final Backend backend;

  ModelsApi(Backend backend) {
    this.backend = backend;
  }

  List<Route> routes() {
    return List.of(
        Route.get(MODELS, this::list),
        Route.get(MODELS + "/{model}", this::one),
        Route.post(
            "/v1/completions",
            _ -> {
              throw lacking(
                  "/v1/completions is not served, as a prompt has no question: send messages to /v1/chat/completions");
            }));
  }

  private static UserError lacking(String line) {
    return new UserError(UserError.Kind.NOT_FOUND, line);
  }

  private void list(Context context) {
    ObjectNode node = HttpJson.object().put("object", "list");
    ArrayNode data = node.putArray("data");
    List<String> ids = backend.models().ids(backend.collections().tokenizer());
    for (Collection collection : backend.collections().collections()) {
      if (Caller.of(context).test(collection.name())) {
        String name = ModelName.PREFIX + collection.name();
        data.add(model(collection, name));
        ids.forEach(id -> data.add(model(collection, name + "/" + id)));
      }
    }
    HttpJson.send(context, HttpStatus.OK, node);
  }

  /// Answers for each name that can be asked, listed or not: with several collections, a known
  /// model, a budget.
  private void one(Context context) {
    String id = context.pathParam("model");
    ModelName name = ModelName.of(id);
    Caller caller = Caller.of(context);
    List<Collection> collections =
        name.collections().stream()
            .map(one -> backend.collections().collection(caller.allowed(one)))
            .toList();
    if (!name.model().isEmpty()) {
      var _ = backend.models().choose(name.model());
    }
    HttpJson.send(context, HttpStatus.OK, model(collections.getFirst(), id));
  }

  private static ObjectNode model(Collection collection, String id) {
    return HttpJson.object()
        .put("id", id)
        .put("object", "model")
        .put("created", collection.created().getEpochSecond())
        .put("owned_by", "brimful");
  }
}
