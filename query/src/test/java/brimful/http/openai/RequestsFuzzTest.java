package brimful.http.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import brimful.corpus.UserError;
import brimful.model.ModelCatalog;
import brimful.model.ModelProfile;
import brimful.testing.FuzzContract;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/// Any body is a request, or is refused with a line for its author.
final class RequestsFuzzTest extends FuzzContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ModelProfile MODEL = ModelCatalog.builtIn().defaultProfile();

  @Override
  protected List<byte[]> examples() {
    return List.of(
        """
        {"model":"brimful/a+b/gpt-5@32k","messages":[{"role":"system","content":"x"},{"role":"user","content":[{"type":"text","text":"why?"},{"type":"image_url","image_url":{"url":"data:,"}}]},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"y"}],"tools":[{"type":"function"}],"max_tokens":3,"stop":["a"],"response_format":{"type":"json_object"},"stream_options":{"include_usage":true}}\
        """
            .getBytes(UTF_8),
        """
        {"model":"brimful/a","instructions":"x","input":[{"role":"user","content":[{"type":"input_text","text":"why?"},{"type":"input_image","image_url":"data:,"}]},{"type":"reasoning","content":[{"text":"hm"}]},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"y"}],"tools":[{"type":"function","name":"f"}],"text":{"format":{"type":"json_schema","name":"n","schema":{}}},"reasoning":{"effort":"low"},"max_output_tokens":9}\
        """
            .getBytes(UTF_8));
  }

  @Override
  protected void check(byte[] bytes) {
    JsonNode body;
    try {
      body = JSON.readTree(bytes);
    } catch (IOException e) {
      return;
    }
    if (body == null || !body.isObject()) {
      return;
    }
    try {
      ModelName name = ModelName.of(body.path("model").asText());
      var _ = ChatRequest.of(name, body, MODEL, "auto");
    } catch (UserError refused) {
      // As documented.
    }
    try {
      ResponsesRequest responses = ResponsesRequest.of(body, JSON.createArrayNode());
      ModelName name = ModelName.of(body.path("model").asText());
      var _ = ChatRequest.of(name, responses.chat(), MODEL, "auto");
    } catch (UserError refused) {
      // As documented.
    }
  }
}
