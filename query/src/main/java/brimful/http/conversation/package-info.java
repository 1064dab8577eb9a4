/// Conversations that a server keeps: questions, answers, evidence and what people thought of them.
@NullMarked
package brimful.http.conversation;

import org.jspecify.annotations.NullMarked;
