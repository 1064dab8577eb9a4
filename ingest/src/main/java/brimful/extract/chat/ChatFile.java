package brimful.extract.chat;

import brimful.extract.charset.Charsets;
import com.fasterxml.jackson.core.JacksonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.function.Supplier;

/// Reads one file as the export that it seems to be.
public final class ChatFile {
  private static final int MARK = 0xfeff;

  private ChatFile() {}

  /// Reads a file.
  ///
  /// @param head its first bytes, which tell its encoding
  /// @param slack tells what else is known of a Slack export; asked only for Slack
  /// @param sink takes the conversations, unless it is none
  public static ChatResult read(
      ChatFormat format,
      byte[] head,
      RecordedStream in,
      Supplier<SlackWorkspace> slack,
      ChatSink sink)
      throws IOException {
    var out = new ChatCollector(sink, in::keep);
    String brokenOff = "";
    try {
      var reader = new BufferedReader(new InputStreamReader(in, Charsets.of(head)));
      reader.mark(1);
      if (reader.read() != MARK) {
        reader.reset();
      }
      switch (format) {
        case CHATGPT, CLAUDE -> AssistantExport.read(reader, out);
        case SLACK -> SlackDay.read(reader, slack.get(), out);
        case TELEGRAM, DISCORD, TEAMS -> ChannelExport.read(reader, format, out);
        case DISCORD_PACKAGE -> DiscordPackage.json(reader, out);
        case DISCORD_TABLE -> DiscordPackage.table(reader, out);
        case MESSAGES -> MessageLines.whole(reader, out);
        case MESSAGE_LINES -> MessageLines.lines(reader, out);
        case WHATSAPP -> WhatsAppLines.read(reader, in::isFull, out);
      }
    } catch (JacksonException e) {
      out.flush();
      brokenOff = "the JSON is broken: " + e.getOriginalMessage();
    }
    return out.turns() == 0
        ? new ChatResult.NoChat()
        : new ChatResult.Read(out.turns(), out.broken(), brokenOff);
  }
}
