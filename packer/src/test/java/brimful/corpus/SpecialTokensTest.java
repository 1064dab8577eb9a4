package brimful.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import brimful.testing.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpecialTokensTest {
  /// What every tokenizer's list has to break: the common forms.
  private static final List<String> COMMON =
      List.of(
          "<|im_start|>",
          "<|endoftext|>",
          "<|start_header_id|>",
          "<|eot_id|>",
          "<|python_start|>",
          "<|fim_prefix|>",
          "<|vision_start|>",
          "<|image_pad|>",
          "<|reserved_200017|>",
          "<|constrain|>",
          "<|tool_calls_section_begin|>",
          "<|START_OF_TURN_TOKEN|>",
          "<|/INST|>",
          "<|0.00|>",
          "<|\"|>",
          "<|▁pad▁|>",
          "<|turn>",
          "<|tool_call>",
          "<｜User｜>",
          "｜DSML｜");

  private static final List<String> DEEPSEEK =
      List.of(
          "<｜begin▁of▁sentence｜>",
          "<｜end▁of▁sentence｜>",
          "<｜▁pad▁｜>",
          "<｜place▁holder▁no▁799｜>",
          "<｜fim▁hole｜>",
          "<｜Assistant｜>",
          "<|EOT|>",
          "<｜tool▁calls▁begin｜>",
          "<｜tool▁output▁end｜>",
          "<｜tool▁sep｜>",
          "<think>",
          "</think>",
          "<｜DSML｜invoke",
          "</｜DSML｜invoke>",
          "<｜latest_reminder｜>",
          "<｜deepseek_image｜>",
          "<tool_result>",
          "</tool_result>");

  private static final List<String> OTHERS =
      List.of(
          "<s>",
          "</s>",
          "<unk>",
          "<pad>",
          "<bos>",
          "<eos>",
          "[INST]",
          "[/INST]",
          "<<SYS>>",
          "<</SYS>>",
          "<tool_call>",
          "</tool_call>",
          "<tool_response>",
          "<arg_key>",
          "<start_of_turn>",
          "<end_of_turn>",
          "<unused7>",
          "<turn|>",
          "<channel|>",
          "<tool_call|>",
          "[AVAILABLE_TOOLS]",
          "[TOOL_CALLS]",
          "[/SYSTEM_PROMPT]",
          "[IMG_BREAK]",
          "[gMASK]",
          "<sop>",
          "[|endofturn|]",
          "[UNUSED_TOKEN_145]",
          "]~b]",
          "]~!b[",
          "[e~[",
          "<minimax:tool_call>",
          "<seed:bos>",
          "<fim_suffix>",
          "<用户>");

  @ParameterizedTest
  @MethodSource("own")
  void breaksWhatItsTokenizerKnows(SpecialTokens tokens, String special) {
    String neutral = new Markup(tokens).neutral("before " + special + " after" + special);

    assertThat(neutral).doesNotContain(special).startsWith("before ").contains(" after");
  }

  static Stream<Object[]> own() {
    return Stream.of(
            pairs(SpecialTokens.OPENAI, COMMON),
            pairs(SpecialTokens.DEEPSEEK, COMMON, DEEPSEEK),
            pairs(SpecialTokens.ANY, COMMON, DEEPSEEK, OTHERS))
        .flatMap(all -> all);
  }

  @SafeVarargs
  private static Stream<Object[]> pairs(SpecialTokens tokens, List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).map(special -> new Object[] {tokens, special});
  }

  @ParameterizedTest
  @ValueSource(strings = {"<S>", "<Think>", "[inst]", "<TOOL_CALL>"})
  void takesCaseAsItIs(String text) {
    assertThat(Markup.FOR_ANY.neutral(text)).isSameAs(text);
  }

  /// Pieces of special tokens, in any order: what is left of one must not make another.
  @Seeds
  void leavesNoneWhateverStandsAroundThem(long seed) {
    var random = new Random(seed);
    List<String> all =
        Stream.of(COMMON, DEEPSEEK, OTHERS).flatMap(List::stream).collect(Collectors.toList());
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        String special = all.get(random.nextInt(all.size()));
        int from = random.nextInt(special.length());
        text.append(special, random.nextBoolean() ? 0 : from, special.length());
        text.append(random.nextInt(4) == 0 ? " &lt;|" : "");
      }

      String neutral = Markup.FOR_ANY.neutral(text.toString());

      assertThat(all).noneMatch(neutral::contains);
      assertThat(Markup.FOR_ANY.neutral(neutral)).isSameAs(neutral);
    }
  }
}
