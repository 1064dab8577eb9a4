package brimful.dense;

import brimful.corpus.UserError;
import brimful.rank.Encoder;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.HuggingFaceTokenCountEstimator;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/// The small encoder of texts bge-small-en-v1.5, on this machine's processor.
///
/// It comes as a library, and nothing is read from the network. The model is loaded when the first
/// text comes, and takes about 100 MB beside the heap.
///
/// LangChain4j's tokenizers for such models may cut texts silently, some at 128 tokens. So texts
/// are cut here, at lines and words, into pieces of at most [#PIECE_TOKENS_MAX]; a small piece also
/// says one thing.
///
/// Safe for many threads.
public final class LocalEncoder implements Encoder {
  /// What the model is called.
  public static final String MODEL = "bge-small-en-v1.5";

  /// The length of its vectors.
  public static final int DIMENSIONS = 384;

  /// Half of what small encoders are trained on at most, their two marks aside.
  static final int PIECE_TOKENS_MAX = 126;

  private final Supplier<Model> model;

  private record Model(EmbeddingModel vectors, HuggingFaceTokenCountEstimator tokens) {}

  /// @param folder where the model's native libraries are unpacked when it is first used
  public LocalEncoder(Path folder) {
    model = new Lazy<>(() -> load(folder));
  }

  private static Model load(Path folder) {
    try {
      NativeLibraries.unpack(folder);
      return new Model(
          new BgeSmallEnV15QuantizedEmbeddingModel(), new HuggingFaceTokenCountEstimator());
    } catch (LinkageError e) {
      throw new UserError(
          UserError.Kind.UNAVAILABLE,
          "the encoder does not run here, %s: leave --dense out, or use a build with dense.jar on Linux, macOS on ARM or Windows on x86-64"
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public String name() {
    return MODEL + "-q/" + PIECE_TOKENS_MAX;
  }

  /// @throws CancellationException if this thread is interrupted
  @Override
  public List<List<float[]>> encode(List<String> texts) {
    List<List<String>> pieces = texts.stream().map(this::pieces).toList();
    List<TextSegment> segments =
        pieces.stream().flatMap(List::stream).map(TextSegment::from).toList();
    Iterator<Embedding> vectors = embedded(segments).iterator();
    return pieces.stream()
        .map(ofText -> ofText.stream().map(_ -> vectors.next().vector()).toList())
        .toList();
  }

  private List<Embedding> embedded(List<TextSegment> segments) {
    try {
      return model.get().vectors().embedAll(segments).content();
    } catch (RuntimeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new CancellationException("the client cancelled this call");
      }
      throw e;
    }
  }

  /// Returns how many tokens of the model a text has.
  public int tokens(String text) {
    return model.get().tokens().estimateTokenCountInText(text);
  }

  /// Cuts a text into pieces that the model reads whole, in order.
  List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    cut(text.strip(), pieces);
    return pieces;
  }

  private void cut(String text, List<String> pieces) {
    if (text.isEmpty()) {
      return;
    }
    if (model.get().tokens().estimateTokenCountInText(text) <= PIECE_TOKENS_MAX) {
      pieces.add(text);
      return;
    }
    int at = border(text);
    cut(text.substring(0, at).strip(), pieces);
    cut(text.substring(at).strip(), pieces);
  }

  /// Returns where to halve a text: at the last line break, else the last blank, before its middle
  /// that leaves at least a quarter, else in its middle.
  private static int border(String text) {
    int middle = text.length() / 2;
    for (char border : new char[] {'\n', ' '}) {
      int at = text.lastIndexOf(border, middle);
      if (at > 0 && at >= text.length() / 4) {
        return at;
      }
    }
    return Character.isLowSurrogate(text.charAt(middle)) ? middle - 1 : middle;
  }
}
