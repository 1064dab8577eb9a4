/// Reads exports of conversations as turns: who said what and when.
///
/// A [brimful.extract.chat.ChatFormat] is recognised by a file's first bytes. Its reader gives one
/// [brimful.extract.chat.Chat] after another: a conversation with an assistant, or a day of a
/// channel. JSON is read as a stream, so that an export takes the memory of one conversation. What
/// only looks like an export ends as [brimful.extract.chat.ChatResult.NoChat], before anything was
/// given, and is then text.
@NullMarked
package brimful.extract.chat;

import org.jspecify.annotations.NullMarked;
