/// Reads mails as their readers see them: the head, the text once, and what is attached.
///
/// Mails and mailboxes come in as bytes, their text goes to a SAX handler, and attachments go to
/// Tika's `EmbeddedDocumentExtractor`. The structure is parsed by mime4j; which part is text and
/// which is a member is decided here. Nothing is held but the texts of the mail in progress.
@NullMarked
package brimful.extract.mail;

import org.jspecify.annotations.NullMarked;
