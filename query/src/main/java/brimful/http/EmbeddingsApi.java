package brimful.http;

import brimful.corpus.UserError;
import brimful.dense.LocalEncoder;
import brimful.http.edge.HttpJson;
import brimful.http.openai.EmbeddingsRequest;
import brimful.service.Admission;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// OpenAI's embeddings, by the small encoder that reranks prose. Nothing of the texts is kept.
///
/// The encoder reads 126 tokens at once. The vector of a longer text is the mean of those of its
/// pieces, scaled to length 1.
final class EmbeddingsApi {
  private static final int BODY_BYTES_MAX = 4 << 20;

  /// So many texts are encoded between two looks at whether the client is still there.
  private static final int AT_ONCE = 16;

  private final Admission admission;
  private final Optional<LocalEncoder> encoder;

  /// @param encoder empty if the server was started without
  EmbeddingsApi(Admission admission, Optional<LocalEncoder> encoder) {
    this.admission = admission;
    this.encoder = encoder;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/embeddings", this::embed));
  }

  private void embed(Context context) {
    LocalEncoder local =
        encoder.orElseThrow(() ->
            new UserError(
                UserError.Kind.NOT_FOUND,
                "this server has no model for embeddings: start it with brimful serve --dense for %s, or search with /v1/search, which needs none"
                    .formatted(LocalEncoder.MODEL)));
    EmbeddingsRequest request =
        EmbeddingsRequest.of(
            HttpJson.body(context, BODY_BYTES_MAX), LocalEncoder.MODEL, LocalEncoder.DIMENSIONS);
    HttpJson.send(context, HttpStatus.OK, admission.pack("embed", () -> reply(local, request)));
  }

  private static ObjectNode reply(LocalEncoder local, EmbeddingsRequest request) {
    ObjectNode node = HttpJson.object().put("object", "list");
    ArrayNode data = node.putArray("data");
    for (float[] vector : vectors(local, request.texts())) {
      ObjectNode one = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      if (request.base64()) {
        one.put("embedding", base64(vector));
      } else {
        ArrayNode numbers = one.putArray("embedding");
        for (float number : vector) {
          numbers.add(number);
        }
      }
    }
    int tokens = request.texts().stream().mapToInt(local::tokens).sum();
    node.put("model", LocalEncoder.MODEL);
    node.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return node;
  }

  private static List<float[]> vectors(LocalEncoder local, List<String> texts) {
    var vectors = new ArrayList<float[]>(texts.size());
    for (int from = 0; from < texts.size(); from += AT_ONCE) {
      if (Thread.interrupted()) {
        throw new CancellationException("the client cancelled this call");
      }
      local
          .encode(texts.subList(from, Math.min(texts.size(), from + AT_ONCE)))
          .forEach(pieces -> vectors.add(mean(pieces)));
    }
    return vectors;
  }

  /// Returns the mean of vectors, scaled to length 1; one alone as it is.
  static float[] mean(List<float[]> pieces) {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    float[] mean = new float[pieces.getFirst().length];
    for (float[] piece : pieces) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += piece[i];
      }
    }
    double squares = 0;
    for (float number : mean) {
      squares += (double) number * number;
    }
    for (int i = 0; i < mean.length && squares > 0; i++) {
      mean[i] /= (float) Math.sqrt(squares);
    }
    return mean;
  }

  /// As OpenAI does: little-endian floats of 32 bits.
  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
