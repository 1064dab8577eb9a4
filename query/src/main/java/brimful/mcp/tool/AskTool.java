package brimful.mcp.tool;

import brimful.answer.Answer;
import brimful.answer.Citation;
import brimful.ask.Reply;
import brimful.corpus.Counted;
import brimful.corpus.UserError;
import brimful.model.Cost;
import brimful.model.Usage;
import brimful.pack.Window;
import brimful.service.AskRequest;
import brimful.service.AskResult;
import brimful.service.UpstreamErrors;
import brimful.view.AnswerJson;
import brimful.view.JsonTrees;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Lets the server's model answer a question.
final class AskTool implements Tool {
  /// The key of the receipt and the checked citations in a result's metadata, for programs.
  static final String RECEIPT = "brimful/receipt";

  static final int BUDGET_MIN = 500;
  static final int BUDGET_MAX = 10_000_000;

  /// Nobody watches the spending here, so by default the window ends where more evidence does not
  /// pay.
  private static final String BUDGET = "auto";

  @Override
  public String name() {
    return "ask";
  }

  @Override
  public String title() {
    return "Ask about documents";
  }

  @Override
  public String description() {
    return """
    Has a model of the server's answer a question about a collection's documents, from a window that is filled \
    with far more evidence than a tool can return, and checks every citation of the answer against it. Costs money \
    and up to minutes. Where the server has no model, the best evidence comes back instead. With exhaustive, it reads \
    every document, window by window, for questions that want all there is (list all, how many): that costs more.\
    """;
  }

  @Override
  public Map<String, Object> properties() {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("question", ToolSchemas.text("The question, in any language."));
    properties.put("collection", ToolSchemas.COLLECTION);
    properties.put("scope", ToolSchemas.SCOPE);
    properties.put(
        "model", ToolSchemas.text("The model that answers; the server's own if left out."));
    properties.put(
        "budget",
        ToolSchemas.number(
            BUDGET_MIN,
            BUDGET_MAX,
            "The most tokens that the model reads; as many as pay if left out."));
    properties.put(
        "exhaustive",
        ToolSchemas.flag(
            "Reads all of the collection, and not the best of it. Only with max_cost_usd; first ask the person."));
    properties.put(
        EverythingRead.LIMIT,
        ToolSchemas.amount(
            "With exhaustive: the most that it may cost, in USD. Below the estimate, nothing is sent, and the estimate comes back."));
    properties.put(
        EverythingRead.RETRY,
        ToolSchemas.flag("With exhaustive: asks again for what failed in an earlier call."));
    return properties;
  }

  @Override
  public List<String> required() {
    return List.of("question");
  }

  @Override
  public boolean isPaid() {
    return true;
  }

  @Override
  public McpSchema.CallToolResult run(ToolCall call) {
    if (call.flag("exhaustive")) {
      return new EverythingRead(call).run();
    }
    requireNoneOfAll(call);
    String budget =
        call.has("budget")
            ? Integer.toString(call.number("budget", BUDGET_MIN, BUDGET_MIN, BUDGET_MAX))
            : BUDGET;
    AskRequest request =
        AskRequest.of(call.corpus(), call.text("question"), call.text("model", ""), budget);
    AskResult result = call.backend().service().ask(request, call.spender(), new Heartbeat(call));
    return switch (result) {
      case AskResult.Evidence evidence -> evidence(evidence);
      case AskResult.Replied replied -> replied(replied, call);
    };
  }

  /// @throws UserError if there is an argument of reading everything
  private static void requireNoneOfAll(ToolCall call) {
    if (call.has(EverythingRead.LIMIT)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s without exhaustive: the model of one window is paid by the token, leave it out"
              .formatted(EverythingRead.LIMIT));
    }
    if (call.flag(EverythingRead.RETRY)) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s without exhaustive: one window has nothing to go on with, leave it out"
              .formatted(EverythingRead.RETRY));
    }
  }

  private static McpSchema.CallToolResult evidence(AskResult.Evidence evidence) {
    String text = Passages.text(evidence.prepared().assembled().best());
    return ToolResults.text(evidence.notice(), text);
  }

  private static McpSchema.CallToolResult replied(AskResult.Replied replied, ToolCall call) {
    return switch (replied.reply()) {
      case Reply.Refused _ ->
          McpErrors.result(
              call.isRemote() ? UpstreamErrors.forCaller(replied) : replied.error().orElseThrow());
      case Reply.CutOff(_, String cause) ->
          answered(replied, "the answer broke off, %s".formatted(cause), call);
      case Reply.Answered answered -> answered(replied, answered.publicNotice().orElse(""), call);
    };
  }

  private static McpSchema.CallToolResult answered(
      AskResult.Replied replied, String notice, ToolCall call) {
    Window window = replied.prepared().assembled().window();
    ObjectNode receipt = AnswerJson.receipt(replied);
    receipt.put("window", PackTool.receipt(window));
    receipt.set("citations", AnswerJson.citations(replied.answer()));
    String account = account(replied);
    call.client().log(LogLevel.INFO, account);
    // The answer is paid for, so it must be what every host shows: text.
    return ToolResults.text(
        Map.of(RECEIPT, JsonTrees.map(receipt)),
        replied.answer().text(),
        notice,
        EverythingRead.hint(replied.prepared(), call),
        citations(replied.answer()),
        account);
  }

  private static String account(AskResult.Replied replied) {
    String model = replied.prepared().choice().model().id();
    if (!(replied.reply() instanceof Reply.Answered answered)
        || !answered.usage().reported()
        || replied.lost().isPresent()) {
      return replied.lost().orElse("%s did not say what it used".formatted(model));
    }
    Usage usage = replied.paid().usage();
    return String.format(
        Locale.ROOT,
        "%s read %,d tokens, %,d of them cached, and wrote %,d for %s",
        model,
        usage.prompt(),
        usage.cached(),
        usage.completion(),
        replied.prepared().cost().known()
            ? Cost.display(replied.paid().usd())
            : "an unknown price");
  }

  static String citations(Answer answer) {
    return answer.citations().isEmpty()
        ? "the answer cites nothing"
        : String.format(
            Locale.ROOT,
            "%,d of %s verified\n%s",
            answer.verified(),
            Counted.of(answer.citations().size(), "citation"),
            answer.citations().stream().map(Citation::line).collect(Collectors.joining("\n")));
  }
}
