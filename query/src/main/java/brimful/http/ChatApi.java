package brimful.http;

import brimful.ask.Reply;
import brimful.collection.Collection;
import brimful.corpus.Chunk;
import brimful.corpus.UserError;
import brimful.desk.Asked;
import brimful.desk.Desk;
import brimful.desk.Inquiry;
import brimful.desk.Prepared;
import brimful.pack.Prompt;
import brimful.rank.Question;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// OpenAI's protocol: a model that has read a collection is called `brimful/COLLECTION`, or
/// `brimful/COLLECTION/MODEL`.
///
/// The last message of the user is the question; what was said before goes along, all of it or, if
/// it is long, what matters of it. Citations and the receipt are in the field `brimful` of the last
/// chunk, which other clients pass over.
final class ChatApi {
  private static final String PREFIX = "brimful/";

  /// With fewer words, a question mostly goes on about what was asked before.
  private static final int FEW_WORDS = 12;

  private static final Pattern WORD = Pattern.compile("\\S++");

  private final Desk desk;
  private final Asks asks;

  ChatApi(Desk desk, Asks asks) {
    this.desk = desk;
    this.asks = asks;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/models", this::models), Route.post("/v1/chat/completions", this::chat));
  }

  private void models(Context context) {
    ObjectNode node = Json.object().put("object", "list");
    ArrayNode data = node.putArray("data");
    List<String> ids = desk.models().ids(desk.collections().tokenizer());
    for (Collection collection : desk.collections().collections()) {
      if (Caller.of(context).test(collection.name())) {
        data.add(model(collection, PREFIX + collection.name()));
        ids.forEach(id -> data.add(model(collection, PREFIX + collection.name() + "/" + id)));
      }
    }
    Json.send(context, HttpStatus.OK, node);
  }

  private static ObjectNode model(Collection collection, String id) {
    return Json.object()
        .put("id", id)
        .put("object", "model")
        .put("created", collection.created().getEpochSecond())
        .put("owned_by", "brimful");
  }

  private void chat(Context context) {
    JsonNode body = Json.body(context);
    Inquiry inquiry = inquiry(Caller.of(context), body);
    desk.collections().collection(inquiry.collection());
    var reply = new Frame("chatcmpl-" + UUID.randomUUID(), Json.text(body, "model"));
    if (body.path("stream").asBoolean(false)) {
      stream(
          context, inquiry, reply, body.path("stream_options").path("include_usage").asBoolean());
    } else {
      whole(context, inquiry, reply);
    }
  }

  /// What every piece of a reply repeats.
  private record Frame(String id, String model) {
    ObjectNode object(String kind) {
      return Json.object()
          .put("id", id)
          .put("object", kind)
          .put("created", Instant.now().getEpochSecond())
          .put("model", model);
    }

    ObjectNode chunk(ObjectNode delta, Optional<String> finish) {
      ObjectNode node = object("chat.completion.chunk");
      ObjectNode choice = node.putArray("choices").addObject().put("index", 0);
      choice.set("delta", delta);
      choice.put("finish_reason", finish.orElse(null));
      return node;
    }
  }

  private void whole(Context context, Inquiry inquiry, Frame frame) {
    Asked asked = asks.ask(Caller.of(context), inquiry, Desk.Listener.SILENT);
    refusal(asked)
        .ifPresent(error -> {
          throw error;
        });
    ObjectNode node = frame.object("chat.completion");
    ObjectNode choice = node.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text(asked));
    choice.put("finish_reason", finish(asked));
    node.set("usage", usage(asked));
    node.set("brimful", extras(asked));
    Json.send(context, HttpStatus.OK, node);
  }

  private void stream(Context context, Inquiry inquiry, Frame frame, boolean withUsage) {
    Caller caller = Caller.of(context);
    try (Events events = Events.open(context)) {
      try {
        events.data(
            frame.chunk(
                Json.object().put("role", "assistant").put("content", ""), Optional.empty()));
        Asked asked =
            asks.ask(
                caller,
                inquiry,
                new Desk.Listener() {
                  @Override
                  public void packed(Prepared prepared) {}

                  @Override
                  public void text(String delta) {
                    events.data(frame.chunk(Json.object().put("content", delta), Optional.empty()));
                  }

                  @Override
                  public void reasoning(String delta) {
                    events.data(
                        frame.chunk(
                            Json.object().put("reasoning_content", delta), Optional.empty()));
                  }
                });
        end(events, asked, frame, withUsage);
      } catch (RuntimeException e) {
        events.data(Problems.of(e).openAi());
      }
      events.data("[DONE]");
    }
  }

  private static void end(Events events, Asked asked, Frame frame, boolean withUsage) {
    Optional<UserError> refusal = refusal(asked);
    if (refusal.isPresent()) {
      events.data(Problems.of(refusal.get()).openAi());
      return;
    }
    if (asked instanceof Asked.Evidence) {
      events.data(frame.chunk(Json.object().put("content", text(asked)), Optional.empty()));
    }
    ObjectNode last = frame.chunk(Json.object(), Optional.of(finish(asked)));
    last.set("brimful", extras(asked));
    events.data(last);
    if (withUsage) {
      ObjectNode usage = frame.object("chat.completion.chunk");
      usage.putArray("choices");
      usage.set("usage", usage(asked));
      events.data(usage);
    }
  }

  private static Optional<UserError> refusal(Asked asked) {
    return asked instanceof Asked.Replied replied
        ? Asks.refusal(replied.reply())
        : Optional.empty();
  }

  private static String finish(Asked asked) {
    return asked instanceof Asked.Replied replied
            && replied.reply() instanceof Reply.Answered answered
            && !answered.finish().isEmpty()
        ? answered.finish()
        : "stop";
  }

  /// Returns the answer; where no model gives one, the evidence in Markdown.
  private static String text(Asked asked) {
    return switch (asked) {
      case Asked.Replied replied -> replied.answer().text();
      case Asked.Evidence evidence -> {
        var text = new StringBuilder(evidence.notice()).append("\n");
        for (Chunk chunk : evidence.prepared().assembled().best()) {
          String fence = "`".repeat(Math.max(3, longestFence(chunk.text()) + 1));
          text.append(
              "\n**%s:%s**\n\n%s\n%s\n%s\n"
                  .formatted(
                      chunk.document().value(),
                      chunk.locator().display(),
                      fence,
                      chunk.text(),
                      fence));
        }
        yield text.toString();
      }
    };
  }

  /// A document's own fences must not end ours.
  private static int longestFence(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static ObjectNode usage(Asked asked) {
    long prompt = asked.prepared().assembled().window().tokens();
    long cached = 0;
    long completion = 0;
    if (asked instanceof Asked.Replied replied
        && replied.reply() instanceof Reply.Answered answered
        && answered.usage().reported()) {
      prompt = answered.usage().prompt();
      cached = answered.usage().cached();
      completion = answered.usage().completion();
    }
    ObjectNode node =
        Json.object()
            .put("prompt_tokens", prompt)
            .put("completion_tokens", completion)
            .put("total_tokens", prompt + completion);
    node.putObject("prompt_tokens_details").put("cached_tokens", cached);
    return node;
  }

  private static ObjectNode extras(Asked asked) {
    ObjectNode node = Json.object();
    ArrayNode citations = node.putArray("citations");
    if (asked instanceof Asked.Replied replied) {
      replied.answer().citations().forEach(one -> citations.add(DeskApi.citation(one)));
    }
    node.set("receipt", DeskApi.receipt(asked));
    return node;
  }

  private static Inquiry inquiry(Caller caller, JsonNode body) {
    String[] names = Json.text(body, "model").split("/", 3);
    if (names.length < 2 || !(names[0] + "/").equals(PREFIX)) {
      throw new UserError(
          UserError.Kind.NOT_FOUND,
          "model \"%s\": say brimful/COLLECTION or brimful/COLLECTION/MODEL, see /v1/models"
              .formatted(Json.text(body, "model")));
    }
    JsonNode messages = body.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw new UserError(UserError.Kind.USAGE, "no \"messages\": send at least the question");
    }
    var instructions = new StringBuilder(Prompt.INSTRUCTIONS);
    var turns = new ArrayList<Inquiry.Turn>();
    JsonNode last = messages.get(messages.size() - 1);
    if (!last.path("role").asText().equals("user")) {
      throw new UserError(UserError.Kind.USAGE, "the last message is not the user's: end with it");
    }
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String role = message.path("role").asText();
      switch (role) {
        case "system", "developer" -> instructions.append(content(message).strip()).append('\n');
        case "user", "assistant", "tool" -> {
          if (i + 1 < messages.size()) {
            turns.add(new Inquiry.Turn(role, content(message)));
          }
        }
        default ->
            throw new UserError(
                UserError.Kind.USAGE, "role \"%s\": say system, user or assistant".formatted(role));
      }
    }
    String question = Question.checked(content(last));
    return new Inquiry(
        caller.allowed(names[1]),
        new Prompt(instructions.toString(), question),
        query(question, turns),
        names.length == 3 ? names[2] : "",
        "",
        images(last),
        turns);
  }

  /// Returns what to look for: the question, and for a short one what was asked before, which it
  /// mostly goes on about.
  private static String query(String question, List<Inquiry.Turn> turns) {
    long words = WORD.matcher(question).results().limit(FEW_WORDS).count();
    String before =
        turns.stream()
            .filter(turn -> turn.speaker().equals("user"))
            .reduce((_, next) -> next)
            .map(Inquiry.Turn::text)
            .orElse("");
    return words < FEW_WORDS && !before.isBlank()
        ? Question.beginning(question + "\n" + before)
        : question;
  }

  private static String content(JsonNode message) {
    JsonNode content = message.path("content");
    if (content.isTextual()) {
      return content.asText();
    }
    var text = new StringBuilder();
    for (JsonNode part : content) {
      switch (part.path("type").asText()) {
        case "text", "input_text" -> text.append(part.path("text").asText()).append('\n');
        case "image_url" -> {
          // Taken from the last message only; of an older one, that it was there.
          text.append("[image]\n");
        }
        default ->
            throw new UserError(
                UserError.Kind.USAGE,
                "content of type \"%s\": send text or image_url"
                    .formatted(part.path("type").asText()));
      }
    }
    return text.toString();
  }

  private static List<String> images(JsonNode message) {
    var images = new ArrayList<String>();
    if (message.path("content").isArray()) {
      for (JsonNode part : message.path("content")) {
        if (part.path("type").asText().equals("image_url")) {
          images.add(part.path("image_url").path("url").asText());
        }
      }
    }
    return images;
  }
}
