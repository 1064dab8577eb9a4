package brimful.ask;

import brimful.model.ApiKey;
import brimful.model.ModelProfile;
import brimful.model.Settings;
import brimful.pack.Window;
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

  void run(Window window, Consumer<StreamEvent> pieces) {
    try {
      model(new Transport(pieces)).chat(messages(window), new Handler(pieces));
    } catch (RuntimeException e) {
      // This thread has no caller: a failure goes to the waiting thread.
      pieces.accept(new StreamEvent.Failure(e));
    }
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
              : user(texts.get(i), i + 1 == texts.size() ? options.images() : List.of()));
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

  private static UserMessage user(String text, List<String> images) {
    if (images.isEmpty()) {
      return UserMessage.from(text);
    }
    var contents = new ArrayList<Content>();
    for (String image : images) {
      String mime = image.substring("data:".length(), image.indexOf(';'));
      contents.add(ImageContent.from(image.substring(image.indexOf(',') + 1), mime));
    }
    contents.add(TextContent.from(text));
    return UserMessage.from(contents);
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
