package brimful.ask;

import brimful.model.ApiKey;
import brimful.model.LocalRunner;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.pack.Window;
import brimful.pack.WindowImages;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// One request through LangChain4j; runs in the network's thread until the stream ends.
record ModelCall(
    ModelProfile profile,
    ApiKey key,
    int replyTokens,
    Settings.Thinking thinking,
    CallOptions options) {
  private static final String THINKING = "thinking";
  private static final String OLLAMA = LocalRunner.Kind.OLLAMA.display().toLowerCase(Locale.ROOT);
  private static final String LLAMA_CPP =
      LocalRunner.Kind.LLAMA_CPP.display().toLowerCase(Locale.ROOT);

  void run(Window window, Consumer<StreamEvent> pieces) {
    try {
      model(new Transport(pieces, ollamaTokens())).chat(messages(window), new Handler(pieces));
    } catch (RuntimeException e) {
      // This thread has no caller: a failure goes to the waiting thread.
      pieces.accept(new StreamEvent.Failure(e));
    }
  }

  private int ollamaTokens() {
    return profile.endpoint().family().equals(OLLAMA) && options.later().isEmpty()
        ? profile.limits().windowTokens()
        : 0;
  }

  private OpenAiStreamingChatModel model(Transport transport) {
    var builder =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(transport)
            .baseUrl(profile.endpoint().baseUrl())
            .modelName(profile.id())
            .returnThinking(true)
            .sendThinking(true);
    if (!key.isEmpty()) {
      builder.apiKey(key.value());
    }
    switch (profile.endpoint().replyField()) {
      case MAX_TOKENS -> builder.maxTokens(replyTokens);
      case MAX_COMPLETION_TOKENS -> builder.maxCompletionTokens(replyTokens);
    }
    var fields = new TreeMap<String, Object>(options.fields());
    if (thinking != Settings.Thinking.DEFAULT) {
      String type = thinking == Settings.Thinking.ON ? "enabled" : "disabled";
      fields.putIfAbsent(THINKING, Map.of("type", type));
    }
    if (profile.endpoint().family().equals(LLAMA_CPP)) {
      // It reports how much of the prompt it has read.
      fields.putIfAbsent("return_progress", true);
    }
    return builder.customParameters(fields).build();
  }

  private List<ChatMessage> messages(Window window) {
    List<String> texts = Messages.of(window, profile.cache());
    var messages = new ArrayList<ChatMessage>();
    if (!texts.getFirst().isBlank()) {
      messages.add(SystemMessage.from(texts.getFirst()));
    }
    for (int i = 1; i < texts.size(); i++) {
      messages.add(
          i % 2 == 0
              ? AiMessage.from(texts.get(i))
              : i + 1 == texts.size()
                  ? last(window, texts.get(i), options.images())
                  : UserMessage.from(texts.get(i)));
    }
    options.later().forEach(message -> messages.add(later(message)));
    return messages;
  }

  private static ChatMessage later(LaterMessage message) {
    return switch (message) {
      case LaterMessage.OfModel(
              String text,
              String reasoning,
              List<LaterMessage.ToolCall> calls) -> {
        var builder = AiMessage.builder().text(text);
        if (!reasoning.isEmpty()) {
          builder.thinking(reasoning);
        }
        yield builder
            .toolExecutionRequests(calls.stream().map(ModelCall::request).toList())
            .build();
      }
      case LaterMessage.OfTool(String callId, String text) ->
          ToolExecutionResultMessage.from(callId, "", text);
    };
  }

  private static ToolExecutionRequest request(LaterMessage.ToolCall call) {
    return ToolExecutionRequest.builder()
        .id(call.id())
        .name(call.name())
        .arguments(call.arguments())
        .build();
  }

  /// Returns the message that ends the prompt: the documents with their images, then the question,
  /// right behind its own images.
  private static UserMessage last(Window window, String text, List<String> own) {
    if (own.isEmpty() && window.images().images().isEmpty()) {
      return UserMessage.from(text);
    }
    var contents = new ArrayList<Content>();
    // A prefix may be in the same message.
    int start = text.length() - window.documents().length() - window.question().length();
    int from = 0;
    for (WindowImages.Image image : window.images().images()) {
      int at = start + image.at();
      contents.add(TextContent.from(text.substring(from, at)));
      contents.add(image(image.picture().base64(), image.picture().mediaType()));
      from = at;
    }
    int question = from == 0 ? 0 : text.length() - window.question().length();
    if (!own.isEmpty() && question > from) {
      contents.add(TextContent.from(text.substring(from, question)));
      from = question;
    }
    for (String url : own) {
      String mime = url.substring("data:".length(), url.indexOf(';'));
      contents.add(image(url.substring(url.indexOf(',') + 1), mime));
    }
    contents.add(TextContent.from(text.substring(from)));
    return UserMessage.from(contents);
  }

  /// The level must be said: LangChain4j's own is the lowest, at which small print is lost, and
  /// which none of our formulas counts.
  private static ImageContent image(String base64, String mime) {
    return ImageContent.from(base64, mime, ImageContent.DetailLevel.AUTO);
  }

  private record Handler(Consumer<StreamEvent> pieces) implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(String delta) {
      pieces.accept(new StreamEvent.Text(delta));
    }

    @Override
    public void onPartialThinking(PartialThinking delta) {
      pieces.accept(new StreamEvent.Reasoning(delta.text()));
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      // The transport has reported the end already, and whether it was regular.
    }

    @Override
    public void onError(Throwable cause) {
      pieces.accept(new StreamEvent.Failure(cause));
    }
  }
}
