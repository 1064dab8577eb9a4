package brimful.corpus;

import java.util.ArrayList;
import java.util.List;

/// The special tokens of chat models, besides the forms that all of them share.
///
/// From the public tokenizer configurations and chat templates of the families named here. Tokens
/// of code models only, and everyday words in brackets (StarCoder's `<filename>`, Gemma's
/// `<table>`), are left out: they mark no turn, and documents are full of them.
final class SpecialTokenList {
  /// Names in angle brackets, without and with a slash.
  private static final List<String> TAGS =
      List.of(
          // Llama 2, Mistral, T5 and their derivatives; Gemma, Claude 2, GLM.
          "s unk pad mask bos eos sep cls BOS EOS PAD UNK SOS META sop eop",
          // Thoughts and tools: DeepSeek, Qwen, GLM, Hermes, Nemotron, Kimi, Seed, MiniMax, Claude.
          "think tool_call tool_calls tool_response tool_result arg_key arg_value TOOLCALL",
          "function_calls antml:function_calls minimax:tool_call",
          "seed:think seed:tool_call seed:cot_budget_reflect seed:bos seed:eos seed:pad",
          // Gemma and Gemini.
          "start_of_turn end_of_turn start_of_image end_of_image image_soft_token",
          "start_of_audio end_of_audio audio_soft_token",
          // Granite, Ling, SmolVLM, MiniCPM, InternVL, LLaVA.
          "start_of_role end_of_role end_of_text role end_of_utterance fake_token_around_image",
          "用户 AI img IMG_CONTEXT image image_pad video_pad vision_start vision_end",
          // Fill-in-the-middle: Code Llama, StarCoder, CodeGemma.
          "PRE MID SUF EOT fim_prefix fim_middle fim_suffix fim_pad file_sep repo_name");

  /// Names in square brackets.
  private static final List<String> BRACKETS =
      List.of(
          // Mistral.
          "INST AVAILABLE_TOOLS TOOL_RESULTS TOOL_CALLS TOOL_CONTENT SYSTEM_PROMPT THINK",
          "MODEL_SETTINGS IMG IMG_BREAK IMG_END PREFIX MIDDLE SUFFIX ARGS CALL_ID",
          "AUDIO BEGIN_AUDIO TRANSCRIBE",
          // GLM, EXAONE, and older models that begin and end a text this way.
          "gMASK sMASK MASK CLS SEP PAD UNK BOS EOS");

  /// Special forms. Those without an end are followed by a number or a name.
  private static final List<String> OTHERS =
      List.of(
          // Llama 2.
          "<<SYS>>",
          "<</SYS>>",
          // Gemma, Nemotron, T5, InternLM: reserved for later use.
          "<unused",
          "<SPECIAL_",
          "<extra_id_",
          "[UNUSED_TOKEN_",
          // EXAONE.
          "[|system|]",
          "[|user|]",
          "[|assistant|]",
          "[|tool|]",
          "[|endofturn|]",
          // MiniMax.
          "[e~[",
          "]~b]",
          "]~!b[",
          "]<]");

  static final List<String> ALL = all();

  private SpecialTokenList() {}

  private static List<String> all() {
    var all = new ArrayList<>(OTHERS);
    TAGS.forEach(names -> all.addAll(SpecialTokens.pairs("<", names, ">")));
    BRACKETS.forEach(names -> all.addAll(SpecialTokens.pairs("[", names, "]")));
    return List.copyOf(all);
  }
}
